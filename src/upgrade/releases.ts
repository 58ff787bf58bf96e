/** The newest AMI release of each AMI type and Kubernetes version: one SSM call each, kept for a while. */
import type { Clock } from '../model/clock';
import { failureOf } from '../model/failure';
import { releaseParameter } from './ami';
import { ask, type Known, known, unknown } from './known';
import type { ImageParameters } from './ports';

/** Milliseconds for which an answer is kept; AWS publishes releases about weekly. */
const KEPT = 3_600_000;

interface Entry {
  readonly at: number;
  readonly answer: Promise<Known<string>>;
}

/** One instance serves one connection. */
export class Releases {
  private readonly entries = new Map<string, Entry>();

  constructor(
    private readonly images: ImageParameters,
    private readonly clock: Clock,
  ) {}

  /** The newest release version, or why it is not known. Calls for the same parameter share one request. */
  async newest(amiType: string, version: string | undefined, signal: AbortSignal): Promise<Known<string>> {
    if (version === undefined) {
      return unknown({ code: amiType === 'CUSTOM' ? 'custom-ami' : 'no-version' });
    }
    const parameter = releaseParameter(amiType, version);
    if ('code' in parameter) return unknown(parameter);
    for (;;) {
      const answer = this.fresh(parameter.name) ?? this.request(parameter.name, signal);
      try {
        return await answer;
      } catch (thrown) {
        signal.throwIfAborted();
        // The caller whose request this one shared has gone away: ask again, for ourselves.
        if (failureOf(thrown).kind !== 'cancelled') throw thrown;
      }
    }
  }

  /** Drops what is kept, so that the next look asks AWS: after Refresh, or when permissions were mended. */
  forget(): void {
    this.entries.clear();
  }

  private fresh(name: string): Promise<Known<string>> | undefined {
    const entry = this.entries.get(name);
    return entry && this.clock.now() - entry.at < KEPT ? entry.answer : undefined;
  }

  private request(name: string, signal: AbortSignal): Promise<Known<string>> {
    const answer = this.read(name, signal);
    const entry = { at: this.clock.now(), answer };
    this.entries.set(name, entry);
    const drop = (): void => {
      if (this.entries.get(name) === entry) this.entries.delete(name);
    };
    answer.then((found) => {
      if (!found.known && found.why.code === 'unanswered') drop();
    }, drop);
    return answer;
  }

  private async read(name: string, signal: AbortSignal): Promise<Known<string>> {
    const answer = await ask(() => this.images.get(name, signal));
    if (!answer.known) return answer;
    return answer.value === undefined
      ? unknown({ code: 'not-published', parameter: name })
      : known(answer.value);
  }
}
