/** Deploy on save of one target: how it stands, what happens to it, and what follows from that. */
import { present } from '../../model/present';
import type { OnSave } from '../targets/target';

/** Why no deployment begins until the user says so. */
export type PauseReason = 'failures' | 'burst' | 'head-changed' | 'changed-by-others';

export interface SaveState {
  /** Switched on, and allowed for this target in this window. */
  readonly on: boolean;
  readonly settings: OnSave;
  /** Files changed since the last deployment began; none: nothing waits. */
  readonly changed: ReadonlyMap<string, Change>;
  /** Epoch milliseconds from which on a deployment of the changed files may begin. */
  readonly dueAt: number;
  /** At this time the deployment begins even if changes go on. */
  readonly latestAt: number;
  readonly running: boolean;
  /** The next file that the editor saves, whether the user asks for that or not, lets the deployment begin. */
  readonly awaitsSave: boolean;
  /** Failures in a row. */
  readonly failures: number;
  readonly paused?: PauseReason;
  /** How the last deployment ended, if it was blocked or failed. */
  readonly trouble?: Trouble;
  readonly lastWentWell: boolean;
  /** The operation of the last deployment, if it got as far as the ledger. */
  readonly operation?: string;
  /**
   * What git had checked out at the last deployment. With another branch or commit, no save is deployed without asking.
   */
  readonly head?: string;
}

export type ChangeOrigin = 'save' | 'auto-save' | 'external';

export interface Change {
  readonly origin: ChangeOrigin;
  /** When the last event about the file came, in epoch milliseconds. */
  readonly at: number;
}

export type SaveEvent =
  | { readonly type: 'changed'; readonly origin: ChangeOrigin; readonly path: string }
  /** Another commit is checked out. */
  | { readonly type: 'head-changed' }
  | { readonly type: 'configured'; readonly on: boolean; readonly settings: OnSave }
  /** The time that a `wake` asked for has come. */
  | { readonly type: 'woken' }
  /** The deployment that runs has read what git has checked out. */
  | { readonly type: 'checked-out'; readonly head: string }
  /** The deployment that runs is in the ledger. */
  | { readonly type: 'begun'; readonly operation: string }
  | { readonly type: 'ended'; readonly outcome: SaveOutcome }
  /** `deploy`: at once, whether or not something waits; else the changes that wait are dropped. */
  | { readonly type: 'resumed'; readonly deploy: boolean };

/** `why`: a sentence for the user. */
export type SaveOutcome =
  | { readonly kind: 'live' }
  /** The cluster has this very code. */
  | { readonly kind: 'unchanged' }
  /** The cluster is busy with another change: what was saved waits. */
  | { readonly kind: 'busy' }
  /**
   * Blocked by a check, or by a target that asks for a confirmation. `about`: tells one finding of a check from
   * another.
   */
  | { readonly kind: 'blocked'; readonly code: string; readonly about?: string; readonly why?: string }
  | { readonly kind: 'failed'; readonly code: string; readonly why?: string }
  /** Another branch or commit is checked out than at the last deployment: any file of the folder may differ. */
  | { readonly kind: 'head-changed' }
  /** Before anything was sent: because it was switched off, or by the user. */
  | { readonly kind: 'cancelled' };

export type Trouble = Extract<SaveOutcome, { readonly code: string }>;

export type SaveEffect =
  | { readonly type: 'start' }
  /** Ends what runs, unless its request was sent. */
  | { readonly type: 'cancel' }
  | { readonly type: 'wake'; readonly at: number }
  | { readonly type: 'tell'; readonly news: SaveNews };

export type SaveNews =
  | { readonly kind: 'paused'; readonly reason: PauseReason; readonly files: number }
  | { readonly kind: 'trouble'; readonly code: string }
  /** What was saved last was not deployed: the window went away, or it was switched off or cancelled. */
  | { readonly kind: 'not-deployed' };

/** Unsaved files would be deployed half typed, too: the code of such a block. */
export const UNSAVED = 'unsaved-files';

/** Nothing waits, nothing runs. */
export function initialState(on: boolean, settings: OnSave): SaveState {
  return {
    on,
    settings,
    changed: new Map(),
    dueAt: 0,
    latestAt: 0,
    running: false,
    awaitsSave: false,
    failures: 0,
    lastWentWell: false,
  };
}

/** What the workspace keeps of a target while its window is away, as it is stored. */
export interface KeptSave {
  readonly snapshot: {
    readonly waiting: boolean;
    readonly running: boolean;
    readonly failures: number;
    readonly paused?: PauseReason;
  };
  readonly operation?: string;
  readonly head?: string;
}

/** To be stored after every event. */
export function keptOf({ changed, running, failures, paused, operation, head }: SaveState): KeptSave {
  return {
    snapshot: { waiting: changed.size > 0, running, failures, ...present({ paused }) },
    ...present({ operation, head }),
  };
}
