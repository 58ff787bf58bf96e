/**
 * AMI types of managed node groups: where AWS publishes the newest release of each type, and when AWS ends
 * the type.
 */
import type { Unknown } from './unknown';
import { compareVersions } from './versions';

export type AmiFamily = 'al2' | 'al2023' | 'bottlerocket' | 'windows' | 'custom';

interface AmiType {
  readonly family: AmiFamily;
  /**
   * The name of the public SSM parameter with the newest release version for a Kubernetes version; absent if
   * there is no such parameter.
   */
  readonly parameter?: (version: string) => string;
}

/** @see https://docs.aws.amazon.com/eks/latest/userguide/retrieve-ami-id.html */
const linux = (family: AmiFamily, path: string): AmiType => ({
  family,
  parameter: (version) => `/aws/service/eks/optimized-ami/${version}/${path}/recommended/release_version`,
});

/** @see https://docs.aws.amazon.com/eks/latest/userguide/retrieve-ami-id-bottlerocket.html */
const bottlerocket = (architecture: string, variant = ''): AmiType => ({
  family: 'bottlerocket',
  parameter: (version) =>
    `/aws/service/bottlerocket/aws-k8s-${version}${variant}/${architecture}/latest/image_version`,
});

const WINDOWS: AmiType = { family: 'windows' };

const AMI_TYPES: ReadonlyMap<string, AmiType> = new Map(
  Object.entries({
    AL2_x86_64: linux('al2', 'amazon-linux-2'),
    AL2_x86_64_GPU: linux('al2', 'amazon-linux-2-gpu'),
    AL2_ARM_64: linux('al2', 'amazon-linux-2-arm64'),
    AL2023_x86_64_STANDARD: linux('al2023', 'amazon-linux-2023/x86_64/standard'),
    AL2023_ARM_64_STANDARD: linux('al2023', 'amazon-linux-2023/arm64/standard'),
    AL2023_x86_64_NEURON: linux('al2023', 'amazon-linux-2023/x86_64/neuron'),
    AL2023_x86_64_NVIDIA: linux('al2023', 'amazon-linux-2023/x86_64/nvidia'),
    AL2023_ARM_64_NVIDIA: linux('al2023', 'amazon-linux-2023/arm64/nvidia'),
    BOTTLEROCKET_x86_64: bottlerocket('x86_64'),
    BOTTLEROCKET_ARM_64: bottlerocket('arm64'),
    BOTTLEROCKET_x86_64_FIPS: bottlerocket('x86_64', '-fips'),
    BOTTLEROCKET_ARM_64_FIPS: bottlerocket('arm64', '-fips'),
    BOTTLEROCKET_x86_64_NVIDIA: bottlerocket('x86_64', '-nvidia'),
    BOTTLEROCKET_ARM_64_NVIDIA: bottlerocket('arm64', '-nvidia'),
    BOTTLEROCKET_x86_64_NVIDIA_FIPS: bottlerocket('x86_64', '-nvidia-fips'),
    BOTTLEROCKET_ARM_64_NVIDIA_FIPS: bottlerocket('arm64', '-nvidia-fips'),
    WINDOWS_CORE_2019_x86_64: WINDOWS,
    WINDOWS_FULL_2019_x86_64: WINDOWS,
    WINDOWS_CORE_2022_x86_64: WINDOWS,
    WINDOWS_FULL_2022_x86_64: WINDOWS,
    WINDOWS_CORE_2025_x86_64: WINDOWS,
    WINDOWS_FULL_2025_x86_64: WINDOWS,
    CUSTOM: { family: 'custom' },
  } satisfies Readonly<Record<string, AmiType>>),
);

/** The family of an AMI type; undefined if Slipway does not know the type. */
export function amiFamily(amiType: string): AmiFamily | undefined {
  return AMI_TYPES.get(amiType)?.family;
}

/** The SSM parameter with the newest release version of an AMI type for a Kubernetes version, or why there is none. */
export function releaseParameter(amiType: string, version: string): { readonly name: string } | Unknown {
  const type = AMI_TYPES.get(amiType);
  if (type?.parameter) return { name: type.parameter(version) };
  if (type?.family === 'windows') return { code: 'windows-image-id-only' };
  if (type?.family === 'custom') return { code: 'custom-ami' };
  return { code: 'unlisted-ami-type', amiType };
}

export interface AmiEnd {
  readonly family: AmiFamily;
  /** Epoch milliseconds of the day after which AWS publishes no more releases. */
  readonly endedOn: number;
  /** The last Kubernetes version for which the AMI type exists. */
  readonly lastVersion: string;
}

const ENDS: Partial<Record<AmiFamily, Omit<AmiEnd, 'family'>>> = {
  /** @see https://docs.aws.amazon.com/eks/latest/userguide/eks-ami-deprecation-faqs.html */
  al2: { endedOn: Date.UTC(2025, 10, 26), lastVersion: '1.32' },
};

/**
 * The end of an AMI type; undefined if, as far as Slipway knows, AWS still publishes releases of the type, or
 * if Slipway does not know the type.
 */
export function amiEnd(amiType: string): AmiEnd | undefined {
  const family = amiFamily(amiType);
  const end = family && ENDS[family];
  return end && { family, ...end };
}

/** Why no update can give a node group its control plane's version: its AMI type has no release for that version. */
export interface CannotFollow extends AmiEnd {
  readonly amiType: string;
  /** Kubernetes version of the control plane. */
  readonly controlPlane: string;
}

/** Undefined unless Slipway knows that the AMI type has no release for the control plane's version. */
export function cannotFollow(amiType: string, controlPlane: string | undefined): CannotFollow | undefined {
  const end = amiEnd(amiType);
  if (!end || controlPlane === undefined) return undefined;
  const isBeyond = (compareVersions(controlPlane, end.lastVersion) ?? 0) > 0;
  return isBeyond ? { ...end, amiType, controlPlane } : undefined;
}
