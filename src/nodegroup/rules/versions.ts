/**
 * Kubernetes versions of control planes and node groups: reading, ordering, and the skew that is allowed between them.
 */

export interface KubernetesVersion {
  readonly major: number;
  readonly minor: number;
}

/** Parses a version such as `1.33`; undefined for any other text. */
export function parseVersion(text: string | undefined): KubernetesVersion | undefined {
  const [, major, minor] = /^(\d{1,3})\.(\d{1,3})$/.exec(text ?? '') ?? [];
  return major === undefined || minor === undefined
    ? undefined
    : { major: Number(major), minor: Number(minor) };
}

/** Negative when `a` is older than `b`; undefined when one of them cannot be parsed. */
export function compareVersions(a: string | undefined, b: string | undefined): number | undefined {
  const [left, right] = [parseVersion(a), parseVersion(b)];
  return left && right ? left.major - right.major || left.minor - right.minor : undefined;
}

/** The next minor version; undefined if `version` cannot be parsed. */
export function nextMinor(version: string): string | undefined {
  const parsed = parseVersion(version);
  return parsed && `${parsed.major}.${parsed.minor + 1}`;
}

/**
 * The relation of node versions to the control plane's. `minors`: by how many minor versions the older is
 * behind; `allowed`: by how many the nodes may be behind.
 */
export type Skew =
  | { readonly kind: 'equal' }
  | { readonly kind: 'behind'; readonly minors: number; readonly allowed: number }
  | { readonly kind: 'too-old'; readonly minors: number; readonly allowed: number }
  | { readonly kind: 'newer'; readonly minors: number }
  /** A version cannot be parsed, or the major versions differ. */
  | { readonly kind: 'unknown' };

const KUBELET_WITH_WIDER_SKEW = 25;

/**
 * The skew between a control plane and its nodes. A kubelet may not be newer than the control plane, and may
 * be at most three minors older (two for a kubelet before 1.25).
 * @see https://kubernetes.io/releases/version-skew-policy/#kubelet
 */
export function skewOf(controlPlane: string | undefined, nodes: string | undefined): Skew {
  const [plane, node] = [parseVersion(controlPlane), parseVersion(nodes)];
  if (!plane || !node || plane.major !== node.major) return { kind: 'unknown' };
  const minors = plane.minor - node.minor;
  if (minors < 0) return { kind: 'newer', minors: -minors };
  if (minors === 0) return { kind: 'equal' };
  const allowed = node.major > 1 || node.minor >= KUBELET_WITH_WIDER_SKEW ? 3 : 2;
  return { kind: minors > allowed ? 'too-old' : 'behind', minors, allowed };
}

export interface TargetVersion {
  readonly version: string;
  /** Relative to the node group's present version; undefined if EKS does not show that version. */
  readonly direction?: 'up' | 'same' | 'down';
  readonly isControlPlane: boolean;
}

/**
 * The Kubernetes versions to which a node group may be updated, newest first: from the control plane's down to the
 * oldest that the skew allows. Versions newer than `last`, the newest for which the AMI type exists, are left out. A
 * version below the current one is a downgrade, which is offered with a warning.
 */
export function targetVersions(
  controlPlane: string,
  current: string | undefined,
  last?: string,
): readonly TargetVersion[] {
  const plane = parseVersion(controlPlane);
  if (!plane) return [];
  return [0, 1, 2, 3]
    .filter((minors) => plane.minor >= minors)
    .map((minors) => `${plane.major}.${plane.minor - minors}`)
    .filter((version) => ['equal', 'behind'].includes(skewOf(controlPlane, version).kind))
    .filter((version) => last === undefined || (compareVersions(version, last) ?? 1) <= 0)
    .map((version) => {
      const order = compareVersions(version, current);
      return {
        version,
        ...(order !== undefined && { direction: order === 0 ? 'same' : order > 0 ? 'up' : 'down' }),
        isControlPlane: version === controlPlane,
      };
    });
}
