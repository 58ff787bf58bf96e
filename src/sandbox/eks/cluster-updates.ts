/** UpdateClusterVersion and CancelUpdate: a control plane moves one minor version up, or back within a week. */
import { randomUUID } from 'node:crypto';
import { MINUTE } from '../timeline';
import type { EksCluster } from './cluster';
import type { NodegroupUpdateParts } from './nodegroup-updates';
import { inUse, invalidParameter, invalidRequest, invalidState, notFound } from './refusals';
import type { CancelUpdate, UpdateClusterVersion } from './shapes';
import type { EksUpdate } from './update';
import { UpdateTokens } from './update-tokens';
import { MOST_SKEW } from './version-update';
import { minorOf, versionNamed } from './versions';

interface Asked<Input> {
  readonly cluster: EksCluster;
  readonly input: Input;
  readonly body: unknown;
}

/** The type of an accepted update, and how long its steps take. */
interface Course {
  readonly type: 'VersionUpdate' | 'VersionRollback';
  /**
   * Simulated minutes that the nodes of an Auto Mode cluster take to return to the earlier version, before
   * the control plane does; 0 for other clusters and for upgrades.
   */
  readonly nodeMinutes: number;
  /**
   * Simulated minutes after which a rollback is cancelled if nodes are not yet back on the earlier version.
   */
  readonly timeoutMinutes: number;
}

const CONTROL_PLANE_MINUTES = 10;
const AUTO_MODE_NODE_MINUTES = 20;

/** https://docs.aws.amazon.com/eks/latest/APIReference/API_RollbackConfig.html */
const DEFAULT_TIMEOUT_MINUTES = 720;

/** Simulated milliseconds after an upgrade within which it can be rolled back. */
const ROLLBACK_WINDOW = 7 * 24 * 60 * MINUTE;

export class ClusterUpdates {
  private readonly tokens = new UpdateTokens();
  private readonly cancelTokens = new UpdateTokens();
  /**
   * For each rollback whose nodes are still returning to the earlier version, the function that cancels it.
   */
  private readonly cancellations = new Map<EksUpdate, (reason: string) => void>();

  constructor(private readonly parts: NodegroupUpdateParts) {}

  /** @throws a refusal. */
  start(asked: Asked<UpdateClusterVersion>): EksUpdate {
    const { cluster, input, body } = asked;
    const about = { clusterName: cluster.facts.name };
    const use = { arn: cluster.facts.arn, token: input.clientRequestToken, body, about };
    return this.tokens.once(use, () => this.run(asked, this.courseOf(asked)));
  }

  /**
   * Cancels a rollback, which is possible only while nodes are still returning to the earlier version. Only
   * the rollback of an Auto Mode cluster has this phase.
   * @throws a refusal.
   */
  cancel({ cluster, input, body }: Asked<CancelUpdate>): EksUpdate {
    const about = { clusterName: cluster.facts.name };
    const groups = [...cluster.nodegroups.values()];
    const all = [...cluster.updates, ...groups.flatMap(({ updates }) => updates)];
    const update = all.find(({ id }) => id === input.updateId);
    if (!update) throw notFound(`No update found for ID: ${input.updateId}`, about);
    const use = { arn: update.id, token: input.clientRequestToken, body, about };
    return this.cancelTokens.once(use, () => {
      if (update.status !== 'InProgress')
        throw invalidRequest(`The update cannot be cancelled: it is ${update.status}.`, about);
      if (update.type !== 'VersionRollback')
        throw invalidRequest(`Updates of type ${update.type} cannot be cancelled.`, about);
      const cancel = this.cancellations.get(update);
      if (!cancel)
        throw invalidRequest(
          'The update cannot be cancelled: the control plane is already rolling back.',
          about,
        );
      cancel('Cancelled by the caller.');
      return update;
    });
  }

  private courseOf({ cluster, input }: Asked<UpdateClusterVersion>): Course {
    const { name, status, version } = cluster.facts;
    const about = { clusterName: name };
    if (status === 'UPDATING') throw inUse('Cluster already has an update in progress', about);
    if (status !== 'ACTIVE') throw invalidRequest(`Cluster is not in ACTIVE state: ${status}`, about);
    if (!versionNamed(input.version))
      throw invalidParameter(`unsupported Kubernetes version ${input.version}`, about);
    const step = minorOf(input.version) - minorOf(version);
    if (step === 0) throw invalidParameter(`Cluster is already at version ${version}`, about);
    if (Math.abs(step) > 1)
      throw invalidParameter(
        `Unsupported Kubernetes minor version update from ${version} to ${input.version}`,
        about,
      );
    if (step > 0 && input.rollbackConfig)
      throw invalidParameter('rollbackConfig is for rollbacks to an earlier version only', about);
    if (step < 0) this.checkRollback(cluster, input);
    else checkUpgrade(cluster, input);
    checkInsights(cluster, input, step > 0 ? 'UPGRADE_READINESS' : 'ROLLBACK_READINESS');
    const isAuto = this.parts.settings.current.eks.autoMode.includes(name);
    return {
      type: step > 0 ? 'VersionUpdate' : 'VersionRollback',
      nodeMinutes: step < 0 && isAuto ? AUTO_MODE_NODE_MINUTES : 0,
      timeoutMinutes: input.rollbackConfig?.timeoutMinutes ?? DEFAULT_TIMEOUT_MINUTES,
    };
  }

