/**
 * AMI release versions: parses those that AWS publishes and those that the user types, and decides which of
 * two is newer.
 */
import type { SeenNode } from '../../drain/cluster-seen';
import type { Nodegroup } from '../../model/eks';
import { type AmiFamily, amiFamily } from './ami';

/**
 * Eight hexadecimal digits that are not a date of this century, since a release of Amazon Linux ends with such a date.
 */
const BOTTLEROCKET_BUILD = '(?!20\\d\\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])$)[0-9a-f]{8}';

/**
 * Patterns by family. Their named groups are compared as numbers, except `build`: Bottlerocket's build ids have no
 * order.
 */
const SHAPES: Partial<Record<AmiFamily, { readonly pattern: RegExp; readonly example: string }>> = {
  al2: { pattern: /^(?<version>\d+\.\d+)\.(?<patch>\d+)-(?<date>\d{8})$/, example: '1.32.9-20251120' },
  al2023: { pattern: /^(?<version>\d+\.\d+)\.(?<patch>\d+)-(?<date>\d{8})$/, example: '1.33.4-20260801' },
  bottlerocket: {
    pattern: new RegExp(`^(?<os>\\d+\\.\\d+\\.\\d+)-(?<build>${BOTTLEROCKET_BUILD})$`),
    example: '1.57.0-1a2b3c4d',
  },
  windows: { pattern: /^(?<version>\d+\.\d+)-(?<date>\d{4}\.\d{2}\.\d{2})$/, example: '1.33-2026.08.12' },
};

type Parts = Readonly<Record<string, string | undefined>>;

function partsOf(amiType: string, release: string): Parts | undefined {
  const family = amiFamily(amiType);
  return family && SHAPES[family]?.pattern.exec(release)?.groups;
}

/** Compares the numbers of two dotted texts, one by one. */
function compareDotted(a = '', b = ''): number {
  const [left, right] = [a.split('.').map(Number), b.split('.').map(Number)];
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const order = (left[at] ?? 0) - (right[at] ?? 0);
    if (order !== 0) return order;
  }
  return 0;
}

/**
 * Negative when release `a` is older than `b`, by Kubernetes version, then date, then patch (Bottlerocket: by its own
 * version). Undefined if this cannot be decided: for a text of another form, or for two builds of one Bottlerocket
 * version.
 */
export function compareReleases(amiType: string, a: string, b: string): number | undefined {
  if (a === b) return 0;
  const [left, right] = [partsOf(amiType, a), partsOf(amiType, b)];
  if (!left || !right) return undefined;
  for (const part of ['version', 'date', 'patch', 'os']) {
    const order = compareDotted(left[part], right[part]);
    if (order !== 0) return order;
  }
  return undefined;
}

/** `newest`: at least as new as the release that AWS recommends. */
export type ReleaseStanding = 'outdated' | 'newest' | 'unknown';

/** Whether a node group's release is the newest one of its AMI type and Kubernetes version. */
export function releaseStanding(amiType: string, current: string, newest: string): ReleaseStanding {
  const order = compareReleases(amiType, current, newest);
  if (order === undefined) return 'unknown';
  return order < 0 ? 'outdated' : 'newest';
}

/** The fields of a node that show its software. */
export interface NodeSystem {
  /** Such as `v1.33.4-eks-1a2b3c4`. */
  readonly kubeletVersion?: string;
  /** Such as `Bottlerocket OS 1.57.0 (aws-k8s-1.33)`. */
  readonly osImage?: string;
}

/**
 * True if a node's kubelet version agrees with the release (for Bottlerocket: the version of its operating
 * system); false also if this cannot be decided.
 */
export function agreesWithRelease(amiType: string, release: string, system: NodeSystem): boolean {
  const parts = partsOf(amiType, release);
  if (!parts) return false;
  const { version, patch, os } = parts;
  if (os !== undefined) return system.osImage?.split(' ').includes(os) ?? false;
  const inRelease = patch === undefined ? version : `${version}.${patch}`;
  return `${system.kubeletVersion?.replace(/^v|-.*$/g, '')}.`.startsWith(`${inRelease}.`);
}

/** The problem of a typed release version. */
export type ReleaseProblem =
  | { readonly code: 'release-empty' }
  | { readonly code: 'release-shape'; readonly example: string }
  | { readonly code: 'release-other-version'; readonly version: string };

/**
 * Checks a release version that the user typed for the Kubernetes version `version`; undefined if Slipway
 * finds nothing wrong with it.
 */
export function releaseProblem(amiType: string, version: string, typed: string): ReleaseProblem | undefined {
  if (typed.trim() === '') return { code: 'release-empty' };
  const family = amiFamily(amiType);
  const shape = family && SHAPES[family];
  if (!shape) return undefined;
  const parts = partsOf(amiType, typed);
  if (!parts) return { code: 'release-shape', example: shape.example };
  const { version: named } = parts;
  return named !== undefined && named !== version
    ? { code: 'release-other-version', version: named }
    : undefined;
}

/**
 * The AMI release of a node; undefined if it cannot be determined. A node shows its image but not its
 * release, so the group's release counts as the node's only if all nodes of the group have the same image, no
 * update runs, and the version that the node shows agrees with the release.
 */
export function nodeRelease(
  node: Pick<SeenNode, 'age' | 'sharesImage' | 'kubeletVersion' | 'osImage'>,
  { amiType, phase, releaseVersion }: Pick<Nodegroup, 'amiType' | 'phase' | 'releaseVersion'>,
): string | undefined {
  const isSettled = phase !== 'busy' && node.age === undefined && node.sharesImage === true;
  if (!isSettled || releaseVersion === undefined) return undefined;
  return agreesWithRelease(amiType, releaseVersion, node) ? releaseVersion : undefined;
}
