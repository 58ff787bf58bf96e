/** Fills in what a list does not say of a row of EKS. */
import type { Clock } from '../../model/clock';
import { failureOf } from '../../model/failure';
import type { Haste, ResourceSource } from './branches';
import { connectionNodeOf, type EksNode, type SeenCluster, type SeenNodegroup } from './node';

export interface DescribeParts {
  readonly source: ResourceSource;
  readonly clock: Clock;
}

/**
 * A failure stays on the row, beside what was seen before; only an abort is thrown.
 */
export async function describe(
  node: EksNode,
  { source, clock }: DescribeParts,
  haste: Haste,
  signal: AbortSignal,
): Promise<void> {
  node.triedAt = clock.now();
  try {
    const { eks } = await source.services(connectionNodeOf(node).connection, haste);
    if (node.kind === 'eks-cluster') node.cluster = await eks.describeCluster(node.name, signal);
    else node.nodegroup = await eks.describeNodegroup(node.parent.name, node.name, signal);
    node.readAt = clock.now();
    delete node.failure;
    delete node.remembered;
    delete node.asOf;
  } catch (thrown) {
    signal.throwIfAborted();
    node.failure = failureOf(thrown);
    age(node);
  }
}

/** What was read before is from before. */
function age(node: EksNode): void {
  if (node.kind === 'eks-cluster') {
    if (node.cluster) node.remembered = seenCluster(node.cluster);
    delete node.cluster;
    delete node.support;
  } else {
    if (node.nodegroup) node.remembered = seenNodegroup(node.nodegroup);
    delete node.nodegroup;
  }
  delete node.attention;
  if (node.remembered && node.readAt !== undefined) node.asOf ??= node.readAt;
}

/** What stays of a cluster once it has to be read again. */
function seenCluster({ version, status, phase }: SeenCluster): SeenCluster {
  return { version, status, phase };
}

/** What stays of a node group once it has to be read again. */
function seenNodegroup({ version, status, phase, amiType, releaseVersion }: SeenNodegroup): SeenNodegroup {
  return {
    status,
    phase,
    amiType,
    ...(version !== undefined && { version }),
    ...(releaseVersion !== undefined && { releaseVersion }),
  };
}
