/** Works out what needs attention on a cluster or a node group, from the facts known so far. */

import type { CodedOf } from '../../model/coded';
import type {
  ClusterVersion,
  EksCluster,
  HealthIssue,
  LaunchTemplateVersion,
  Nodegroup,
} from '../../model/eks';
import type { OptionalRead } from '../../plan/optional-read';
import { amiEnd, amiFamily, type CannotFollow, cannotFollow } from '../rules/ami';
import { releaseStanding } from '../rules/release-version';
import { supportOf } from '../rules/support';
import { templateNumber, templateVersions } from '../rules/template';
import type { Unknown } from '../rules/unknown';
import { skewOf } from '../rules/versions';

/** The facts of each kind of attention item, by the item's code. Times are epoch milliseconds. */
export interface AttentionFacts {
  'health-issues': { readonly issues: readonly HealthIssue[] };
  'version-behind': { readonly version: string; readonly controlPlane: string; readonly minors: number };
  'skew-exceeded': {
    readonly version: string;
    readonly controlPlane: string;
    readonly minors: number;
    readonly allowed: number;
  };
  'version-ahead': { readonly version: string; readonly controlPlane: string };
  'release-behind': { readonly release: string; readonly newest: string };
  'template-behind': { readonly version: number; readonly latest: number };
  'ami-type-ended': { readonly amiType: string; readonly endedOn: number; readonly lastVersion: string };
  /** Takes the place of `ami-type-ended` if the AMI type has no release for the control plane's version. */
  'cannot-follow': CannotFollow;
  'support-ending': { readonly version: string; readonly until: number };
  'support-extended': { readonly version: string; readonly until?: number };
  'support-ended': { readonly version: string; readonly since?: number };
  /** A note: nothing needs to be done. */
  'custom-ami': { readonly imageId?: string };
}

export type AttentionCode = keyof AttentionFacts;
export type AttentionItem = CodedOf<AttentionFacts>;

/**
 * Facts that the description of a cluster or node group does not contain, so that they are requested
 * separately.
 */
export type LazyFact = 'newest-release' | 'support' | 'template-versions';

export interface Attention {
  /** In a fixed order: health issues first, notes last. */
  readonly items: readonly AttentionItem[];
  /**
   * Facts that were asked for and are still unknown, or cannot be compared; the items that need them are
   * missing.
   */
  readonly unknown: readonly { readonly fact: LazyFact; readonly why: Unknown }[];
  /** Facts that have not been asked for yet. */
  readonly pending: readonly LazyFact[];
}

/** Codes of the items that are notes: nothing needs to be done. */
const NOTES: readonly AttentionCode[] = ['custom-ami'];

/**
 * True if any item calls for action: notes alone neither count in the badge nor make a row pass the
 * filter.
 */
export function needsAttention({ items }: Attention): boolean {
  return items.some(({ code }) => !NOTES.includes(code));
}

/**
 * @param versions undefined if they have not been asked for yet
 * @param now epoch milliseconds
 */
export function clusterAttention(
  { version, health }: EksCluster,
  versions: OptionalRead<readonly ClusterVersion[]> | undefined,
  now: number,
): Attention {
  const collected = new Collector();
  if (health.length > 0) collected.items.push({ code: 'health-issues', facts: { issues: health } });
  const listed = collected.take('support', versions);
  if (listed) collected.items.push(...supportItems(version, listed, now));
  return collected.attention;
}

function supportItems(
  version: string,
  listed: readonly ClusterVersion[],
  now: number,
): readonly AttentionItem[] {
  const support = supportOf(version, listed, now);
  switch (support.kind) {
    case 'ended':
      return [
        {
          code: 'support-ended',
          facts: { version, ...(support.since !== undefined && { since: support.since }) },
        },
      ];
    case 'extended':
      return [
        {
          code: 'support-extended',
          facts: { version, ...(support.until !== undefined && { until: support.until }) },
        },
      ];
    case 'standard':
      return support.ending && support.until !== undefined
        ? [{ code: 'support-ending', facts: { version, until: support.until } }]
        : [];
    case 'unlisted':
      return [];
  }
}

/**
 * The facts about a node group that are known so far. The lazy facts, `newest` and `templates`, are
 * undefined until they have been asked for.
 */
