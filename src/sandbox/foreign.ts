/**
 * Changes that other users or AWS make (`POST /_sandbox/foreign`): they make a plan drift, and a cluster or
 * node group busy.
 */
import { findCluster as findEksCluster, findNodegroup } from './eks/lookups';
import { updateNodegroupVersion } from './eks/shapes';
import { prepareVersionUpdate } from './eks/version-update';
import { findCluster, findEnvironment } from './finspace/finspace-service';
import { CLUSTER_TYPES, clusterName, codeConfiguration, updateCode } from './finspace/shapes';
import { type Act, act } from './foreign-act';
import { KUBERNETES_ACTIONS } from './foreign-kubernetes';
import { guardNodes } from './nodes/guard';
import { Refusal } from './protocols/refusal';
import { addFleet, fleetShape } from './seed/fleet';
import { newKdbCluster } from './seed/kdb-cluster';
import { isRecord, list, oneOf, structure, text } from './shapes';
import type { World } from './world';

const inNodegroup = { clusterName: text(), nodegroupName: text() };
const NODEGROUP = ['clusterName', 'nodegroupName'] as const;
const issue = structure({ code: text(), message: text(), resourceIds: list(text()) }, [
  'code',
  'message',
  'resourceIds',
]);

/** The actions by their `kind`. */
const ACTIONS: Readonly<Record<string, Act>> = {
  /** Another deployment starts and takes its usual time. The request is checked like any other. */
  'kdb-update': act(updateCode, async (input, { environments, codeUpdates }, region) => {
    const { environmentId: _e, clusterName: _c, ...body } = input;
    await codeUpdates.accept({ ...findCluster(environments, region, input), input, body, by: 'foreign' });
  }),

  /** The cluster serves another configuration at once, without a check. */
  'kdb-configuration': act(
    structure({ environmentId: text(), clusterName: text(), configuration: codeConfiguration }, [
      'environmentId',
      'clusterName',
      'configuration',
    ]),
    (input, { environments, clock }, region) => {
      const { cluster } = findCluster(environments, region, input);
      cluster.configuration = input.configuration;
      cluster.lastModified = clock.now();
    },
  ),

  /** A cluster without code is created, and is RUNNING at once. */
  'kdb-cluster': act(
    structure({ environmentId: text(), clusterName, clusterType: oneOf(...CLUSTER_TYPES) }, [
      'environmentId',
      'clusterName',
      'clusterType',
    ]),
    (input, { environments, clock, accountId }, region) => {
      const { clusters, availabilityZoneIds } = findEnvironment(environments, region, input.environmentId);
      const { clusterName: name, clusterType: type } = input;
      const facts = { name, type, availabilityZoneIds, createdAt: clock.now() };
      clusters.set(facts.name, newKdbCluster(facts, accountId));
    },
  ),

  /**
   * Another update of a node group starts and takes its usual time. The request is checked like any other.
   */
  'nodegroup-update': act(updateNodegroupVersion, (input, world, region) => {
    const { clusterName: _c, nodegroupName: _n, ...body } = input;
    world.nodegroupUpdates.accept(
      { ...findOwned(world, region, input), input, body, by: 'foreign' },
      (request) => prepareVersionUpdate(request, world),
    );
  }),

  /**
   * AWS cancels the group's running update. The group keeps the version and configuration from before the
   * update.
   */
  'nodegroup-cancel': act(structure(inNodegroup, NODEGROUP), (input, world, region) => {
    const { nodegroup } = findOwned(world, region, input);
    if (!world.nodegroupUpdates.cancel(nodegroup, 'Cancelled by AWS.'))
      throw new Refusal(400, 'InvalidRequestException', 'No update is running.');
  }),

  /** The group becomes DEGRADED with these issues, or ACTIVE when there are none. */
  'nodegroup-health': act(
    structure({ ...inNodegroup, issues: list(issue) }, [...NODEGROUP, 'issues']),
    (input, world, region) => {
      const status = input.issues.length > 0 ? 'DEGRADED' : 'ACTIVE';
      const { nodegroup } = findOwned(world, region, input);
      nodegroup.change({ issues: input.issues, status }, world.clock.now());
    },
  ),

  /**
   * Puts on each of these nodes a pod whose PodDisruptionBudget allows no eviction, and removes earlier pods of
   * this kind from the group's other nodes.
   */
  'nodegroup-guard': act(
    structure({ ...inNodegroup, nodes: list(text()) }, [...NODEGROUP, 'nodes']),
    (input, world, region) => {
      const { cluster, nodegroup } = findOwned(world, region, input);
      const missing = guardNodes(world.kubernetes.of(cluster), nodegroup, input.nodes);
      if (missing.length > 0) throw new Refusal(400, 'NotFound', `There is no node ${missing.join(', ')}.`);
    },
  ),

  ...KUBERNETES_ACTIONS,

  /** Adds many clusters at once, for measurements. */
  fleet: act(fleetShape, (input, world, region) => addFleet(world, region, input)),
};

function findOwned(
  { clusters }: World,
  region: string,
  input: { readonly clusterName: string; readonly nodegroupName: string },
) {
  const cluster = findEksCluster(clusters, region, input.clusterName);
  return { cluster, nodegroup: findNodegroup(cluster, input.nodegroupName) };
}

/**
 * @param action a `kind`, the members that this kind takes, and a `region` (by default the sandbox's own).
 * @returns the problems of the action; empty if it was carried out
 */
export async function actForeign(action: unknown, world: World): Promise<readonly string[]> {
  world.timeline.settle();
  const { kind, region = world.region } = isRecord(action) ? action : {};
  if (typeof kind !== 'string' || !Object.hasOwn(ACTIONS, kind))
    return [`kind must be one of ${Object.keys(ACTIONS).join(', ')}`];
  if (typeof region !== 'string') return ['region must be a string'];
  return (await ACTIONS[kind]?.(action, world, region)) ?? [];
}
