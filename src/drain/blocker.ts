/** Blockers: each is a reason why a pod stays on a node that is drained, or a cost of the pod's eviction. */
import type { CodedOf, NoFacts } from '../model/coded';
import type { Controller } from '../model/kubernetes';
import type { Relief } from './budget-room';
import type { PodRef } from './ports';

/** A budget, with the numbers that messages name. */
export interface BudgetFacts {
  readonly namespace: string;
  readonly name: string;
  /** The number of healthy pods that the budget needs, and the number that it has. */
  readonly needs: number;
  readonly has: number;
}

interface OfBudget {
  readonly budget: BudgetFacts;
}

export interface BlockerFacts {
  /** The budget never allows an eviction, however many of its pods are ready. */
  'budget-never': OfBudget & { readonly relief: Relief };
  /** Too few of the budget's pods are ready now. `waitsFor`: the first few pods that are not ready. */
  'budget-not-now': OfBudget & { readonly missing: number; readonly waitsFor: readonly PodRef[] };
  /** The scheduler finds no node for a pod of the budget; reason and message are the scheduler's. */
  'replacement-pending': OfBudget & {
    readonly pending: PodRef;
    readonly reason: string;
    readonly message: string;
  };
  /**
   * The pod itself is not ready, and its budget allows the eviction of unready pods only while enough other
   * pods are ready.
   */
  'unready-held': OfBudget;
  /** The budget's controller has not seen the budget's last change. */
  'budget-behind': OfBudget;
  /** The budget's controller cannot compute the budget. `message`: the controller's reason. */
  'budget-not-computed': OfBudget & { readonly message: string };
  'several-budgets': { readonly budgets: readonly [BudgetFacts, BudgetFacts, ...BudgetFacts[]] };
  /** More pods have to leave at once than the budget allows, so that some of them have to wait for others. */
  'budget-shared': OfBudget & { readonly evictions: number; readonly pods: number };
  /** The scheduler may put the pod's successor onto the same node, although that node is cordoned. */
  'comes-back': NoFacts;
  /**
   * The pod still exists, long after its grace period. `goneBy`: the end of the grace period, in epoch
   * milliseconds.
   */
  stuck: { readonly goneBy: number; readonly finalizers: readonly string[] };
  'long-grace': { readonly seconds: number };
  'no-controller': NoFacts;
  /** The code that the pod's successor would start with is no longer in S3. */
  'code-gone': { readonly uri: string; readonly version?: string };
}

export type BlockerCode = keyof BlockerFacts;

/**
 * `holds`: the drain cannot end while the blocker exists. `threatens`: the drain may fail, or something may be lost.
 * `slows`: the drain takes longer.
 */
export type Gravity = 'holds' | 'threatens' | 'slows';

/** What an update with force does to the pod after EKS has waited long enough. */
export interface ForcedEnd {
  /** True if a controller makes another pod. */
  readonly remade: boolean;
  /**
   * The first of the budgets that the forced end of the pod breaks; absent if it breaks none. `left`: the
   * number of healthy pods that the budget still has when all of its pods on the node of this pod are gone.
   */
  readonly breaks?: BudgetFacts & { readonly left: number };
}

/** The cause of a blocker, with the facts that its message names. */
export type Cause = CodedOf<BlockerFacts>;

export type Blocker = Cause & {
  readonly pod: PodRef;
  readonly node: string;
  readonly controller?: Controller;
  readonly gravity: Gravity;
  readonly forced: ForcedEnd;
};

const GRAVITY: Readonly<Record<BlockerCode, Gravity>> = {
  'budget-never': 'holds',
  'budget-not-now': 'holds',
  'replacement-pending': 'holds',
  'unready-held': 'holds',
  'budget-behind': 'slows',
  'budget-not-computed': 'holds',
  'several-budgets': 'holds',
  'budget-shared': 'slows',
  'comes-back': 'holds',
  stuck: 'holds',
  'long-grace': 'threatens',
  'no-controller': 'threatens',
  'code-gone': 'threatens',
};

export function isBlockerCode(code: unknown): code is BlockerCode {
  return typeof code === 'string' && Object.hasOwn(GRAVITY, code);
}

export function gravityOf(code: BlockerCode): Gravity {
  return GRAVITY[code];
}

/** Sorts the gravest first, and blockers of the same gravity by namespace and name of their pods. */
export function byGravity(blockers: readonly Blocker[]): readonly Blocker[] {
  const order: readonly Gravity[] = ['holds', 'threatens', 'slows'];
  const orderOf = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  return blockers.toSorted(
    (a, b) =>
      order.indexOf(a.gravity) - order.indexOf(b.gravity) ||
      orderOf(a.pod.namespace, b.pod.namespace) ||
      orderOf(a.pod.name, b.pod.name),
  );
}