export interface NodegroupFacts {
  readonly nodegroup: Nodegroup;
  /** Kubernetes version of the control plane; undefined if the cluster has not been read. */
  readonly controlPlane?: string;
  readonly newest?: OptionalRead<string, Unknown>;
  readonly templates?: OptionalRead<readonly LaunchTemplateVersion[]>;
}

export function nodegroupAttention(facts: NodegroupFacts): Attention {
  const { nodegroup, controlPlane, newest, templates } = facts;
  const collected = new Collector();
  const { items } = collected;
  if (nodegroup.health.length > 0) items.push({ code: 'health-issues', facts: { issues: nodegroup.health } });
  items.push(...versionItems(nodegroup, controlPlane));
  items.push(...amiItems(nodegroup, controlPlane));
  const isCustom = amiFamily(nodegroup.amiType) === 'custom';
  if (!isCustom) items.push(...releaseItems(nodegroup, newest, collected));
  if (nodegroup.launchTemplate) {
    const versions = collected.take('template-versions', templates);
    if (versions) items.push(...templateItems(nodegroup, versions));
  }
  if (isCustom) {
    const { releaseVersion: imageId } = nodegroup;
    items.push({ code: 'custom-ami', facts: { ...(imageId !== undefined && { imageId }) } });
  }
  return collected.attention;
}

function versionItems({ version }: Nodegroup, controlPlane: string | undefined): readonly AttentionItem[] {
  if (version === undefined || controlPlane === undefined) return [];
  const skew = skewOf(controlPlane, version);
  switch (skew.kind) {
    case 'behind':
      return [{ code: 'version-behind', facts: { version, controlPlane, minors: skew.minors } }];
    case 'too-old': {
      const { minors, allowed } = skew;
      return [{ code: 'skew-exceeded', facts: { version, controlPlane, minors, allowed } }];
    }
    case 'newer':
      return [{ code: 'version-ahead', facts: { version, controlPlane } }];
    case 'equal':
    case 'unknown':
      return [];
  }
}

function amiItems({ amiType }: Nodegroup, controlPlane: string | undefined): readonly AttentionItem[] {
  const behind = cannotFollow(amiType, controlPlane);
  if (behind) return [{ code: 'cannot-follow', facts: behind }];
  const end = amiEnd(amiType);
  if (!end) return [];
  const { endedOn, lastVersion } = end;
  return [{ code: 'ami-type-ended', facts: { amiType, endedOn, lastVersion } }];
}

function releaseItems(
  { amiType, releaseVersion: release }: Nodegroup,
  newest: OptionalRead<string, Unknown> | undefined,
  collected: Collector,
): readonly AttentionItem[] {
  const value = collected.take('newest-release', newest);
  if (release === undefined || value === undefined) return [];
  switch (releaseStanding(amiType, release, value)) {
    case 'outdated':
      return [{ code: 'release-behind', facts: { release, newest: value } }];
    case 'newest':
      return [];
    case 'unknown':
      collected.miss('newest-release', { code: 'not-comparable', release, newest: value });
      return [];
  }
}

function templateItems(
  { launchTemplate }: Nodegroup,
  listed: readonly LaunchTemplateVersion[],
): readonly AttentionItem[] {
  const versions = templateVersions(listed);
  const version = templateNumber(launchTemplate?.version, versions);
  const { latest } = versions;
  return version !== undefined && latest !== undefined && version < latest
    ? [{ code: 'template-behind', facts: { version, latest } }]
    : [];
}

/** Collects the items, the facts that are unknown, and the facts that have not been asked for yet. */
class Collector {
  readonly items: AttentionItem[] = [];
  private readonly unknown: { fact: LazyFact; why: Unknown }[] = [];
  private readonly pending: LazyFact[] = [];

  /**
   * The value of a lazy fact. If it is unknown or was not asked for yet, the collector notes this and returns
   * undefined.
   */
  take<T>(fact: LazyFact, value: OptionalRead<T, Unknown> | undefined): T | undefined {
    if (!value) this.pending.push(fact);
    else if (!value.known) this.miss(fact, value.why);
    return value?.known ? value.value : undefined;
  }

  miss(fact: LazyFact, why: Unknown): void {
    this.unknown.push({ fact, why });
  }

  get attention(): Attention {
    return { items: this.items, unknown: this.unknown, pending: this.pending };
  }
}
