/** The public SSM parameters with the newest AMI for Kubernetes nodes, under their documented names. */
import { imageIdOf, KUBERNETES_VERSIONS, releasesOf } from '../eks/versions';

interface AmiParameters {
  readonly amiType: string;
  /** Folder of the parameters for one Kubernetes version. */
  readonly folder: (version: string) => string;
  /** Name of the parameter with the release; Windows has none. */
  readonly release?: 'release_version' | 'image_version';
}

const al2023 = (variant: string) => (version: string) =>
  `/aws/service/eks/optimized-ami/${version}/amazon-linux-2023/${variant}/recommended`;
const al2 = (variant: string) => (version: string) =>
  `/aws/service/eks/optimized-ami/${version}/amazon-linux-2${variant}/recommended`;
const bottlerocket = (flavor: string, arch: string) => (version: string) =>
  `/aws/service/bottlerocket/aws-k8s-${version}${flavor}/${arch}/latest`;
const windows = (server: string) => (version: string) =>
  `/aws/service/ami-windows-latest/Windows_Server-${server}-EKS_Optimized-${version}`;

/**
 * https://docs.aws.amazon.com/eks/latest/userguide/retrieve-ami-id.html,
 * https://docs.aws.amazon.com/eks/latest/userguide/retrieve-ami-id-bottlerocket.html,
 * https://docs.aws.amazon.com/eks/latest/userguide/retrieve-windows-ami-id.html
 */
const PARAMETERS: readonly AmiParameters[] = [
  { amiType: 'AL2023_x86_64_STANDARD', folder: al2023('x86_64/standard'), release: 'release_version' },
  { amiType: 'AL2023_x86_64_NVIDIA', folder: al2023('x86_64/nvidia'), release: 'release_version' },
  { amiType: 'AL2023_x86_64_NEURON', folder: al2023('x86_64/neuron'), release: 'release_version' },
  { amiType: 'AL2023_ARM_64_STANDARD', folder: al2023('arm64/standard'), release: 'release_version' },
  { amiType: 'AL2023_ARM_64_NVIDIA', folder: al2023('arm64/nvidia'), release: 'release_version' },
  { amiType: 'AL2_x86_64', folder: al2(''), release: 'release_version' },
  { amiType: 'AL2_x86_64_GPU', folder: al2('-gpu'), release: 'release_version' },
  { amiType: 'AL2_ARM_64', folder: al2('-arm64'), release: 'release_version' },
  ...['x86_64', 'arm64'].flatMap((arch) =>
    ['', '-nvidia', '-fips', '-nvidia-fips'].map((flavor) => ({
      amiType: `BOTTLEROCKET_${arch === 'arm64' ? 'ARM_64' : arch}${flavor.toUpperCase().replaceAll('-', '_')}`,
      folder: bottlerocket(flavor, arch),
      release: 'image_version' as const,
    })),
  ),
  ...['2019', '2022', '2025'].flatMap((year) =>
    ['Core', 'Full'].map((edition) => ({
      amiType: `WINDOWS_${edition.toUpperCase()}_${year}_x86_64`,
      folder: windows(`${year}-English-${edition}`),
    })),
  ),
];

/**
 * Values by parameter name: for each Kubernetes version, the newest release of each AMI type and the id of
 * its AMI.
 */
export function amiParameters(): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const { amiType, folder, release } of PARAMETERS)
    for (const { name: version } of KUBERNETES_VERSIONS) {
      const newest = releasesOf(amiType, version)[0];
      if (newest === undefined) continue;
      if (release) values.set(`${folder(version)}/${release}`, newest);
      values.set(`${folder(version)}/image_id`, imageIdOf(amiType, newest));
    }
  return values;
}
