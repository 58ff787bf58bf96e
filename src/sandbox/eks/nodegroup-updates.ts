/** Begins, runs and ends the updates of node groups, whatever an update changes. */
import { randomUUID } from 'node:crypto';
import type { SandboxClock } from '../sandbox-service';
import type { SandboxSettings, UpdateError } from '../settings';
import { MINUTE, type Timeline } from '../timeline';
import type { EksCluster, EksClusters } from './cluster';
import type { HealthIssue, Nodegroup, NodegroupState } from './nodegroup';
import { inUse, invalidRequest } from './refusals';
import type { EksUpdate, UpdateParam } from './update';
import { UpdateTokens } from './update-tokens';

export interface NodegroupUpdateParts {
  readonly clock: SandboxClock;
  readonly timeline: Timeline;
  readonly settings: SandboxSettings;
  readonly clusters: EksClusters;
  readonly nodes: NodesOfGroups;
}

/** The effects of updates on the nodes of a group. */
export interface NodesOfGroups {
  /**
   * Replaces the nodes.
   * @param done is called once, at the end, with the errors if the replacement failed; not if it was cancelled
   * @returns an object whose `cancel` ends the replacement: it does not undo the replacement of any node
   */
  replace(request: ReplaceRequest, done: (errors: readonly UpdateError[]) => void): { cancel(): void };
  /**
   * Gives the nodes the group's labels and taints, and adds or removes nodes until the group has its desired
   * size.
   * @param before the group's state before the update
   */
  configure(cluster: EksCluster, nodegroup: Nodegroup, before: NodegroupState): void;
}

export interface ReplaceRequest {
  readonly cluster: EksCluster;
  readonly nodegroup: Nodegroup;
  /** The state of the group with the changes of the update. */
  readonly target: NodegroupState;
  /** Whether pods whose eviction is refused are deleted. */
  readonly force: boolean;
  /** The most nodes that are drained at the same time. */
  readonly atOnce: number;
  /** Factor for the time that EKS's own steps take; usually 1. */
  readonly pace: number;
}

/** A request for an update. */
export interface UpdateRequest<Input> {
  readonly cluster: EksCluster;
  readonly nodegroup: Nodegroup;
  readonly input: Input;
  readonly body: unknown;
  readonly by: EksUpdate['by'];
}

/** An update that has passed the checks of its request. */
export interface PreparedUpdate {
  readonly type: EksUpdate['type'];
  readonly params: readonly UpdateParam[];
  readonly minutes: number;
  /** Errors with which the update will fail without changing anything; empty if it is to be carried out. */
  readonly errors: readonly UpdateError[];
  /**
   * How the update replaces nodes; absent if it replaces none. The update succeeds when all nodes are
   * replaced, and fails with the errors of the replacement.
   */
  readonly replacing?: Pick<ReplaceRequest, 'force' | 'atOnce' | 'pace'>;
  /** The changes to the node group when the update succeeds. */
  readonly change: Partial<NodegroupState>;
}

/** Error codes that EKS reports for the update, and also as health issues of the node group. */
const HEALTH_CODES = [
  'AccessDenied',
  'ClusterUnreachable',
  'InsufficientFreeAddresses',
  'NodeCreationFailure',
  'PodEvictionFailure',
  'Unknown',
];

export class NodegroupUpdates {
  private readonly tokens = new UpdateTokens();

  private readonly cancellations = new Map<Nodegroup, (reason: string) => void>();

  constructor(private readonly parts: NodegroupUpdateParts) {}

  /**
   * Cancels the running update, as AWS may do by itself.
   * @returns false if no update is running
   */
  cancel(nodegroup: Nodegroup, reason: string): boolean {
    const cancel = this.cancellations.get(nodegroup);
    cancel?.(reason);
    return cancel !== undefined;
  }

  /**
   * Starts the update that `prepare` makes from the request. If the request's token was used before, returns
   * the update that the earlier request started.
   * @throws a refusal of its own, or one of `prepare`
   */
  accept<Input extends { readonly clientRequestToken?: string }>(
    request: UpdateRequest<Input>,
    prepare: (request: UpdateRequest<Input>) => PreparedUpdate,
  ): EksUpdate {
    const { cluster, nodegroup, input, body } = request;
    const about = { clusterName: cluster.facts.name, nodegroupName: nodegroup.facts.name };
    const use = { arn: nodegroup.facts.arn, token: input.clientRequestToken, body, about };
    return this.tokens.once(use, () => {
      checkReady(request);
      return this.start(request, prepare(request));
    });
  }

  private start(
    { cluster, nodegroup, body, by }: UpdateRequest<unknown>,
    { type, params, minutes, errors, change, replacing }: PreparedUpdate,
  ): EksUpdate {
    const { clock, timeline, clusters, nodes } = this.parts;
    const createdAt = clock.now();
    const update: EksUpdate = {
      id: randomUUID(),
      type,
      params,
      createdAt,
      by,
      body,
      status: 'InProgress',
      errors: [],
    };
    nodegroup.updates.push(update);
    nodegroup.change({ status: 'UPDATING' }, createdAt);
    const counters = [cluster.nodegroupUpdates, clusters.nodegroupUpdates];
    for (const counter of counters) counter.enter();
    const end = (status: 'Failed' | 'Cancelled' | 'Successful', after: Partial<NodegroupState>): void => {
      for (const counter of counters) counter.leave();
      update.status = status;
      update.endedAt = clock.now();
      nodegroup.change(after, update.endedAt);
      this.cancellations.delete(nodegroup);
    };
    const finish = (failures: readonly UpdateError[]): void => {
      if (update.status !== 'InProgress') return;
      update.errors = failures;
      const before = nodegroup.state;
      if (failures.length > 0) end('Failed', afterFailure(failures));
      else end('Successful', { ...change, status: 'ACTIVE', issues: [] });
      if (type === 'ConfigUpdate' && failures.length === 0) nodes.configure(cluster, nodegroup, before);
    };
    const target = { ...nodegroup.state, ...change };
    const replacement =
      replacing && errors.length === 0
        ? nodes.replace({ cluster, nodegroup, target, ...replacing }, finish)
        : undefined;
    if (!replacement) timeline.after(minutes * MINUTE, () => finish(errors));
    this.cancellations.set(nodegroup, (reason) => {
      update.cancelled = reason;
      replacement?.cancel();
      end('Cancelled', { status: 'ACTIVE' });
    });
    return update;
  }
}

function afterFailure(errors: readonly UpdateError[]): Partial<NodegroupState> {
  const issues = errors
    .filter(({ errorCode }) => HEALTH_CODES.includes(errorCode))
    .map(
      ({ errorCode, errorMessage, resourceIds }): HealthIssue => ({
        code: errorCode,
        message: errorMessage,
        resourceIds,
      }),
    );
  return issues.length > 0 ? { status: 'DEGRADED', issues } : { status: 'ACTIVE' };
}

function checkReady({ cluster, nodegroup }: UpdateRequest<unknown>): void {
  const about = { clusterName: cluster.facts.name, nodegroupName: nodegroup.facts.name };
  if (cluster.facts.status !== 'ACTIVE')
    throw invalidRequest(`Cluster is not in ACTIVE state: ${cluster.facts.status}`, about);
  const { status } = nodegroup.state;
  if (status === 'UPDATING')
    throw inUse('Nodegroup cannot be updated as it is currently being updated', about);
  if (status !== 'ACTIVE' && status !== 'DEGRADED')
    throw invalidRequest(`Nodegroup cannot be updated in ${status} state`, about);
}
