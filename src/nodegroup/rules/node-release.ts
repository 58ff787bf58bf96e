/**
 * The AMI release of a node. Nodes show their image and not the release: a node has its group's release if all nodes of the
 * group have the same image and no update runs.
 */
import type { SeenNode } from '../../drain/cluster-seen';
import type { Nodegroup } from '../../model/eks';
import { agreesWithRelease } from './release-version';

/** Undefined if the release cannot be told. */
export function nodeRelease(
  node: Pick<SeenNode, 'age' | 'sharesImage' | 'kubeletVersion' | 'osImage'>,
  { amiType, phase, releaseVersion }: Pick<Nodegroup, 'amiType' | 'phase' | 'releaseVersion'>,
): string | undefined {
  const isSettled = phase !== 'busy' && node.age === undefined && node.sharesImage === true;
  if (!isSettled || releaseVersion === undefined) return undefined;
  return agreesWithRelease(amiType, releaseVersion, node) ? releaseVersion : undefined;
}
