/** Turns what the system says while the cache is written into the refusal `cache-unwritable`. */
import { refused } from '../../model/failure';
import { codeOf } from '../content/system-error';

/** @param path What is written, for the facts. */
export function writing<T>(path: string, write: () => T): T {
  try {
    return write();
  } catch (error) {
    throw refused('cache-unwritable', { path, code: codeOf(error) }, error);
  }
}
