/** A tracker over a real ledger, a virtual clock and an AWS that tests script. */
import { onTestFinished } from 'vitest';
import type { CredentialsFailure, Failure } from '../../src/model/failure';
import { failed } from '../../src/model/failure';
import { createLease } from '../../src/operations/lease';
import type { Ledger } from '../../src/operations/ledger';
import type { Follower, Observation, Operation, PlannedOperation } from '../../src/operations/operation';
import { createTracker, type Tracker, type TrackerOptions } from '../../src/operations/tracker';
import { VirtualClock } from '../virtual-clock';
import { planned } from './data';
import { givenLedger, temporaryFolder } from './given';

export interface Look {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** What AWS says to the n-th look (from 1) at an operation: an observation, a failure, or never anything. */
export type Script = (
  look: Look & { readonly count: number; readonly operation: Operation },
) => Observation | Failure | 'silence';

export const goingOn: Observation = { state: 'going-on' };
export const done: Observation = { state: 'ended', outcome: { state: 'succeeded' } };

export class ScriptedAws implements Follower {
  readonly looks: Look[] = [];
  readonly service: string;

  constructor(
    private readonly clock: VirtualClock,
    public script: Script,
    readonly kind = 'code',
    /** How long an answer takes; milliseconds. */
    private readonly latency = 0,
  ) {
    this.service = kind === 'code' ? 'finspace' : 'eks';
  }

  async poll(operation: Operation, signal: AbortSignal): Promise<Observation> {
    const look = { id: operation.id, at: this.clock.now() };
    this.looks.push(look);
    const count = this.looks.filter(({ id }) => id === operation.id).length;
    const answer = this.script({ ...look, count, operation });
    if (answer === 'silence') return new Promise(() => undefined);
    if (this.latency > 0) await this.clock.sleep(this.latency, signal);
    if ('kind' in answer) throw failed(answer);
    return answer;
  }

  /** Milliseconds between one look at an operation and the next. */
  gaps(id: string): number[] {
    const times = this.looks.filter((look) => look.id === id).map(({ at }) => at);
    return times.slice(1).map((at, index) => at - times[index]!);
  }
}

export interface Following {
  readonly folder: string;
  readonly clock: VirtualClock;
  readonly ledger: Ledger;
  readonly tracker: Tracker;
  readonly asked: [string, CredentialsFailure][];
  readonly ended: Operation[];
  readonly problems: Failure[];
  /** Begins an operation that AWS has accepted. */
  accepted(change?: Partial<PlannedOperation>): Promise<string>;
}

/** One window that follows. Everything is stopped when the test has finished. */
export async function givenFollowing(
  options: {
    readonly folder?: string;
    readonly clock?: VirtualClock;
    readonly writer?: string;
    readonly followers: (clock: VirtualClock) => readonly Follower[];
  } & Partial<Pick<TrackerOptions, 'housekeeping' | 'interval' | 'rate' | 'baseMsOf'>>,
): Promise<Following> {
  const {
    folder = temporaryFolder(),
    clock = new VirtualClock(),
    writer = 'a',
    followers,
    ...rest
  } = options;
  const ledger = await givenLedger({ folder, clock, writer });
  const asked: [string, CredentialsFailure][] = [];
  const ended: Operation[] = [];
  const problems: Failure[] = [];
  const tracker = createTracker({
    ...rest,
    ledger,
    clock,
    lease: createLease(folder, writer, clock),
    followers: followers(clock),
    random: () => 0.5,
    onCredentials: (...question) => asked.push(question),
    onEnded: (operation) => ended.push(operation),
    onProblem: (problem) => problems.push(problem),
  });
  onTestFinished(() => tracker.stop());
  const accepted = async (change: Partial<PlannedOperation> = {}): Promise<string> => {
    const journal = await ledger.begin(planned(change));
    await journal.accepted('req');
    return journal.id;
  };
  return { folder, clock, ledger, tracker, asked, ended, problems, accepted };
}
