/** Add-ons: the versions that EKS offers for each Kubernetes version, and the add-ons of a cluster. */
import type { Json, JsonObject } from '../protocols/operation';
import type { HealthIssue } from './nodegroup';
import { KUBERNETES_VERSIONS, minorOf } from './versions';

/** An add-on that a cluster has installed. */
export interface Addon {
  readonly name: string;
  readonly arn: string;
  readonly version: string;
  readonly status: 'ACTIVE' | 'DEGRADED' | 'UPDATING' | 'CREATE_FAILED' | 'UPDATE_FAILED';
  readonly issues: readonly HealthIssue[];
  /** Epoch milliseconds. */
  readonly createdAt: number;
}

export interface OfferedVersion {
  readonly version: string;
  /** The oldest and the newest Kubernetes minor version that this add-on version runs on, both included. */
  readonly from: number;
  readonly to: number;
}

export interface OfferedAddon {
  readonly name: string;
  readonly type: string;
  /** Newest first. */
  readonly versions: readonly OfferedVersion[];
}

/** The add-ons that DescribeAddonVersions lists. */
export const ADDON_CATALOG: readonly OfferedAddon[] = [
  {
    name: 'vpc-cni',
    type: 'networking',
    versions: [
      { version: 'v1.20.4-eksbuild.2', from: 30, to: 35 },
      { version: 'v1.19.6-eksbuild.7', from: 29, to: 34 },
      { version: 'v1.18.6-eksbuild.1', from: 29, to: 31 },
    ],
  },
  {
    name: 'coredns',
    type: 'networking',
    versions: [
      { version: 'v1.12.4-eksbuild.1', from: 33, to: 35 },
      { version: 'v1.11.4-eksbuild.24', from: 29, to: 34 },
      { version: 'v1.11.1-eksbuild.13', from: 29, to: 31 },
    ],
  },
  {
    name: 'kube-proxy',
    type: 'networking',
    versions: KUBERNETES_VERSIONS.map(({ name, patch }) => ({
      version: `v${patch}-eksbuild.2`,
      from: minorOf(name),
      to: minorOf(name),
    })),
  },
  {
    name: 'aws-ebs-csi-driver',
    type: 'storage',
    versions: [
      { version: 'v1.52.1-eksbuild.1', from: 30, to: 35 },
      { version: 'v1.38.1-eksbuild.2', from: 29, to: 32 },
    ],
  },
  {
    name: 'eks-pod-identity-agent',
    type: 'security',
    versions: [{ version: 'v1.3.9-eksbuild.3', from: 29, to: 35 }],
  },
];

export function addonDescription(addon: Addon, clusterName: string): JsonObject {
  return {
    addonName: addon.name,
    clusterName,
    status: addon.status,
    addonVersion: addon.version,
    health: { issues: addon.issues.map((issue): Json => ({ ...issue })) },
    addonArn: addon.arn,
    createdAt: addon.createdAt / 1000,
    modifiedAt: addon.createdAt / 1000,
    publisher: 'eks',
    owner: 'aws',
  };
}

/**
 * An add-on in the form of DescribeAddonVersions. If a Kubernetes version is given, lists only the add-on's
 * versions that run on it.
 */
export function offeredAddon({ name, type, versions }: OfferedAddon, kubernetesVersion?: string): JsonObject {
  const asked = KUBERNETES_VERSIONS.filter(
    (known) => kubernetesVersion === undefined || known.name === kubernetesVersion,
  );
  const addonVersions = versions.flatMap((offered): JsonObject[] => {
    const fits = asked.filter(({ name }) => minorOf(name) >= offered.from && minorOf(name) <= offered.to);
    const compatibilities = fits.map(({ name }) => ({
      clusterVersion: name,
      platformVersions: ['*'],
      defaultVersion: newestFor(versions, minorOf(name)) === offered,
    }));
    if (compatibilities.length === 0) return [];
    return [
      {
        addonVersion: offered.version,
        architecture: ['amd64', 'arm64'],
        compatibilities,
        requiresConfiguration: false,
        requiresIamPermissions: false,
      },
    ];
  });
  return { addonName: name, type, addonVersions, publisher: 'eks', owner: 'aws' };
}

export function newestFor(versions: readonly OfferedVersion[], minor: number): OfferedVersion | undefined {
  return versions.find(({ from, to }) => minor >= from && minor <= to);
}
