/** Checks of the present: may an update start at all, and is anything wrong already? */
import type { Situation } from '../situation';
import { type Check, check } from './check';

export function clusterState({ cluster }: Pick<Situation, 'cluster'>): Check {
  return cluster.phase === 'ready'
    ? check({ code: 'cluster-active', facts: {} })
    : check({ code: 'cluster-not-active', facts: { cluster: cluster.name, status: cluster.status } });
}

/** An update needs an active node group; one that is degraded is warned about, since an update may mend it. */
export function nodegroupState({ nodegroup }: Pick<Situation, 'nodegroup'>): Check {
  const { status, health } = nodegroup;
  if (nodegroup.phase === 'ready') return check({ code: 'nodegroup-active', facts: {} });
  return status === 'DEGRADED'
    ? check({ code: 'nodegroup-degraded', facts: { issues: health.length } })
    : check({ code: 'nodegroup-not-active', facts: { status } });
}

export function runningUpdates({ running }: Pick<Situation, 'running'>): Check {
  if (!running.known) return check({ code: 'updates-unknown', facts: { why: running.why } });
  if (running.value.length === 0) return check({ code: 'no-update-running', facts: {} });
  const updates = running.value.map(({ id, type }) => ({ id, type }));
  return check({ code: 'update-running', facts: { updates } });
}

export function health({ nodegroup }: Pick<Situation, 'nodegroup'>): Check {
  return nodegroup.health.length === 0
    ? check({ code: 'healthy', facts: {} })
    : check({ code: 'health-issues', facts: { issues: nodegroup.health } });
}
