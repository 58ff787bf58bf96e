/** Reads the readiness of a cluster at intervals while its page is on the screen, nodes and pods last. */
import { readDrainIfPossible } from '../../drain/read-drain';
import type { Clock } from '../../model/clock';
import type { Nodegroup } from '../../model/eks';
import { type Failure, failureOf } from '../../model/failure';
import { sleepUntilAborted } from '../../model/waiting';
import type { AttentionSource } from '../../nodegroup/attention/attention-source';
import { drainReadiness } from '../../nodegroup/checks/drain-readiness';
import { type Readiness, readReadiness } from '../../nodegroup/readiness/readiness';
import { rolloutEstimate } from '../../nodegroup/rules/rollout-estimate';
import { unknown } from '../../plan/optional-read';
import type { ClusterInside } from '../ports';

type DrainCheck = ReturnType<typeof drainReadiness>;

export interface ReadinessSources {
  readonly attention: () => Promise<AttentionSource>;
  readonly inside: () => Promise<Pick<ClusterInside, 'api' | 'code'>>;
  readonly clock: Clock;
}

/** Milliseconds between the end of a read and the next one. */
export const READINESS_INTERVAL_MS = 60_000;
/** Milliseconds for which nodes and pods are not read again: they need more requests than everything else. */
const DRAINS_MS = 5 * 60_000;

export class WatchedReadiness {
  private known: Readiness | undefined;
  private why: Failure | undefined;
  private checks: ReadonlyMap<string, DrainCheck> = new Map();
  private drainsReadAt = Number.NEGATIVE_INFINITY;
  private endedAt = Number.NEGATIVE_INFINITY;
  private reads = false;
  private watching: AbortController | undefined;

  /**
   * @param changed called when a read begins or fails, and when the readiness or a drain check has changed
   */
  constructor(
    private readonly cluster: string,
    private readonly sources: ReadinessSources,
    private readonly changed: () => void,
  ) {}

  /** The readiness as last read. */
  get readiness(): Readiness | undefined {
    return this.known;
  }

  /** Why the last read failed. */
  get failure(): Failure | undefined {
    return this.why;
  }

  get isReading(): boolean {
    return this.reads;
  }

  /** Drain checks by the names of node groups; those that have not been read yet are missing. */
  get drains(): ReadonlyMap<string, DrainCheck> {
    return this.checks;
  }

  /** Reads everything that is out of date, and continues at intervals. */
  start(): void {
    if (this.watching) return;
    this.watching = new AbortController();
    void this.watch(this.watching.signal);
  }

  stop(): void {
    this.watching?.abort();
    this.watching = undefined;
    this.reads = false;
  }

  /** Reads everything now. */
  refresh(): void {
    this.stop();
    this.endedAt = Number.NEGATIVE_INFINITY;
    this.drainsReadAt = Number.NEGATIVE_INFINITY;
    this.start();
  }

  /** Never throws: {@link failure} tells what failed. */
  private async watch(signal: AbortSignal): Promise<void> {
    const { clock } = this.sources;
    while (!signal.aborted) {
      const wait = this.endedAt + READINESS_INTERVAL_MS - clock.now();
      if (wait > 0) await sleepUntilAborted(clock, wait, signal);
      if (!signal.aborted) await this.read(signal);
    }
  }

  private async read(signal: AbortSignal): Promise<void> {
    const { attention, clock } = this.sources;
    this.reads = true;
    this.changed();
    try {
      const readiness = await readReadiness(await attention(), this.cluster, clock, signal);
      if (signal.aborted) return;
      this.known = readiness;
      this.why = undefined;
      // AWS's answers are shown before the cluster itself is read.
      this.reads = false;
      this.changed();
      await this.readDrains(readiness, signal);
    } catch (thrown) {
      if (signal.aborted) return;
      this.why = failureOf(thrown);
      this.reads = false;
      this.changed();
    }
    if (!signal.aborted) this.endedAt = clock.now();
  }

  /**
   * Reads the drains of one node group after the other; after a read has failed, the drains of the remaining
   * groups are not read.
   */
  private async readDrains({ nodegroups: { read } }: Readiness, signal: AbortSignal): Promise<void> {
    const { clock, inside } = this.sources;
    const groups = read.map(({ nodegroup }) => nodegroup);
    const isFresh = clock.now() - this.drainsReadAt < DRAINS_MS;
    if (isFresh && groups.every(({ name }) => this.checks.has(name))) return;
    const checks = new Map<string, DrainCheck>();
    let failed: Failure | undefined;
    for (const group of groups) {
      const drain = failed
        ? unknown(failed)
        : await readDrainIfPossible(inside, { nodegroup: group.name }, signal);
      if (signal.aborted) return;
      if (!drain.known) failed = drain.why;
      checks.set(group.name, checkOf(group, drain, clock.now()));
      // Groups that have not been read yet keep their last checks.
      this.checks = new Map([...this.checks, ...checks]);
      if (!failed) this.changed();
    }
    this.checks = checks;
    this.drainsReadAt = clock.now();
    this.changed();
  }
}

function checkOf(group: Nodegroup, drain: Parameters<typeof drainReadiness>[0], now: number): DrainCheck {
  return drainReadiness(drain, { force: false }, rolloutEstimate(group, undefined), now);
}
