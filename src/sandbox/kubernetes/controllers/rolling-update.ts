/** Computes how the next turn of a Deployment's rollout scales its ReplicaSets. */
import type { ReplicaSet } from '../kinds';

export interface Scaling {
  readonly set: ReplicaSet;
  readonly replicas: number;
}

export interface Limits {
  readonly replicas: number;
  /** The most pods that may exist beyond `replicas`. */
  readonly surge: number;
  /** How many of the `replicas` pods may be unavailable. */
  readonly unavailable: number;
}

/**
 * The sizes to set in one turn. The new ReplicaSet, `current`, goes first: it gets `replicas` pods, or as
 * many as the maximum number of all pods allows. In a turn in which `current` keeps its size, the old
 * ReplicaSets shrink until only the minimum number of pods is available; pods that are unavailable anyway
 * go first.
 * https://github.com/kubernetes/kubernetes/blob/master/pkg/controller/deployment/rolling.go
 * @param old oldest first.
 */
export function nextTurn(
  current: ReplicaSet,
  old: readonly ReplicaSet[],
  limits: Limits,
): readonly Scaling[] {
  const grown = grow(current, old, limits);
  if (grown !== sizeOf(current)) return [{ set: current, replicas: grown }];
  return shrink(current, old, limits);
}

function grow(current: ReplicaSet, old: readonly ReplicaSet[], { replicas, surge }: Limits): number {
  const size = sizeOf(current);
  if (size >= replicas) return replicas;
  const all = size + sum(old, sizeOf);
  return size + Math.max(0, Math.min(replicas + surge - all, replicas - size));
}

function shrink(
  current: ReplicaSet,
  old: readonly ReplicaSet[],
  { replicas, unavailable }: Limits,
): readonly Scaling[] {
  const fewest = replicas - unavailable;
  const missing = sizeOf(current) - availableOf(current);
  const most = sizeOf(current) + sum(old, sizeOf) - fewest - missing;
  if (most <= 0) return [];
  let left = most;
  const healthy = old.map((set) => {
    const gone = Math.max(0, Math.min(left, sizeOf(set) - availableOf(set)));
    left -= gone;
    return { set, replicas: sizeOf(set) - gone };
  });
  let spare = availableOf(current) + sum(old, availableOf) - fewest;
  return healthy.map(({ set, replicas: size }) => {
    const gone = Math.max(0, Math.min(size, spare));
    spare -= gone;
    return { set, replicas: size - gone };
  });
}

function sizeOf({ spec }: ReplicaSet): number {
  return spec.replicas ?? 1;
}

export function availableOf({ status }: ReplicaSet): number {
  return status?.availableReplicas ?? 0;
}

export function sum(sets: readonly ReplicaSet[], of: (set: ReplicaSet) => number): number {
  return sets.reduce((total, set) => total + of(set), 0);
}
