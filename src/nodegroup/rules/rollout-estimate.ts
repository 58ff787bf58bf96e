/**
 * The effect of a node group's update settings: how many nodes are replaced at once, how many are added, and roughly
 * how long the update takes.
 */

import type { Nodegroup, Subnet, UpdateConfig } from '../../model/eks';
import { present } from '../../model/present';

export interface Range {
  readonly least: number;
  readonly most: number;
}

export interface RolloutEstimate {
  /** Nodes that the group should have; undefined if AWS does not give the number. */
  readonly nodes?: number;
  /**
   * Nodes replaced at once. A range, because AWS does not tell which way a percentage is rounded; undefined for
   * a percentage of an unknown number of nodes.
   */
  readonly parallel?: Range;
  /** `DEFAULT` launches new nodes before it terminates old ones; `MINIMAL` terminates first. */
  readonly strategy: string;
  /** The most nodes that the scale-up phase adds. */
  readonly extraNodes?: number;
  /** Rough minutes; undefined when the number of nodes is not known. */
  readonly minutes?: Range;
}

/** EKS never replaces more nodes than this at once. */
const MOST_PARALLEL = 100;

/**
 * Rough minutes: a fixed part, and a part for each round of nodes. AWS measured about 16 minutes for three nodes that
 * were replaced one by one.
 */
const MINUTES = { fixed: { least: 3, most: 6 }, round: { least: 3, most: 10 } };

/** After this many minutes, an update that is not forced fails if the pods of a node have not left. */
export const DRAIN_MINUTES = 15;

/**
 * @param subnets the group's subnets if they could be read; otherwise each subnet counts as a separate zone
 * @see https://docs.aws.amazon.com/eks/latest/userguide/managed-node-update-behavior.html
 */
export function rolloutEstimate(
  nodegroup: Nodegroup,
  subnets: readonly Subnet[] | undefined,
): RolloutEstimate {
  const nodes = nodegroup.scaling.desired;
  const strategy = nodegroup.updateConfig.updateStrategy ?? 'DEFAULT';
  const parallel = parallelOf(nodegroup.updateConfig, nodes);
  const zones = zoneCount(nodegroup, subnets);
  const extraNodes = strategy === 'MINIMAL' ? 0 : parallel && Math.max(2 * zones, parallel.most);
  const minutes = nodes === undefined || !parallel ? undefined : minutesOf(nodes, parallel);
  return {
    strategy,
    ...present({ nodes, parallel, extraNodes, minutes }),
  };
}

function parallelOf(config: UpdateConfig, nodes: number | undefined): Range | undefined {
  if (config.maxUnavailablePercentage === undefined) {
    const fixed = Math.min(config.maxUnavailable ?? 1, MOST_PARALLEL);
    return { least: fixed, most: fixed };
  }
  if (nodes === undefined) return undefined;
  const share = (nodes * config.maxUnavailablePercentage) / 100;
  const bounded = (count: number): number => Math.min(Math.max(count, 1), MOST_PARALLEL);
  return { least: bounded(Math.floor(share)), most: bounded(Math.ceil(share)) };
}

/**
 * Number of availability zones of the group's subnets; a subnet whose zone is not known counts as a separate
 * zone.
 */
export function zoneCount(nodegroup: Nodegroup, subnets: readonly Subnet[] | undefined): number {
  const zones = new Map(subnets?.map((subnet) => [subnet.id, subnet.availabilityZone]));
  return new Set(nodegroup.subnetIds.map((id) => zones.get(id) ?? id)).size;
}

function minutesOf(nodes: number, parallel: Range): Range {
  const rounds = { least: Math.ceil(nodes / parallel.most), most: Math.ceil(nodes / parallel.least) };
  return {
    least: MINUTES.fixed.least + MINUTES.round.least * rounds.least,
    most: MINUTES.fixed.most + MINUTES.round.most * rounds.most,
  };
}