  /**
   * Only the last upgrade can be rolled back, within 7 days, and not while a managed node group is on a newer
   * version than the one to return to.
   */
  private checkRollback({ facts, upgrade, nodegroups }: EksCluster, { version }: UpdateClusterVersion): void {
    const about = { clusterName: facts.name };
    const age = upgrade ? this.parts.clock.elapsed() - upgrade.at : Number.POSITIVE_INFINITY;
    if (upgrade?.from !== version || age > ROLLBACK_WINDOW)
      throw invalidRequest(
        `Cluster version ${facts.version} can be rolled back to ${version} within 7 days of the upgrade only`,
        about,
      );
    const ahead = [...nodegroups.values()].filter(({ state }) => minorOf(state.version) > minorOf(version));
    if (ahead.length > 0)
      throw invalidRequest(
        `Nodegroups ${ahead.map(({ facts: group }) => group.name).join(', ')} must be rolled back to Kubernetes version ${version} first`,
        about,
      );
  }

  private run({ cluster, input, body }: Asked<UpdateClusterVersion>, course: Course): EksUpdate {
    const { clock, timeline, settings } = this.parts;
    const { type, nodeMinutes, timeoutMinutes } = course;
    const { name, version: from } = cluster.facts;
    const update: EksUpdate = {
      id: randomUUID(),
      type,
      params: [
        { type: 'Version', value: input.version },
        { type: 'PlatformVersion', value: versionNamed(input.version)?.platform ?? '' },
      ],
      createdAt: clock.now(),
      by: 'caller',
      body,
      status: 'InProgress',
      errors: [],
    };
    const errors = settings.takeFailure(name) ?? [];
    const minutes = settings.current.eks.updateMinutes || CONTROL_PLANE_MINUTES;
    cluster.updates.push(update);
    cluster.change({ status: 'UPDATING' });
    const end = (status: 'Failed' | 'Cancelled' | 'Successful'): void => {
      update.status = status;
      update.endedAt = clock.now();
      cluster.change({ status: 'ACTIVE' });
      this.cancellations.delete(update);
    };
    const controlPlane = (): void => {
      this.cancellations.delete(update);
      timeline.after(minutes * MINUTE, () => {
        update.errors = errors;
        end(errors.length > 0 ? 'Failed' : 'Successful');
        if (errors.length > 0) return;
        const upgrade = type === 'VersionUpdate' ? { from, at: clock.elapsed() } : undefined;
        cluster.moveTo(input.version, upgrade, clock.now());
      });
    };
    if (nodeMinutes === 0) controlPlane();
    else {
      const cancel = (reason: string): void => {
        update.cancelled = reason;
        end('Cancelled');
      };
      this.cancellations.set(update, cancel);
      timeline.after(Math.min(nodeMinutes, timeoutMinutes) * MINUTE, () => {
        if (update.status !== 'InProgress') return;
        if (nodeMinutes > timeoutMinutes) cancel(`Timed out after ${timeoutMinutes} minutes.`);
        else controlPlane();
      });
    }
    return update;
  }
}

function checkUpgrade({ facts, nodegroups }: EksCluster, { version }: UpdateClusterVersion): void {
  const behind = [...nodegroups.values()].filter(
    ({ state }) => minorOf(version) - minorOf(state.version) > MOST_SKEW,
  );
  if (behind.length > 0)
    throw invalidRequest(
      `Nodegroups ${behind.map(({ facts: group }) => group.name).join(', ')} are more than ${MOST_SKEW} minor versions behind ${version}`,
      { clusterName: facts.name },
    );
}

/**
 * Refuses an update to `version` while an insight of the category `kind` for that version has the status
 * ERROR, unless the update is forced.
 */
function checkInsights(
  { facts, insights }: EksCluster,
  { version, force }: UpdateClusterVersion,
  kind: 'UPGRADE_READINESS' | 'ROLLBACK_READINESS',
): void {
  const blocking = insights.filter(
    ({ category, kubernetesVersion, status }) =>
      category === kind && kubernetesVersion === version && status === 'ERROR',
  );
  if (blocking.length > 0 && !force)
    throw invalidState(
      `Update blocked by insights with status ERROR: ${blocking.map(({ name }) => name).join(', ')}`,
      facts.name,
    );
}
