/**
 * How the pods of a workload take code, and which workload can do what. None of the strategies writes anything but Slipway's
 * annotations: how a workload replaces its pods is its owner's to say.
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#update-strategies
 */
import type { Workload } from '../../model/workload';
import type { Strategy } from '../port/strategy';

export type WorkloadStrategy = 'NO_RESTART' | 'CANARY' | 'ROLLING' | 'FORCE';

/** The gentlest first. */
export const workloadStrategies: readonly (Strategy & { readonly id: WorkloadStrategy })[] = [
  { id: 'NO_RESTART', keepsRest: false, restarts: false, mayRunOnSave: true },
  { id: 'CANARY', keepsRest: false, restarts: true, mayRunOnSave: false },
  { id: 'ROLLING', keepsRest: false, restarts: true, mayRunOnSave: true },
  { id: 'FORCE', keepsRest: false, restarts: true, mayRunOnSave: false },
];

/** What of a workload decides about its strategies. */
type Updated = Pick<Workload, 'kind' | 'updateStrategy'>;

/** Why a workload cannot take code in a certain way. */
export type Impossible =
  /** Pods are replaced as soon as the template is another one. */
  | 'replaced-at-once'
  /** Pods are replaced when somebody deletes them, and not before. */
  | 'on-delete'
  /** The ReplicaSet of before would make pods with the earlier code. */
  | 'deployment';

/** Undefined where the workload can. */
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

/** Those that are possible, the gentlest first. */
export function strategiesFor(workload: Updated): readonly WorkloadStrategy[] {
  return workloadStrategies.map(({ id }) => id).filter((id) => impossible(id, workload) === undefined);
}

/** The others, and why. */
export function impossibleFor(
  workload: Updated,
): readonly { readonly strategy: WorkloadStrategy; readonly why: Impossible }[] {
  return workloadStrategies.flatMap(({ id }) => {
    const why = impossible(id, workload);
    return why === undefined ? [] : [{ strategy: id, why }];
  });
}

/** Nobody deletes pods without being asked to. */
export function automaticStrategy(workload: Updated): WorkloadStrategy {
  return isOnDelete(workload) ? 'NO_RESTART' : 'ROLLING';
}

export function isOnDelete({ updateStrategy }: Pick<Workload, 'updateStrategy'>): boolean {
  return updateStrategy === 'OnDelete';
}

/** @throws for anything that is no strategy: plans hold no others. */
export function workloadStrategy(id: string): WorkloadStrategy {
  const found = workloadStrategies.find((one) => one.id === id);
  if (found === undefined) throw new Error(`there is no strategy ${id}`);
  return found.id;
}
