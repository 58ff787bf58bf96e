/**
 * Reads the facts from which the blockers of a drain are found. Optional parts that cannot be read are named with the
 * reason.
 */
import { setTimeout as nextTurn } from 'node:timers/promises';
import { type Failure, failureOf, isKubernetesReason } from '../model/failure';
import type { Pod, PodDisruptionBudget } from '../model/kubernetes';
import { known, type OptionalRead, unknown } from '../plan/optional-read';
import { codeKey, type DrainFacts, movingPods } from './blockers';
import { roomOf } from './budget-room';
import { budgetLookup } from './eviction';
import type { CodeVersions, DrainApi } from './ports';

/** One managed node group, or one node. */
export type DrainTarget = { readonly nodegroup: string } | { readonly node: string };

/**
 * A part that was not read: the budgets, the other pods of budgets that allow no eviction, or the code in S3.
 */
export type UnreadPart = 'budgets' | 'covered-pods' | 'code-versions';

export interface DrainReading {
  readonly facts: DrainFacts;
  readonly unread: readonly { readonly part: UnreadPart; readonly failure: Failure }[];
}

export interface DrainSources {
  readonly api: DrainApi;
  /** If absent, nothing checks whether the code of pods still exists. */
  readonly code?: CodeVersions;
}

/**
 * The maximum number of budgets whose other pods are read, and of code versions that are looked for: each
 * takes a request.
 */
const MOST_LOOKED_AT = 20;

type Part<T> = OptionalRead<T, Failure>;

/**
 * If reading nodes is forbidden, a node that `target` names is assumed to exist.
 * @throws the failure to read nodes or pods, cancellation, missing credentials.
 */
export async function readDrain(
  { api, code }: DrainSources,
  target: DrainTarget,
  signal: AbortSignal,
): Promise<DrainReading> {
  const nodes = await targetNodes(api, target, signal);
  const names = nodes.map(({ name }) => name);
  const [pods, budgets] = await Promise.all([
    names.length === 0 ? [] : api.podsOn(names, signal),
    readPart(() => api.budgets(signal)),
  ]);
  const moving = movingPods({ nodes, pods });
  const [covered, codeGone] = await Promise.all([
    readPart(() => coveredPods(api, moving, budgets.known ? budgets.value : [], signal)),
    readPart(() => missingCode(code, moving, signal)),
  ]);
  // The caller goes through all of the pods next, which must not happen in the turn of the event loop that
  // reads the last of thousands of pods. `setImmediate` would still run in that turn.
  await nextTurn(0);
  const parts: readonly (readonly [UnreadPart, Part<unknown>])[] = [
    ['budgets', budgets],
    ['covered-pods', covered],
    ['code-versions', codeGone],
  ];
  return {
    facts: {
      nodes,
      pods,
      budgets: budgets.known ? budgets.value : [],
      covered: covered.known ? covered.value : [],
      codeGone: codeGone.known ? codeGone.value : new Set(),
    },
    unread: parts.flatMap(([part, read]) => (read.known ? [] : [{ part, failure: read.why }])),
  };
}

/**
 * Like {@link readDrain}, but returns `unknown` with the failure if the cluster cannot be read.
 * @throws cancellation, missing credentials.
 */
export function readDrainIfPossible(
  open: () => Promise<DrainSources>,
  target: DrainTarget,
  signal: AbortSignal,
): Promise<OptionalRead<DrainReading, Failure>> {
  return readPart(async () => readDrain(await open(), target, signal));
}

async function readPart<T>(read: () => Promise<T>): Promise<Part<T>> {
  try {
    return known(await read());
  } catch (thrown) {
    const failure = failureOf(thrown);
    if (failure.kind === 'cancelled' || failure.kind === 'credentials') throw thrown;
    return unknown(failure);
  }
}

async function targetNodes(
  api: DrainApi,
  target: DrainTarget,
  signal: AbortSignal,
): Promise<DrainFacts['nodes']> {
  if ('nodegroup' in target) return api.nodes(target.nodegroup, signal);
  try {
    return (await api.nodes(undefined, signal)).filter(({ name }) => name === target.node);
  } catch (thrown) {
    if (!isKubernetesReason(thrown, 'forbidden')) throw thrown;
    return [{ name: target.node }];
  }
}

/**
 * All pods of the budgets that cover a pod in `moving` and allow no eviction until more of their pods are
 * ready. At most {@link MOST_LOOKED_AT} budgets are considered.
 */
async function coveredPods(
  api: DrainApi,
  moving: readonly Pod[],
  budgets: readonly PodDisruptionBudget[],
  signal: AbortSignal,
): Promise<readonly Pod[]> {
  const tight = budgets.filter((budget) => roomOf(budget).kind === 'not-now');
  const budgetsOf = budgetLookup(tight);
  const asked = [...new Set(moving.flatMap(budgetsOf))].slice(0, MOST_LOOKED_AT);
  const lists = await Promise.all(
    asked.map(({ namespace, selector }) => (selector ? api.podsMatching(namespace, selector, signal) : [])),
  );
  return [...new Map(lists.flat().map((pod) => [pod.uid, pod])).values()];
}

async function missingCode(
  code: CodeVersions | undefined,
  moving: readonly Pod[],
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  if (!code) return new Set();
  const named = new Map(moving.flatMap((pod) => (pod.code ? [[codeKey(pod.code), pod.code] as const] : [])));
  const looked = await Promise.all(
    [...named].slice(0, MOST_LOOKED_AT).map(async ([key, { uri, version }]) => ({
      key,
      exists: await code.exists(uri, version, signal),
    })),
  );
  return new Set(looked.filter(({ exists }) => !exists).map(({ key }) => key));
}
