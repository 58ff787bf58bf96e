/**
 * Deploy on save as a state machine of one target: what happened goes in, the next state and what to do come out. Pure:
 * time comes with the events. At most one deployment runs, at most one waits, and the one that waits is the latest.
 */
import type { DeployRefusals } from '../refusal';
import type { OnSave } from '../targets/target';

/** Why nothing is begun until the user says so. */
export type PauseReason = 'user' | 'failures' | 'burst' | 'head-changed' | 'changed-by-others';

export interface SaveState {
  /** Switched on, and allowed for this target in this window. */
  readonly on: boolean;
  readonly settings: OnSave;
  /** Files changed since the last deployment began; none: nothing waits. */
  readonly changed: ReadonlyMap<string, Change>;
  /** Epoch milliseconds from which on what waits may begin. */
  readonly dueAt: number;
  /** What waits begins then, however many changes follow. */
  readonly latestAt: number;
  readonly running: boolean;
  /** What waits begins with the next file that the editor saves, by whatever reason. */
  readonly awaitsSave: boolean;
  /** Failures in a row. */
  readonly failures: number;
  readonly paused?: PauseReason;
  /** How the last deployment ended, when it did not go well. */
  readonly trouble?: Trouble;
  readonly lastWentWell: boolean;
}

export type ChangeOrigin = 'save' | 'auto-save' | 'external';

export interface Change {
  readonly origin: ChangeOrigin;
  /** The last time that it was told, in epoch milliseconds. */
  readonly at: number;
}

export type SaveEvent =
  | { readonly type: 'changed'; readonly origin: ChangeOrigin; readonly path: string }
  /** Another commit is checked out. */
  | { readonly type: 'head-changed' }
  | { readonly type: 'configured'; readonly on: boolean; readonly settings: OnSave }
  /** The time that a `wake` asked for has come. */
  | { readonly type: 'woken' }
  | { readonly type: 'ended'; readonly outcome: SaveOutcome }
  | { readonly type: 'paused' }
  | { readonly type: 'resumed'; readonly deploy: boolean };

export type SaveOutcome =
  | { readonly kind: 'live' }
  /** The cluster has this very code. */
  | { readonly kind: 'unchanged' }
  /** The cluster is busy with another change: what was saved waits. */
  | { readonly kind: 'busy' }
  /** A check, or a target that asks a question, does not let it begin. `about`: what it has found, if that varies. */
  | { readonly kind: 'blocked'; readonly code: string; readonly about?: string }
  | { readonly kind: 'failed'; readonly code: string }
  /** Another branch or commit is checked out than at the deployment before: the whole folder may be another one. */
  | { readonly kind: 'head-changed' }
  /** Before anything was sent: because it was switched off, or by the user. */
  | { readonly kind: 'cancelled' };

type Trouble = Extract<SaveOutcome, { readonly code: string }>;

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

export interface Step {
  readonly state: SaveState;
  readonly effects: readonly SaveEffect[];
}

/** Files are half typed that would be deployed, too: the code of such a block. */
export const UNSAVED = 'unsaved-files';
const FAILURES = 3;
/** Failures that somebody else has brought about, by changing what was deployed. */
const BY_OTHERS: ReadonlySet<string> = new Set<keyof DeployRefusals>(['foreign-change', 'changed-back']);
const BUSY_MS = 30_000;
/** Changes from outside come in swarms, so they are given at least this quiet, whatever the debounce. */
const SWARM_MS = 500;
/** Somebody who changes files all the time, as a log does, postpones a save by this much, or thrice its quiet. */
const LONGEST_WAIT_MS = 10_000;
/** Files that change within this time change at once: a watcher tells of a branch switch in several parts. */
const AT_ONCE_MS = 5_000;

/** What waits although no file is named: everything that was changed before, or that the user wants deployed. */
const EVERYTHING: readonly [string, Change] = ['', { origin: 'save', at: 0 }];

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

