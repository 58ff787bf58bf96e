/** Deploy on save of one target: the state, the events, and the outcomes of its deployments. */
import { present } from '../../model/present';
import type { OnSave } from '../targets/target';

/** Why no deployment begins until the user decides. */
export type PauseReason = 'failures' | 'burst' | 'head-changed' | 'changed-by-others';

export interface SaveState {
  /** True if deploy on save is switched on, and allowed for this target in this window. */
  readonly on: boolean;
  readonly settings: OnSave;
  /**
   * Files that changed since the last deployment began; the key '' stands for all files. Empty if no
   * deployment waits.
   */
  readonly changed: ReadonlyMap<string, Change>;
  /** Epoch milliseconds of the earliest time at which a deployment of the changed files may begin. */
  readonly dueAt: number;
  /** Epoch milliseconds of the time at which further changes no longer postpone the deployment. */
  readonly latestAt: number;
  readonly running: boolean;
  /**
   * True if the deployment begins only after the editor's next save, whether a user's or an automatic one.
   */
  readonly awaitsSave: boolean;
  /**
   * Deployments that failed since the last one went well, or since the user resumed or switched deploy on
   * save off.
   */
  readonly failures: number;
  readonly paused?: PauseReason;
  /** How the last deployment ended, if it was blocked or failed. */
  readonly trouble?: Trouble;
  readonly lastWentWell: boolean;
  /** Id of the last deployment's operation, if one was recorded in the ledger. */
  readonly operation?: string;
  /**
   * The branch or commit that git had checked out at the last deployment. If another one is checked out, the
   * user is asked before a save is deployed.
   */
  readonly head?: string;
}

export type ChangeOrigin = 'save' | 'auto-save' | 'external';

export interface Change {
  readonly origin: ChangeOrigin;
  /**
   * Epoch milliseconds of the last event about the file; once a user has saved the file, of the user's first
   * save.
   */
  readonly at: number;
}

export type SaveEvent =
  | { readonly type: 'changed'; readonly origin: ChangeOrigin; readonly path: string }
  /** Another branch or commit was checked out. */
  | { readonly type: 'head-changed' }
  | { readonly type: 'configured'; readonly on: boolean; readonly settings: OnSave }
  /** The time that an earlier `wake` effect named has come. */
  | { readonly type: 'woken' }
  /** The running deployment has read which branch or commit is checked out. */
  | { readonly type: 'checked-out'; readonly head: string }
  /** The running deployment is recorded in the ledger. */
  | { readonly type: 'begun'; readonly operation: string }
  | { readonly type: 'ended'; readonly outcome: SaveOutcome }
  /** `deploy` is true to deploy at once, even if no changes wait, and false to drop the changes that wait. */
  | { readonly type: 'resumed'; readonly deploy: boolean };

/** How a deployment of saved changes ended. `why`: a sentence for the user. */
export type SaveOutcome =
  | { readonly kind: 'live' }
  /** The target already has exactly this code, script and arguments. */
  | { readonly kind: 'unchanged' }
  /** The target is busy with another change: the saved changes wait. */
  | { readonly kind: 'busy' }
  /**
   * Blocked by a check, by the task that runs before the deployment, or because the user has to agree first.
   * `about`: distinguishes one finding with this code from another.
   */
  | { readonly kind: 'blocked'; readonly code: string; readonly about?: string; readonly why?: string }
  | { readonly kind: 'failed'; readonly code: string; readonly why?: string }
  /** Another branch or commit is checked out than at the last deployment: any file of the folder may differ. */
  | { readonly kind: 'head-changed' }
  /**
   * Cancelled before anything was sent, by the user or because deploy on save was switched off; or no longer
   * awaited, because the window closes.
   */
  | { readonly kind: 'cancelled' };

export type Trouble = Extract<SaveOutcome, { readonly code: string }>;

export type SaveEffect =
  | { readonly type: 'start' }
  /** Ends the running deployment, unless its request was sent. */
  | { readonly type: 'cancel' }
  | { readonly type: 'wake'; readonly at: number }
  | { readonly type: 'tell'; readonly news: SaveNews };

export type SaveNews =
  | { readonly kind: 'paused'; readonly reason: PauseReason }
  | { readonly kind: 'trouble'; readonly code: string }
  /**
   * The last saved changes were not deployed: the window was closed, deploy on save was switched off, or the
   * deployment was cancelled.
   */
  | { readonly kind: 'not-deployed' };

/** The `code` of the outcome when unsaved files block a deployment, which would contain them half typed. */
export const UNSAVED = 'unsaved-files';

/** A state in which no deployment waits or runs. */
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

/** The state of a target that the workspace stores while its window is closed. */
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

/** The state to store after every event. */
export function keptOf({ changed, running, failures, paused, operation, head }: SaveState): KeptSave {
  return {
    snapshot: { waiting: changed.size > 0, running, failures, ...present({ paused }) },
    ...present({ operation, head }),
  };
}
