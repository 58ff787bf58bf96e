/**
 * Which AMI release a node is of. No node says it, only its image: a node is of its group's release where all nodes of the
 * group are of one image and nothing changes that.
 */
import type { SeenNode } from '../../drain/cluster-seen';
import type { Nodegroup } from '../../model/eks';
import { agreesWithRelease } from './release-version';

/** Undefined where it cannot be told. */
export function nodeRelease(
  node: Pick<SeenNode, 'age' | 'sharesImage' | 'kubeletVersion' | 'osImage'>,
  { amiType, phase, releaseVersion }: Pick<Nodegroup, 'amiType' | 'phase' | 'releaseVersion'>,
): string | undefined {
  const isSettled = phase !== 'busy' && node.age === undefined && node.sharesImage === true;
  if (!isSettled || releaseVersion === undefined) return undefined;
  return agreesWithRelease(amiType, releaseVersion, node) ? releaseVersion : undefined;
}
