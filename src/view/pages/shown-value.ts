/** Values of command-line arguments as pages show them. */
import { MASK, withoutSecrets } from '../../model/without-secrets';

/** `***` for a value that looks like a secret, by itself or because of its key. */
export function shownValue(key: string, value: string): string {
  const [alone, named] = [value, `${key}=${value}`];
  return withoutSecrets(alone) === alone && withoutSecrets(named) === named ? value : MASK;
}
