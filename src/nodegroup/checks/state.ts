/** Checks of the cluster's and the node group's present state: may an update start, and is anything wrong already? */
import type { HealthIssue } from '../../model/eks';
import { declareCheck } from '../../plan/check';
import type { Situation } from '../reading/situation';
import type { Unknown } from '../rules/unknown';
import { block, pass, unknown, warn } from './check';

const CLUSTER_STATE = declareCheck('cluster-state', {
  'cluster-active': pass(),
  'cluster-not-active': block<{ readonly cluster: string; readonly status: string }>('refresh'),
});

export function clusterState({ cluster }: Pick<Situation, 'cluster'>) {
  return cluster.phase === 'ready'
    ? CLUSTER_STATE.found('cluster-active')
    : CLUSTER_STATE.found('cluster-not-active', { cluster: cluster.name, status: cluster.status });
}

const NODEGROUP_STATE = declareCheck('nodegroup-state', {
  'nodegroup-active': pass(),
  'nodegroup-degraded': warn<{ readonly issues: number }>('open-health-issues'),
  'nodegroup-not-active': block<{ readonly status: string }>('refresh'),
});

/**
 * Blocks the update if the node group is not active. If the group is degraded, only warns, since an update
 * may repair it.
 */
export function nodegroupState({ nodegroup }: Pick<Situation, 'nodegroup'>) {
  const { status, health } = nodegroup;
  if (nodegroup.phase === 'ready') return NODEGROUP_STATE.found('nodegroup-active');
  return status === 'DEGRADED'
    ? NODEGROUP_STATE.found('nodegroup-degraded', { issues: health.length })
    : NODEGROUP_STATE.found('nodegroup-not-active', { status });
}

interface RunningUpdates {
  readonly updates: readonly { readonly id: string; readonly type: string }[];
}

const RUNNING_UPDATES = declareCheck('running-updates', {
  'no-update-running': pass(),
  'update-running': block<RunningUpdates>('follow-running-update'),
  'updates-unknown': unknown<{ readonly why: Unknown }>(),
});

export function runningUpdates({ running }: Pick<Situation, 'running'>) {
  if (!running.known) return RUNNING_UPDATES.found('updates-unknown', { why: running.why });
  if (running.value.length === 0) return RUNNING_UPDATES.found('no-update-running');
  const updates = running.value.map(({ id, type }) => ({ id, type }));
  return RUNNING_UPDATES.found('update-running', { updates });
}

const HEALTH = declareCheck('health', {
  healthy: pass(),
  'health-issues': warn<{ readonly issues: readonly HealthIssue[] }>('open-health-issues'),
});

export function health({ nodegroup }: Pick<Situation, 'nodegroup'>) {
  return nodegroup.health.length === 0
    ? HEALTH.found('healthy')
    : HEALTH.found('health-issues', { issues: nodegroup.health });
}
