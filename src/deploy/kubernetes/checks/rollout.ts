/** Checks of how a workload brings new code to its pods, and whether a rollout is running. */
import type { Workload, WorkloadPod } from '../../../model/workload';
import { declareCheck } from '../../../plan/check';
import { type PodTrouble, troubleOf } from '../pods';
import { isRollingOut } from '../rollout';
import { type Impossible, impossible, isOnDelete, type WorkloadStrategy } from '../strategies';
import { block, confirm, pass, warn } from './check';

const ROLLOUT = declareCheck('rollout', {
  'rollout.quiet': pass(),
  /**
   * Deploy on save waits for the end of a running rollout; a deployment that the user begins may replace the
   * rollout.
   */
  'rollout.running': warn<{ readonly updated: number; readonly desired: number }>('wait'),
  'rollout.stuck': warn<Omit<PodTrouble, 'uid'> & { readonly blocks: boolean }>('delete-pod'),
  'rollout.paused': warn('resume'),
  'rollout.no-replicas': warn('scale-up'),
});

/**
 * Judges the rollout that the workload has now. `blocks`: true for a StatefulSet that replaces no other pod
 * while the pod in trouble does not start, not even for a rollback.
 */
export function rolloutCheck(workload: Workload, pods: readonly WorkloadPod[]) {
  const { replicas, paused, rollout } = workload;
  if (paused) return ROLLOUT.found('rollout.paused');
  if (replicas === 0) return ROLLOUT.found('rollout.no-replicas');
  const trouble = pods.map(troubleOf).find((one) => one !== undefined);
  if (trouble !== undefined) {
    const { uid: _, ...told } = trouble;
    const blocks = workload.kind === 'StatefulSet' && !isOnDelete(workload);
    return ROLLOUT.found('rollout.stuck', { ...told, blocks });
  }
  return isRollingOut(workload)
    ? ROLLOUT.found('rollout.running', { updated: rollout.updated, desired: replicas })
    : ROLLOUT.found('rollout.quiet');
}

const STRATEGY = declareCheck('strategy', {
  'strategy.possible': pass<{ readonly strategy: string }>(),
  'strategy.impossible': block<{ readonly strategy: string; readonly why: Impossible }>('choose-possible'),
  /** All pods of the workload are deleted at once. */
  'strategy.force': confirm<{ readonly pods: number }>('use-rolling'),
  /** The owner has chosen that all pods end before the first new one starts. */
  'strategy.recreate': warn(),
  /** One pod is deleted, and the others wait for a click. */
  'strategy.canary': pass<{ readonly pods: number }>(),
  /** Running pods keep the earlier code. */
  'strategy.on-delete': warn(),
  'strategy.partition': warn<{ readonly partition: number; readonly replicas: number }>(),
});

export function strategyCheck(strategy: WorkloadStrategy, workload: Workload, pods: number) {
  const why = impossible(strategy, workload);
  if (why !== undefined) return STRATEGY.found('strategy.impossible', { strategy, why });
  const { partition, replicas } = workload;
  if (strategy === 'FORCE') return STRATEGY.found('strategy.force', { pods });
  if (strategy === 'CANARY') return STRATEGY.found('strategy.canary', { pods });
  if (strategy === 'NO_RESTART') return STRATEGY.found('strategy.on-delete');
  if (workload.updateStrategy === 'Recreate') return STRATEGY.found('strategy.recreate');
  if (partition > 0) return STRATEGY.found('strategy.partition', { partition, replicas });
  return STRATEGY.found('strategy.possible', { strategy });
}
