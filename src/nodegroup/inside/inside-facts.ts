/** What a poll writes down of the inside of a cluster: how far the update is, and what holds it. */
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

/** Blockers, and nodes that drain, that are written down. */
const MOST_WRITTEN = 20;

/** Facts of an operation that are written here. */
export const INSIDE_FACTS = ['inside', 'insideProblem', 'held', 'auditLog', 'refused'] as const;

/** The numbers as they are written down: `held` apart, and without the time, which would make each look news. */
export type WrittenNumbers = Omit<DrainNumbers, 'held' | 'asOf'> & {
  /** Pods that are held now. */
  readonly heldNow: number;
};

/** What held pods last; it stays when it is over, for the explanation of a failure. */
export interface LastHeld {
  /** Epoch milliseconds when it was first seen as it is here. */
  readonly since: number;
  /** The gravest first, cut at a bound. */
  readonly blockers: readonly Blocker[];
  readonly pods: number;
}

/**
 * Facts that are news since the operation was last looked at.
 * @param now epoch milliseconds
 */
export function insideFacts(operation: Operation, { watched, problem }: WatchState, now: number): Facts {
  const unseen = problem ?? firstDenied(watched?.denied);
  const trouble: Facts = { insideProblem: unseen ? { ...unseen } : null };
  // Nodes that cannot be listed are not nodes that are gone.
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

/** The progress as the operation has it written down, from before the request on. */
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

/** What held pods when the inside was last seen; undefined where nothing did. */
export function lastHeld(facts: Facts): LastHeld | undefined {
  const held = facts['held'] as Partial<Record<keyof LastHeld, unknown>> | null | undefined;
  if (typeof held !== 'object' || held === null) return undefined;
  const { since, blockers, pods } = held;
  if (typeof since !== 'number' || typeof pods !== 'number' || !Array.isArray(blockers)) return undefined;
  return { since, pods, blockers: blockers.filter(isBlocker) };
}

/** What another version found that this one does not know has no words here. */
function isBlocker(json: unknown): json is Blocker {
  const { code, pod, facts } = (json ?? {}) as { readonly [name in keyof Blocker]?: unknown };
  return isBlockerCode(code) && pod instanceof Object && facts instanceof Object;
}

/**
 * What a success says of the numbers: by EKS's word every old node was replaced, though the watch may be a moment behind.
 * @param facts all that is known by now
 */
export function completedFacts(facts: Facts): Facts {
  const numbers = writtenNumbers(facts);
  if (!numbers) return {};
  const { old } = numbers;
  return { inside: json({ ...numbers, gone: old, replaced: old, draining: [], heldNow: 0 }) };
}

/** The numbers as they were last written down. */
export function writtenNumbers(facts: Facts): WrittenNumbers | undefined {
  const numbers = facts['inside'] as Partial<WrittenNumbers> | null | undefined;
  return typeof numbers?.old === 'number' &&
    typeof numbers.gone === 'number' &&
    typeof numbers.replaced === 'number' &&
    Array.isArray(numbers.draining)
    ? (numbers as WrittenNumbers)
    : undefined;
}

/** Why the inside could not be seen when it was last looked at. */
export function insideProblem(facts: Facts): Failure | undefined {
  const problem = facts['insideProblem'];
  return problem instanceof Object && 'kind' in problem ? (problem as unknown as Failure) : undefined;
}