/** What outlives the window. */
export interface SaveSnapshot {
  readonly waiting: boolean;
  readonly running: boolean;
  readonly failures: number;
  readonly paused?: PauseReason;
}

/** To be written down after every event, for {@link restored}. */
export function snapshotOf({ changed: files, running, failures, paused: reason }: SaveState): SaveSnapshot {
  return { waiting: files.size > 0, running, failures, ...(reason && { paused: reason }) };
}

/**
 * The state after a reload. Nothing is begun by itself: what waited, or ran and has not reached AWS, is told.
 * `inFlight`: AWS works on a deployment of this target.
 */
export function restored(
  fresh: SaveState,
  { waiting, running, failures, paused }: SaveSnapshot,
  inFlight: boolean,
): Step {
  const lost = waiting || (running && !inFlight);
  return {
    state: { ...fresh, running: inFlight, failures, ...(paused && { paused }) },
    effects: lost ? [{ type: 'tell', news: { kind: 'not-deployed' } }] : [],
  };
}

/** `now`: epoch milliseconds, never earlier than before. */
export function step(state: SaveState, event: SaveEvent, now: number): Step {
  switch (event.type) {
    case 'changed':
      return changed(state, event, now);
    case 'head-changed':
      return state.on && state.settings.externalChanges ? paused(state, 'head-changed') : same(state);
    case 'configured':
      return configured(state, event, now);
    case 'woken':
      return begun(state, now);
    case 'ended':
      return ended(state, event.outcome, now);
    case 'paused':
      return same({ ...state, paused: 'user' });
    case 'resumed':
      return resumed(state, event.deploy, now);
  }
}

function changed(
  state: SaveState,
  { origin, path }: Extract<SaveEvent, { type: 'changed' }>,
  now: number,
): Step {
  const { settings } = state;
  const counts = origin === 'save' || (origin === 'auto-save' ? settings.autoSave : settings.externalChanges);
  const isAwaited = state.awaitsSave && origin !== 'external';
  if (!state.on || !(counts || isAwaited)) return same(state);
  const quiet = origin === 'external' ? Math.max(settings.debounceMs, SWARM_MS) : settings.debounceMs;
  const files = new Map(state.changed);
  // A watcher sees the editor's own saves, too.
  if (files.get(path)?.origin !== 'save') files.set(path, { origin, at: now });
  const latestAt =
    state.changed.size > 0 && !isAwaited
      ? state.latestAt
      : Math.max(state.dueAt, now + Math.max(LONGEST_WAIT_MS, 3 * quiet));
  const dueAt = Math.min(latestAt, Math.max(state.dueAt, now + quiet));
  const awaitsSave = state.awaitsSave && !isAwaited;
  const next = { ...state, changed: files, dueAt, latestAt, awaitsSave };
  return swarmAt(now, files) > settings.burst ? paused(next, 'burst') : begun(next, now);
}

/** How many files changed at once by now that nobody saved by himself. */
function swarmAt(now: number, files: SaveState['changed']): number {
  return [...files.values()].filter(({ origin, at }) => origin !== 'save' && at > now - AT_ONCE_MS).length;
}

function configured(
  state: SaveState,
  { on, settings }: Extract<SaveEvent, { type: 'configured' }>,
  now: number,
): Step {
  if (on) return begun({ ...state, on, settings }, now);
  const { paused: _p, trouble: _t, ...rest } = state;
  const lost: SaveEffect = { type: 'tell', news: { kind: 'not-deployed' } };
  return {
    state: { ...rest, on, settings, changed: new Map(), awaitsSave: false, failures: 0, lastWentWell: false },
    effects: [
      ...(state.on && state.running ? [{ type: 'cancel' } as const] : []),
      ...(state.on && state.changed.size > 0 ? [lost] : []),
    ],
  };
}

