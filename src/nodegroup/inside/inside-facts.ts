/**
 * The facts about a cluster's nodes and pods that a poll records: the progress of the update, and the pods
 * that hold up the update.
 */
import { type Blocker, isBlockerCode } from '../../drain/blocker';
import { type DrainNumbers, numbersOf } from '../../drain/numbers';
import type { WatchedNodes } from '../../drain/ports';
import { advanced, firstSeenProgress, type UpdateProgress } from '../../drain/progress';
import { progressFacts, readProgress } from '../../drain/progress-record';
import type { WatchState } from '../../drain/watch-state';
import type { Failure } from '../../model/failure';
import type { Facts, Json } from '../../model/json';
import type { Operation } from '../../operations/operation';
import type { UpdateStep } from '../apply/send';
import { refuse } from '../plan/refusal';

/** The ledger keeps at most this many blockers, and at most this many draining nodes. */
const MOST_WRITTEN = 20;

/**
 * The names of the facts about a cluster's nodes and pods and about its audit log, without those of the
 * update's progress.
 */
export const INSIDE_FACTS = ['inside', 'insideProblem', 'held', 'auditLog', 'refused'] as const;

/**
 * The numbers of the update's drains as the ledger stores them: without `held`, which is a separate fact, and
 * without the time, which changes with each poll.
 */
export type WrittenNumbers = Omit<DrainNumbers, 'held' | 'asOf'> & {
  /** Number of different pods that blockers hold up at this poll. */
  readonly heldNow: number;
};

/** The last blockers that held up pods. They stay recorded, to explain a failure. */
export interface LastHeld {
  /** Epoch milliseconds since which exactly these blockers have been recorded. */
  readonly since: number;
  /** The gravest first, up to a limit. */
  readonly blockers: readonly Blocker[];
  readonly pods: number;
}

/**
 * The facts that the poll changes; the operation's other facts stay as they are.
 * @param now epoch milliseconds
 */
export function insideFacts(operation: Operation, { watched, problem }: WatchState, now: number): Facts {
  const unseen = problem ?? firstDenied(watched?.denied);
  const trouble: Facts = { insideProblem: unseen ? { ...unseen } : null };
  // A list of nodes that cannot be read does not mean that the nodes no longer exist.
  if (!watched || problem || watched.denied?.nodes) return unseen ? trouble : {};
  const before = progressOf(operation) ?? firstSeenProgress(watched, beganAt(operation, now), now);
  const progress = advanced(before, watched, now);
  const written = progressFacts(progress);
  if (!written) {
    const { failure } = refuse('too-many-nodes', { nodes: progress.nodes.length });
    return { insideProblem: { ...failure } };
  }
  const { held, asOf: _asOf, draining, ...numbers } = numbersOf(progress, watched, now);
  const heldNow = new Set(held.map(({ pod }) => pod.uid)).size;
  const inside: WrittenNumbers = { ...numbers, draining: draining.slice(0, MOST_WRITTEN), heldNow };
  return {
    ...written,
    ...trouble,
    inside: json(inside),
    ...(held.length > 0 && { held: heldFact(operation, held, heldNow, now) }),
  };
}

function firstDenied(denied: WatchedNodes['denied'] = {}): Failure | undefined {
  return denied.nodes ?? denied.pods ?? denied.budgets;
}

/**
 * The operation's progress as last recorded. Before a poll has recorded any, this is the progress from the
 * step that read the nodes before the request; undefined if neither exists.
 */
export function progressOf({ facts, steps }: Operation): UpdateProgress | undefined {
  const name: UpdateStep = 'read-nodes';
  return readProgress(facts) ?? readProgress(steps.findLast((step) => step.name === name)?.facts ?? {});
}

function beganAt({ facts, sentAt }: Operation, now: number): number {
  const createdAt = facts['createdAt'];
  return typeof createdAt === 'number' ? createdAt : (sentAt ?? now);
}

function heldFact(operation: Operation, held: readonly Blocker[], pods: number, now: number): Json {
  const before = lastHeld(operation.facts);
  const blockers = json(held.slice(0, MOST_WRITTEN));
  const isSame = before !== undefined && JSON.stringify(before.blockers) === JSON.stringify(blockers);
  return { since: isSame ? before.since : now, blockers, pods };
}

function json(value: object): Json {
  return JSON.parse(JSON.stringify(value));
}

/** The blockers that were recorded last; undefined if none were recorded, or if the fact is malformed. */
export function lastHeld(facts: Facts): LastHeld | undefined {
  const held = facts['held'] as Partial<Record<keyof LastHeld, unknown>> | null | undefined;
  if (typeof held !== 'object' || held === null) return undefined;
  const { since, blockers, pods } = held;
  if (typeof since !== 'number' || typeof pods !== 'number' || !Array.isArray(blockers)) return undefined;
  return { since, pods, blockers: blockers.filter(isBlocker) };
}

/**
 * True for a blocker whose code this version of Slipway knows: another version may have recorded other codes.
 */
function isBlocker(json: unknown): json is Blocker {
  const { code, pod, facts } = (json ?? {}) as { readonly [name in keyof Blocker]?: unknown };
  return isBlockerCode(code) && pod instanceof Object && facts instanceof Object;
}

/**
 * The numbers after EKS has reported the update's success: every old node counts as replaced, even if the
 * watch does not show it yet.
 * @param facts all facts that are known so far
 */
export function completedFacts(facts: Facts): Facts {
  const numbers = writtenNumbers(facts);
  if (!numbers) return {};
  const { old } = numbers;
  return { inside: json({ ...numbers, gone: old, replaced: old, draining: [], heldNow: 0 }) };
}

/** The numbers as last recorded. */
export function writtenNumbers(facts: Facts): WrittenNumbers | undefined {
  const numbers = facts['inside'] as Partial<WrittenNumbers> | null | undefined;
  return typeof numbers?.old === 'number' &&
    typeof numbers.gone === 'number' &&
    typeof numbers.replaced === 'number' &&
    Array.isArray(numbers.draining)
    ? (numbers as WrittenNumbers)
    : undefined;
}

/**
 * Why, as last recorded, the cluster could not be read completely or the progress could not be stored.
 */
export function insideProblem(facts: Facts): Failure | undefined {
  const problem = facts['insideProblem'];
  return problem instanceof Object && 'kind' in problem ? (problem as unknown as Failure) : undefined;
}
