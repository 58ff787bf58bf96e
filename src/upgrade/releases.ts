/** The newest AMI release of each AMI type and Kubernetes version: one SSM call each. */
import type { Clock } from '../model/clock';
import { releaseParameter } from './ami';
import { Kept } from './kept';
import { ask, type Known, known, unknown } from './known';
import type { ImageParameters } from './ports';

/** One instance serves one connection. */
export class Releases {
  private readonly kept: Kept<string>;

  constructor(
    private readonly images: ImageParameters,
    clock: Clock,
  ) {
    this.kept = new Kept(clock);
  }

  /** The newest release version, or why it is not known. */
  async newest(amiType: string, version: string | undefined, signal: AbortSignal): Promise<Known<string>> {
    if (version === undefined) {
      return unknown({ code: amiType === 'CUSTOM' ? 'custom-ami' : 'no-version' });
    }
    const parameter = releaseParameter(amiType, version);
    if ('code' in parameter) return unknown(parameter);
    return this.kept.get(parameter.name, () => this.read(parameter.name, signal), signal);
  }

  /** Drops what is kept: after Refresh, or when permissions were mended. */
  forget(): void {
    this.kept.forget();
  }

  private async read(name: string, signal: AbortSignal): Promise<Known<string>> {
    const answer = await ask(() => this.images.get(name, signal));
    if (!answer.known) return answer;
    return answer.value === undefined
      ? unknown({ code: 'not-published', parameter: name })
      : known(answer.value);
  }
}