/** Begins what waits, when it may, or asks to be woken when it may. */
function begun(state: SaveState, now: number): Step {
  const { on, running, changed: files, dueAt, awaitsSave } = state;
  const mayBegin = on && !running && !awaitsSave && state.paused === undefined;
  if (!mayBegin || files.size === 0) return same(state);
  if (now < dueAt) return { state, effects: [{ type: 'wake', at: dueAt }] };
  return { state: { ...state, running: true, changed: new Map() }, effects: [{ type: 'start' }] };
}

function ended(before: SaveState, outcome: SaveOutcome, now: number): Step {
  const { trouble, ...rest } = before;
  const state: SaveState = { ...rest, running: false };
  switch (outcome.kind) {
    case 'live':
    case 'unchanged':
      return begun({ ...state, failures: 0, lastWentWell: true }, now);
    case 'busy':
      return state.on ? begun(waitingAgain(state, now), now) : notDeployed(state, now);
    case 'head-changed':
      return state.on ? paused(withEverything(state), 'head-changed') : notDeployed(state, now);
    case 'cancelled':
      return notDeployed(state, now);
    case 'blocked':
    case 'failed':
      return troubled(state, outcome, trouble, now);
  }
}

function waitingAgain(state: SaveState, now: number): SaveState {
  const dueAt = Math.max(state.dueAt, now + BUSY_MS);
  return { ...withEverything(state), dueAt, latestAt: dueAt };
}

function withEverything(state: SaveState): SaveState {
  return { ...state, changed: new Map([EVERYTHING, ...state.changed]) };
}

function notDeployed(state: SaveState, now: number): Step {
  const news: SaveEffect = { type: 'tell', news: { kind: 'not-deployed' } };
  return adding(begun({ ...state, lastWentWell: false }, now), [news]);
}

function troubled(state: SaveState, trouble: Trouble, before: Trouble | undefined, now: number): Step {
  const { kind, code } = trouble;
  const failures = kind === 'failed' ? state.failures + 1 : state.failures;
  const told: SaveState = { ...state, failures, trouble, lastWentWell: false };
  // Whatever was saved meanwhile may have been what was half typed.
  const next: SaveState =
    code === UNSAVED && state.on ? { ...withEverything(told), awaitsSave: state.changed.size === 0 } : told;
  // Who undoes it would undo the next one, too.
  if (BY_OTHERS.has(code) && state.paused === undefined) return paused(next, 'changed-by-others');
  if (failures >= FAILURES && state.paused === undefined) return paused(next, 'failures');
  const news: SaveEffect = { type: 'tell', news: { kind: 'trouble', code } };
  // A check that blocks every save is told once; each failure is one of its own.
  return adding(begun(next, now), kind === 'blocked' && isSame(trouble, before) ? [] : [news]);
}

function isSame(trouble: Trouble, before: Trouble | undefined): boolean {
  return (
    trouble.kind === before?.kind && trouble.code === before.code && aboutOf(trouble) === aboutOf(before)
  );
}

function aboutOf(trouble: Trouble): string | undefined {
  return trouble.kind === 'blocked' ? trouble.about : undefined;
}

function resumed(state: SaveState, deploy: boolean, now: number): Step {
  const { paused: _, ...rest } = state;
  const next: SaveState = { ...rest, awaitsSave: false, failures: 0, dueAt: now };
  return begun(deploy ? withEverything(next) : { ...next, changed: new Map() }, now);
}

/** What waits goes on waiting. Told once. */
function paused(state: SaveState, reason: PauseReason): Step {
  if (state.paused !== undefined) return same(state);
  const news = { kind: 'paused', reason, files: state.changed.size } as const;
  return { state: { ...state, paused: reason }, effects: [{ type: 'tell', news }] };
}

function same(state: SaveState): Step {
  return { state, effects: [] };
}

function adding({ state, effects }: Step, more: readonly SaveEffect[]): Step {
  return { state, effects: [...more, ...effects] };
}
