/** "Everything outdated": the node groups that Slipway proposes when the user updates several at once. */
import type { AttentionCode } from '../attention/attention';
import type { Surveyed } from '../attention/attention-source';

/** One of the node groups to update. */
export interface NodegroupName {
  readonly cluster: string;
  readonly nodegroup: string;
}

const OUTDATED: readonly AttentionCode[] = ['version-behind', 'skew-exceeded', 'release-behind'];

/**
 * "Everything outdated": node groups whose version or release is behind. A custom AMI has no release that
 * could be behind, so a node group with such an AMI counts if its launch template is behind.
 */
export function outdatedOf(surveyed: readonly Surveyed[]): readonly NodegroupName[] {
  return surveyed.flatMap((one) => {
    if (one.kind !== 'nodegroup') return [];
    const codes = one.attention.items.map(({ code }) => code);
    const isOutdated =
      codes.some((code) => OUTDATED.includes(code)) ||
      (codes.includes('custom-ami') && codes.includes('template-behind'));
    return isOutdated ? [{ cluster: one.cluster.name, nodegroup: one.nodegroup.name }] : [];
  });
}
