/**
 * The task that runs before each deployment of a target: which files have to be saved before the task, and
 * which changes the task itself accounts for.
 */
import { posix } from 'node:path';
import type { Clock } from '../../model/clock';
import type { Refusal } from '../../model/failure';
import { present } from '../../model/present';
import { type SaveOutcome, UNSAVED } from './save-state';

/**
 * A change that is reported at least this many milliseconds after the end of the task counts as made after
 * the task, even if the file's time is earlier: a network drive may have a clock that is behind.
 */
const LONGEST_DELAY = 10_000;
/** Milliseconds by which the time of a file may be behind the clock of the machine that writes it. */
const TICK = 20;

/**
 * Decides, by the time of a change in the folder, whether the task accounts for the change. The files that a
 * task writes must not cause another deployment each time, but a change by somebody else while the task runs
 * must not be lost.
 */
export class PreDeployWindow {
  /**
   * Start and end, in epoch milliseconds, of the task's present or last run. The end is absent while the
   * task runs.
   */
  private task: { readonly from: number; to?: number } | undefined;
  /** Paths that changed during the run in `task`. */
  private during = new Set<string>();
  /** Paths that changed during the previous run of the task: a task writes the same files each time. */
  private duringLast = new Set<string>();
  /** True if a change during the task caused an extra run. */
  private wasSurprised = false;
  /** True during the extra run, which must not cause another one. */
  private isOneMore = false;

  constructor(readonly clock: Clock) {}

  /** Carries out the task that precedes a run's scan of the folder. */
  async before<T>(work: () => Promise<T>): Promise<T> {
    const task: { readonly from: number; to?: number } = { from: this.clock.now() };
    this.task = task;
    [this.duringLast, this.during] = [this.during, new Set()];
    [this.isOneMore, this.wasSurprised] = [this.wasSurprised, false];
    try {
      return await work();
    } finally {
      task.to = this.clock.now();
    }
  }

  /**
   * Returns true if the change is not a reason for another run. Either it was made before the task, so that task and
   * scan have found it; or it was made while the task ran and, as far as is known, by the task itself.
   * @param changedAt epoch milliseconds
   */
  accountsFor(path: string, changedAt: number): boolean {
    const task = this.task;
    if (task === undefined || this.isAfter(task, changedAt)) return false;
    if (changedAt < task.from - TICK) return true;
    this.during.add(path);
    if (this.isOneMore || this.duringLast.has(path)) return true;
    this.wasSurprised = true;
    return false;
  }

  private isAfter({ to }: { readonly to?: number }, changedAt: number): boolean {
    if (to === undefined) return false;
    const since = this.clock.now() - to;
    // If the clock was set back after the task ended, the times cannot be compared.
    return Math.floor(changedAt) > to || since < 0 || since >= LONGEST_DELAY;
  }
}

export interface OpenDocument {
  readonly uri: Address;
  readonly isDirty: boolean;
}

interface Address {
  readonly scheme: string;
  readonly authority: string;
  readonly path: string;
}

/** The paths of the unsaved files in the folder, sorted: the editor may save these files before it runs a task. */
export function unsavedBelow(root: Address, documents: readonly OpenDocument[]): readonly string[] {
  return documents
    .filter(({ isDirty, uri }) => isDirty && uri.scheme === root.scheme && uri.authority === root.authority)
    .map(({ uri }) => posix.relative(root.path, uri.path))
    .filter((path) => path !== '..' && !path.startsWith('../'))
    .sort();
}

/**
 * The outcome of a deployment that was refused because of its task. `about` names the unsaved files, if they
 * are the reason, so that the user is told when other files are unsaved, and not at each save.
 */
export function blockedByTask({ code, facts }: Refusal, why?: string): SaveOutcome {
  const about = code === UNSAVED ? JSON.stringify(facts) : undefined;
  return { kind: 'blocked', code, ...present({ about, why }) };
}
