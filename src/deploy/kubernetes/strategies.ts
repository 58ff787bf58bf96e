/**
 * The strategies by which the pods of a workload take code, and which of them a workload can use. In the workload's
 * object, every strategy changes only Slipway's annotations: how the pods are replaced stays the owner's choice.
 * CANARY and FORCE also delete pods.
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#update-strategies
 */
import type { Workload } from '../../model/workload';
import type { Strategy } from '../port/strategy';

export type WorkloadStrategy = 'NO_RESTART' | 'CANARY' | 'ROLLING' | 'FORCE';

/** The strategies for workloads, the gentlest first. */
export const workloadStrategies: readonly (Strategy & { readonly id: WorkloadStrategy })[] = [
  { id: 'NO_RESTART', keepsRest: false, restarts: false, mayRunOnSave: true },
  { id: 'CANARY', keepsRest: false, restarts: true, mayRunOnSave: false },
  { id: 'ROLLING', keepsRest: false, restarts: true, mayRunOnSave: true },
  { id: 'FORCE', keepsRest: false, restarts: true, mayRunOnSave: false },
];

/** The part of a workload that its possible strategies depend on. */
type Updated = Pick<Workload, 'kind' | 'updateStrategy'>;

/** Why a workload cannot use a strategy. */
export type Impossible =
  /** Pods are replaced as soon as the template changes. */
  | 'replaced-at-once'
  /** Pods are replaced only when somebody deletes them. */
  | 'on-delete'
  /**
   * The workload is a Deployment: if its pods were deleted, the earlier ReplicaSet would create new ones
   * with the earlier code.
   */
  | 'deployment';

/** Why the workload cannot use the strategy; undefined where it can. */
export function impossible(strategy: WorkloadStrategy, workload: Updated): Impossible | undefined {
  const onDelete = isOnDelete(workload);
  switch (strategy) {
    case 'NO_RESTART':
    case 'CANARY':
      return onDelete ? undefined : 'replaced-at-once';
    case 'ROLLING':
      return onDelete ? 'on-delete' : undefined;
    case 'FORCE':
      return workload.kind === 'Deployment' ? 'deployment' : undefined;
  }
}

/** The strategies that are possible, the gentlest first. */
export function strategiesFor(workload: Updated): readonly WorkloadStrategy[] {
  return workloadStrategies.map(({ id }) => id).filter((id) => impossible(id, workload) === undefined);
}

/** The strategies that are not possible, and why. */
export function impossibleFor(
  workload: Updated,
): readonly { readonly strategy: WorkloadStrategy; readonly why: Impossible }[] {
  return workloadStrategies.flatMap(({ id }) => {
    const why = impossible(id, workload);
    return why === undefined ? [] : [{ strategy: id, why }];
  });
}

/** The strategy for a user who has chosen none: never one for which Slipway itself deletes pods. */
export function automaticStrategy(workload: Updated): WorkloadStrategy {
  return isOnDelete(workload) ? 'NO_RESTART' : 'ROLLING';
}

export function isOnDelete({ updateStrategy }: Pick<Workload, 'updateStrategy'>): boolean {
  return updateStrategy === 'OnDelete';
}

/** @throws for an unknown id, which plans never contain */
export function workloadStrategy(id: string): WorkloadStrategy {
  const found = workloadStrategies.find((one) => one.id === id);
  if (found === undefined) throw new Error(`there is no strategy ${id}`);
  return found.id;
}
