/**
 * Deploy on save as a state machine of one target: from a state and an event it computes the next state and
 * the effects. Pure: the caller passes the current time. At most one deployment runs and at most one waits,
 * always the latest.
 */
import { present } from '../../model/present';
import type { DeployRefusals } from '../refusal';
import {
  type Change,
  type KeptSave,
  type PauseReason,
  type SaveEffect,
  type SaveEvent,
  type SaveNews,
  type SaveOutcome,
  type SaveState,
  type Trouble,
  UNSAVED,
} from './save-state';

export interface Step {
  readonly state: SaveState;
  readonly effects: readonly SaveEffect[];
}

const FAILURES = 3;
/** Codes of failures that others have caused, by changing the deployed configuration. */
const BY_OTHERS: ReadonlySet<string> = new Set<keyof DeployRefusals>(['foreign-change', 'changed-back']);
const BUSY_MS = 30_000;
/**
 * Changes from outside of the editor often come in large numbers: a deployment waits until none has come for
 * at least this many milliseconds.
 */
const SWARM_MS = 500;
/**
 * Constant changes, such as those of a log file, can postpone a deployment by at most this many
 * milliseconds, or by three times the quiet time (`debounceMs`, at least {@link SWARM_MS} for changes from
 * outside) if that is longer.
 */
const LONGEST_WAIT_MS = 10_000;
/**
 * Milliseconds. Files that change within this time count as changed at once: a watcher reports a branch switch in
 * several parts.
 */
const AT_ONCE_MS = 5_000;

/**
 * The entry of `changed` that stands for all files. Needed after a run that did not deploy the earlier
 * changes, and when the user wants to deploy at once.
 */
const EVERYTHING: readonly [string, Change] = ['', { origin: 'save', at: 0 }];

/**
 * The state after a reload. No deployment begins by itself: the user is told of a deployment that was
 * waiting, or that was running and was not sent.
 * @param inFlight true if the deployment that was running was sent to AWS
 */
export function restored(fresh: SaveState, { snapshot, operation, head }: KeptSave, inFlight: boolean): Step {
  const { waiting, running, failures, paused } = snapshot;
  const state = { ...fresh, running: inFlight, failures, ...present({ paused, operation, head }) };
  return waiting || (running && !inFlight) ? telling({ kind: 'not-deployed' }, same(state)) : same(state);
}

/** `now`: epoch milliseconds, never earlier than in the call before. */
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
    case 'checked-out':
      return same({ ...state, head: state.head ?? event.head });
    case 'begun':
      return same({ ...state, operation: event.operation });
    case 'ended':
      return ended(state, event.outcome, now);
    case 'resumed':
      return state.on ? resumed(state, event.deploy, now) : same(state);
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
  // A watcher also reports the editor's own saves: a saved file keeps the origin `save`.
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

/** The number of files that changed in the last {@link AT_ONCE_MS} milliseconds and that no user saved. */
function swarmAt(now: number, files: SaveState['changed']): number {
  return [...files.values()].filter(({ origin, at }) => origin !== 'save' && at > now - AT_ONCE_MS).length;
}

function configured(
  before: SaveState,
  { on, settings }: Extract<SaveEvent, { type: 'configured' }>,
  now: number,
): Step {
  if (on) return begun({ ...before, on, settings }, now);
  const { paused: _p, trouble: _t, ...rest } = before;
  const state = {
    ...rest,
    on,
    settings,
    changed: new Map(),
    awaitsSave: false,
    failures: 0,
    lastWentWell: false,
  };
  const off: Step = { state, effects: before.on && before.running ? [{ type: 'cancel' }] : [] };
  return before.on && before.changed.size > 0 ? telling({ kind: 'not-deployed' }, off) : off;
}

/** Begins the waiting deployment. If it only has to wait until `dueAt`, asks to be woken then. */
function begun(before: SaveState, now: number): Step {
  const { operation: _, ...state } = before;
  const mayBegin = state.on && !state.running && !state.awaitsSave && state.paused === undefined;
  if (!mayBegin || state.changed.size === 0) return same(before);
  if (now < state.dueAt) return { state: before, effects: [{ type: 'wake', at: state.dueAt }] };
  // The earlier operation's id is left out: after a reload, this deployment would otherwise be mistaken for
  // that operation, and the operation's outcome would be reported as that of this deployment.
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
  return telling({ kind: 'not-deployed' }, begun({ ...state, lastWentWell: false }, now));
}

function troubled(before: SaveState, trouble: Trouble, last: Trouble | undefined, now: number): Step {
  const { kind, code } = trouble;
  const failures = kind === 'failed' ? before.failures + 1 : before.failures;
  const state: SaveState = { ...before, failures, trouble, lastWentWell: false };
  // A file that changed during the run may be the one that was half typed: the deployment then waits for no
  // further save.
  const next: SaveState =
    code === UNSAVED && state.on
      ? { ...withEverything(state), awaitsSave: before.changed.size === 0 }
      : state;
  // Others who have overwritten this deployment would probably overwrite the next one, too.
  if (BY_OTHERS.has(code) && next.paused === undefined) return paused(next, 'changed-by-others');
  if (failures >= FAILURES && next.paused === undefined) return paused(next, 'failures');
  // A check that blocks one save after another is reported only once; every failure is reported.
  const after = begun(next, now);
  return isSameBlock(trouble, last) ? after : telling({ kind: 'trouble', code }, after);
}

function isSameBlock(trouble: Trouble, last: Trouble | undefined): boolean {
  if (trouble.kind !== 'blocked' || last?.kind !== 'blocked') return false;
  return trouble.code === last.code && trouble.about === last.about;
}

/** Drops `head`, since the user's decision applies to the branch or commit that is checked out now. */
function resumed(before: SaveState, deploy: boolean, now: number): Step {
  const { paused: _p, head: _h, ...rest } = before;
  const state: SaveState = { ...rest, awaitsSave: false, failures: 0, dueAt: now };
  return begun(deploy ? withEverything(state) : { ...state, changed: new Map() }, now);
}

/** Pauses, unless already paused, and tells the user. The waiting changes are kept. */
function paused(state: SaveState, reason: PauseReason): Step {
  if (state.paused !== undefined) return same(state);
  return telling({ kind: 'paused', reason }, same({ ...state, paused: reason }));
}

function same(state: SaveState): Step {
  return { state, effects: [] };
}

function telling(news: SaveNews, { state, effects }: Step): Step {
  return { state, effects: [{ type: 'tell', news }, ...effects] };
}
