/** Deployments: a ReplicaSet for each template, and the rollout from one ReplicaSet to the next. */

import { present } from '../../present';
import { type Deployment, isFinished, type ReplicaSet, scaled } from '../kinds';
import type { Change } from '../object-store';
import { type Controller, keyOf, partsOf } from './control-loop';
import { DeploymentProgress } from './deployment-progress';
import { deploymentStatus, type Fleet } from './deployment-status';
import { hashOf } from './names';
import { controllerOf, isOwnedBy } from './owners';
import type { PodOwnerParts } from './pod-set';
import { nextTurn, type Scaling } from './rolling-update';
import { newReplicaSet, REVISION, revisionOf, withRevision } from './template-revision';

const BY = 'deployment-controller';
const USUAL_HISTORY = 10;

export class Deployments implements Controller {
  readonly name = 'deployments';
  private readonly progress: DeploymentProgress;

  constructor(
    private readonly parts: PodOwnerParts,
    again: (controller: Controller, key: string) => void,
  ) {
    this.progress = new DeploymentProgress(parts.time, (key) => again(this, key));
  }

  concerns({ resource, object }: Change): Iterable<string> {
    if (resource === 'deployments') return [keyOf(object)];
    const { namespace } = object.metadata;
    const owner = controllerOf(object);
    if (resource === 'replicasets' && owner?.kind === 'Deployment')
      return [keyOf({ metadata: { name: owner.name, ...present({ namespace }) } })];
    if (resource !== 'pods' || owner?.kind !== 'ReplicaSet') return [];
    // A pod concerns the Deployment, too: with the strategy Recreate, the Deployment waits until the last of the
    // old pods has ended.
    const set = this.parts.store.get('replicasets', namespace, owner.name);
    return set ? this.concerns({ type: 'MODIFIED', resource: 'replicasets', object: set }) : [];
  }

  reconcile(key: string): void {
    const { store } = this.parts;
    const deployment = store.get('deployments', ...partsOf(key)) as Deployment | undefined;
    if (!deployment || deployment.metadata.deletionTimestamp !== undefined) return;
    const before = this.fleetOf(deployment);
    const current = before.current ?? (deployment.spec.paused ? undefined : this.begin(deployment, before));
    if (current) this.number(deployment, current, before);
    const fleet = this.fleetOf(deployment);
    for (const scaling of this.turnOf(deployment, fleet)) this.scale(deployment, scaling);
    this.tellStatus(key);
    this.forgetOld(key);
  }

  private fleetOf(deployment: Deployment): Fleet {
    const all = (this.parts.store.list('replicasets', deployment.metadata.namespace) as readonly ReplicaSet[])
      .filter((set) => isOwnedBy(set, deployment))
      .sort((a, b) => revisionOf(a) - revisionOf(b));
    const hash = hashOf(deployment.spec.template);
    const current = all.find(({ metadata }) => metadata.labels?.['pod-template-hash'] === hash);
    return { current, old: all.filter((set) => set !== current) };
  }

  private begin(deployment: Deployment, { old }: Fleet): ReplicaSet {
    const revision = Math.max(0, ...old.map(revisionOf)) + 1;
    return this.parts.store.create('replicasets', newReplicaSet(deployment, revision)) as ReplicaSet;
  }

  /**
   * Writes the revision number of the current ReplicaSet into the ReplicaSet and the Deployment. If an earlier
   * template is used again, its ReplicaSet gets the next number.
   */
  private number({ metadata }: Deployment, current: ReplicaSet, { old }: Fleet): void {
    const { store } = this.parts;
    const highest = Math.max(0, ...old.map(revisionOf));
    const revision = Math.max(revisionOf(current), highest + 1);
    const deployment = store.get('deployments', metadata.namespace, metadata.name) as Deployment;
    store.update('replicasets', withRevision(current, deployment, revision));
    store.update('deployments', {
      ...deployment,
      metadata: {
        ...deployment.metadata,
        annotations: { ...deployment.metadata.annotations, [REVISION]: String(revision) },
      },
    });
  }

  private turnOf(deployment: Deployment, fleet: Fleet): readonly Scaling[] {
    const { replicas = 1, strategy, paused } = deployment.spec;
    const { current, old } = fleet;
    if (!current || paused) return pausedTurn(replicas, [...old, ...(current ? [current] : [])]);
    if (strategy?.type === 'Recreate') {
      const down = old.filter(({ spec }) => (spec.replicas ?? 1) > 0).map((set) => ({ set, replicas: 0 }));
      const isBusy = old.some(({ metadata }) =>
        this.parts.pods.ownedBy(metadata.uid).some((pod) => !isFinished(pod)),
      );
      return down.length > 0 || isBusy ? down : [{ set: current, replicas }];
    }
    const { maxSurge = '25%', maxUnavailable = '25%' } = strategy?.rollingUpdate ?? {};
    const surge = scaled(maxSurge, replicas, 'up');
    const unavailable = scaled(maxUnavailable, replicas, 'down');
    // If `surge` and `unavailable` were both 0, the rollout could not advance.
    const limits = { replicas, surge, unavailable: surge === 0 && unavailable === 0 ? 1 : unavailable };
    return nextTurn(current, old, limits);
  }

  private scale(deployment: Deployment, { set, replicas }: Scaling): void {
    const from = set.spec.replicas ?? 1;
    if (from === replicas) return;
    this.parts.store.update('replicasets', { ...set, spec: { ...set.spec, replicas } });
    this.parts.events.record(deployment, {
      reason: 'ScalingReplicaSet',
      message: `Scaled ${replicas > from ? 'up' : 'down'} replica set ${set.metadata.name} from ${from} to ${replicas}`,
      by: BY,
    });
  }

  private tellStatus(key: string): void {
    const { store, time } = this.parts;
    const deployment = store.get('deployments', ...partsOf(key)) as Deployment | undefined;
    if (!deployment) return;
    const fleet = this.fleetOf(deployment);
    const phase = this.progress.phaseOf(key, deployment, fleet);
    store.update('deployments', {
      ...deployment,
      status: deploymentStatus(deployment, fleet, phase, time.now()),
    });
  }

  private forgetOld(key: string): void {
    const { store } = this.parts;
    const deployment = store.get('deployments', ...partsOf(key)) as Deployment | undefined;
    if (!deployment) return;
    const { revisionHistoryLimit = USUAL_HISTORY } = deployment.spec;
    const idle = this.fleetOf(deployment).old.filter(
      ({ spec, status }) => spec.replicas === 0 && (status?.replicas ?? 0) === 0,
    );
    for (const { metadata } of idle.slice(0, Math.max(0, idle.length - revisionHistoryLimit)))
      store.remove('replicasets', metadata.namespace, metadata.name);
  }
}

/**
 * While the Deployment is paused, nothing is rolled out, but its ReplicaSets keep `replicas` pods in total:
 * only the newest ReplicaSet that has pods is scaled, or the newest of all if none has pods.
 */
function pausedTurn(replicas: number, all: readonly ReplicaSet[]): readonly Scaling[] {
  const active = all.filter(({ spec }) => (spec.replicas ?? 1) > 0);
  const set = active.at(-1) ?? all.at(-1);
  if (!set) return [];
  const others = active.filter((one) => one !== set).reduce((sum, { spec }) => sum + (spec.replicas ?? 1), 0);
  return [{ set, replicas: Math.max(0, replicas - others) }];
}
