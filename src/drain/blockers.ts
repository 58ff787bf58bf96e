/**
 * Finds the blockers of a drain, from the pods on the drained nodes and the budgets that cover these pods.
 */
import type { KubernetesNode, Pod, PodDisruptionBudget } from '../model/kubernetes';
import { present } from '../model/present';
import { type Blocker, byGravity, type Cause, type ForcedEnd, gravityOf } from './blocker';
import { budgetCause, factsOf, refOf, unreadyLookup } from './budget-cause';
import { budgetLookup, evictionAnswer } from './eviction';
import { forcedEnds } from './forced';
import { comesBack, mustMove } from './moving';
import { type Answered, sharedBudgets } from './shared-budgets';

export interface DrainFacts {
  /** The nodes that are drained. */
  readonly nodes: readonly Pick<KubernetesNode, 'name'>[];
  /** Contains all pods on these nodes that have to move. Other pods in the list have no effect. */
  readonly pods: readonly Pod[];
  readonly budgets: readonly PodDisruptionBudget[];
  /**
   * Pods on any node. Contains, as far as they were read, the unhealthy pods of budgets that allow no
   * eviction; other pods in the list have no effect.
   */
  readonly covered: readonly Pod[];
  /** Keys, by {@link codeKey}, of code that pods name and that is no longer in S3. */
  readonly codeGone: ReadonlySet<string>;
}

export interface DrainPace {
  /**
   * Number of nodes that are drained at once; absent if it is unknown: all nodes then count as drained at once.
   */
  readonly atOnce?: number;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** A grace period of at least this many seconds is long: EKS gives up on a node after 900 seconds. */
const LONG_GRACE_SECONDS = 600;
/** A pod that still exists this many milliseconds after the end of its grace period counts as stuck. */
const STUCK_MS = 5 * 60_000;

export function codeKey({ uri, version }: NonNullable<Pod['code']>): string {
  return version === undefined ? uri : `${uri}?versionId=${version}`;
}

/** All blockers, the gravest first. Pods that a drain leaves alone have none. */
export function drainBlockers(facts: DrainFacts, pace: DrainPace): readonly Blocker[] {
  const budgetsOf = budgetLookup(facts.budgets);
  const unreadyOf = unreadyLookup(facts.covered);
  const answered = movingPods(facts).map((pod): Answered => {
    const budgets = budgetsOf(pod);
    return { pod, budgets, answer: evictionAnswer(pod, budgets) };
  });
  const forced = forcedEnds(answered);
  const shared = sharedBudgets(answered, pace.atOnce ?? facts.nodes.length);
  const blockers: Blocker[] = [];
  for (const covered of answered) {
    const { pod, budgets, answer } = covered;
    const [budget] = budgets;
    const held = budgetCause(pod, answer, unreadyOf);
    const isCounted = answer.code === 'allowed' && answer.why === 'room';
    const queue = isCounted && budget ? shared.get(budget) : undefined;
    const causes = ownCauses(pod, facts.codeGone, pace.now);
    if (held) causes.unshift(held);
    else if (queue && budget)
      causes.unshift({ code: 'budget-shared', facts: { budget: factsOf(budget), ...queue } });
    for (const cause of causes) blockers.push(blockerOf(pod, cause, forced(covered)));
  }
  return byGravity(blockers);
}

/**
 * Uses `Object.assign`, since object spread is slower and there may be thousands of blockers; see `objectOf` of
 * `src/kubernetes/answers`.
 */
function blockerOf(pod: Pod, cause: Cause, forced: ForcedEnd): Blocker {
  const { nodeName: node = '', controller } = pod;
  const found = { pod: refOf(pod), node, gravity: gravityOf(cause.code), forced };
  return Object.assign(found, cause, present({ controller }));
}

/** The pods that have to leave the nodes. */
export function movingPods({ nodes, pods }: Pick<DrainFacts, 'nodes' | 'pods'>): readonly Pod[] {
  const names = new Set(nodes.map(({ name }) => name));
  return pods.filter((pod) => pod.nodeName !== undefined && names.has(pod.nodeName) && mustMove(pod));
}

/** The causes that lie in the pod itself and not in a budget. */
function ownCauses(pod: Pod, codeGone: ReadonlySet<string>, now: number): Cause[] {
  const { deletedAt, graceSeconds, finalizers, controller, code } = pod;
  const causes: Cause[] = [];
  if (deletedAt !== undefined && now - deletedAt > STUCK_MS) {
    causes.push({ code: 'stuck', facts: { goneBy: deletedAt, finalizers } });
  }
  if (comesBack(pod)) causes.push({ code: 'comes-back', facts: {} });
  if (controller === undefined) causes.push({ code: 'no-controller', facts: {} });
  if (graceSeconds >= LONG_GRACE_SECONDS) {
    causes.push({ code: 'long-grace', facts: { seconds: graceSeconds } });
  }
  if (code && codeGone.has(codeKey(code))) causes.push({ code: 'code-gone', facts: code });
  return causes;
}
