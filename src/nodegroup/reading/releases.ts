/** The newest AMI release of each pair of AMI type and Kubernetes version: one SSM call for each pair. */
import type { Clock } from '../../model/clock';
import { known, type OptionalRead, readOptional, unknown } from '../../plan/optional-read';
import type { ImageParameters } from '../ports';
import { releaseParameter } from '../rules/ami';
import type { Unknown } from '../rules/unknown';
import { SharedReads } from './shared-reads';

/** One instance serves one connection. */
export class Releases {
  private readonly kept: SharedReads<string, Unknown>;

  constructor(
    private readonly images: ImageParameters,
    clock: Clock,
  ) {
    this.kept = new SharedReads(clock);
  }

  /** The newest release version, or why it is not known. */
  async newest(
    amiType: string,
    version: string | undefined,
    signal: AbortSignal,
  ): Promise<OptionalRead<string, Unknown>> {
    if (version === undefined) {
      return unknown({ code: amiType === 'CUSTOM' ? 'custom-ami' : 'no-version' });
    }
    const parameter = releaseParameter(amiType, version);
    if ('code' in parameter) return unknown(parameter);
    return this.kept.get(parameter.name, () => this.read(parameter.name, signal), signal);
  }

  /** Drops all answers, so that the next calls ask SSM: for Refresh, or when permissions were corrected. */
  forget(): void {
    this.kept.forget();
  }

  private async read(name: string, signal: AbortSignal): Promise<OptionalRead<string, Unknown>> {
    const answer = await readOptional(() => this.images.get(name, signal));
    if (!answer.known) return answer;
    return answer.value === undefined
      ? unknown({ code: 'not-published', parameter: name })
      : known(answer.value);
  }
}
