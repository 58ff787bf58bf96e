/** The status of a Deployment, from its ReplicaSets. */

import { omitEmpty } from '../../present';
import type { JsonObject } from '../../protocols/operation';
import { type Condition, type Deployment, type ReplicaSet, scaled } from '../kinds';
import { setCondition } from './pod-status';
import { availableOf, sum } from './rolling-update';

export interface Fleet {
  /** ReplicaSet of the present template; undefined before it is made. */
  readonly current: ReplicaSet | undefined;
  /** Oldest first. */
  readonly old: readonly ReplicaSet[];
}

export type Phase = 'paused' | 'complete' | 'progressing' | 'timed-out';

/** @param now epoch milliseconds. */
export function deploymentStatus(
  deployment: Deployment,
  fleet: Fleet,
  phase: Phase,
  now: number,
): JsonObject {
  const { generation } = deployment.metadata;
  const counts = countsOf(fleet);
  const conditions = [
    availableCondition(deployment, counts.available),
    progressingCondition(fleet, phase),
    ...failures(fleet),
  ];
  return {
    ...omitEmpty({
      observedGeneration: generation,
      replicas: counts.all,
      updatedReplicas: counts.updated,
      readyReplicas: counts.ready,
      availableReplicas: counts.available,
    }),
    ...(counts.all > counts.available && { unavailableReplicas: counts.all - counts.available }),
    conditions: conditions.reduce<readonly Condition[]>(
      (all, condition) => setCondition(all, condition, now),
      (deployment.status?.conditions ?? []).filter(({ type }) => type !== 'ReplicaFailure'),
    ),
  };
}

/** Conditions that say why the current ReplicaSet cannot make pods. */
function failures({ current }: Fleet): readonly Condition[] {
  return (current?.status?.conditions ?? []).filter(({ type }) => type === 'ReplicaFailure');
}

export interface Counts {
  readonly all: number;
  readonly updated: number;
  readonly ready: number;
  readonly available: number;
}

export function countsOf({ current, old }: Fleet): Counts {
  const sets = [...old, ...(current ? [current] : [])];
  return {
    all: sum(sets, ({ status }) => status?.replicas ?? 0),
    updated: current?.status?.replicas ?? 0,
    ready: sum(sets, ({ status }) => status?.readyReplicas ?? 0),
    available: sum(sets, availableOf),
  };
}

function availableCondition({ spec }: Deployment, available: number): Condition {
  const { replicas = 1, strategy } = spec;
  const { maxUnavailable = '25%' } = strategy?.rollingUpdate ?? {};
  const most = strategy?.type === 'Recreate' ? 0 : scaled(maxUnavailable, replicas, 'down');
  return available >= replicas - most
    ? {
        type: 'Available',
        status: 'True',
        reason: 'MinimumReplicasAvailable',
        message: 'Deployment has minimum availability.',
      }
    : {
        type: 'Available',
        status: 'False',
        reason: 'MinimumReplicasUnavailable',
        message: 'Deployment does not have minimum availability.',
      };
}

/** In the words of https://github.com/kubernetes/kubernetes/blob/master/pkg/controller/deployment/progress.go */
function progressingCondition({ current }: Fleet, phase: Phase): Condition {
  const set = `ReplicaSet "${current?.metadata.name ?? ''}"`;
  const type = 'Progressing';
  switch (phase) {
    case 'paused':
      return { type, status: 'Unknown', reason: 'DeploymentPaused', message: 'Deployment is paused' };
    case 'complete':
      return {
        type,
        status: 'True',
        reason: 'NewReplicaSetAvailable',
        message: `${set} has successfully progressed.`,
      };
    case 'progressing':
      return { type, status: 'True', reason: 'ReplicaSetUpdated', message: `${set} is progressing.` };
    case 'timed-out':
      return {
        type,
        status: 'False',
        reason: 'ProgressDeadlineExceeded',
        message: `${set} has timed out progressing.`,
      };
  }
}
