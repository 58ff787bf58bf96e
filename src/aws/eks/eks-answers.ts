/** Maps the shapes of Amazon EKS to the types of the domain. */

import type {
  AddonInfo,
  ClusterVersionInformation,
  Addon as EksAddon,
  Cluster as EksClusterShape,
  Insight as EksInsight,
  Nodegroup as EksNodegroup,
  Update as EksUpdateShape,
  InsightSummary,
} from '@aws-sdk/client-eks';
import type {
  Addon,
  AddonVersion,
  ClusterEndpoint,
  ClusterVersion,
  EksCluster,
  EksUpdate,
  HealthIssue,
  Insight,
  InsightDetails,
  Nodegroup,
} from '../../model/eks';
import { eksPhase } from '../../model/phase';
import { present } from '../../model/present';
import { withoutSecrets } from '../../model/without-secrets';
import { millis } from '../sdk-answers';

export function clusterOf(cluster: EksClusterShape): EksCluster {
  const { name = '', arn = '', version = '', status = '', tags = {}, platformVersion } = cluster;
  return {
    name,
    arn,
    version,
    status,
    phase: eksPhase(status),
    subnetIds: cluster.resourcesVpcConfig?.subnetIds ?? [],
    tags,
    health: healthOf(cluster.health),
    autoMode: cluster.computeConfig?.enabled ?? false,
    logging: (cluster.logging?.clusterLogging ?? []).flatMap(({ enabled, types = [] }) =>
      enabled === true ? types : [],
    ),
    ...present({
      platformVersion,
      supportType: cluster.upgradePolicy?.supportType,
      authenticationMode: cluster.accessConfig?.authenticationMode,
      api: endpointOf(cluster),
    }),
  };
}

function endpointOf({
  endpoint,
  certificateAuthority,
  resourcesVpcConfig: vpc,
}: EksClusterShape): ClusterEndpoint | undefined {
  if (!endpoint || !certificateAuthority?.data) return undefined;
  return {
    url: endpoint,
    certificateAuthority: Buffer.from(certificateAuthority.data, 'base64').toString('utf8'),
    publicAccess: vpc?.endpointPublicAccess ?? true,
    privateAccess: vpc?.endpointPrivateAccess ?? false,
    publicAccessCidrs: vpc?.publicAccessCidrs ?? [],
  };
}

export function nodegroupOf(nodegroup: EksNodegroup): Nodegroup {
  const { clusterName = '', nodegroupName = '', nodegroupArn = '', status = '', amiType = '' } = nodegroup;
  const { instanceTypes = [], subnets = [], tags = {}, labels = {}, scalingConfig, updateConfig } = nodegroup;
  const { version, releaseVersion, capacityType, launchTemplate } = nodegroup;
  return {
    clusterName,
    name: nodegroupName,
    arn: nodegroupArn,
    status,
    phase: eksPhase(status),
    amiType,
    instanceTypes,
    scaling: present({
      min: scalingConfig?.minSize,
      max: scalingConfig?.maxSize,
      desired: scalingConfig?.desiredSize,
    }),
    updateConfig: present(updateConfig ?? {}),
    subnetIds: subnets,
    health: healthOf(nodegroup.health),
    tags,
    labels,
    ...present({
      version,
      releaseVersion,
      capacityType,
      launchTemplate: launchTemplate && present(launchTemplate),
      createdAt: millis(nodegroup.createdAt),
      modifiedAt: millis(nodegroup.modifiedAt),
    }),
  };
}

export function updateOf(update: EksUpdateShape): EksUpdate {
  const { id = '', status = '', type = '', params = [], errors = [] } = update;
  return {
    id,
    status,
    type,
    params: params.map((param) => ({ type: param.type ?? '', value: param.value ?? '' })),
    errors: errors.map(({ errorCode = '', errorMessage = '', resourceIds = [] }) => ({
      code: errorCode,
      message: withoutSecrets(errorMessage),
      resourceIds,
    })),
    ...present({ createdAt: millis(update.createdAt), cancellation: update.cancellation?.reason }),
  };
}

export function clusterVersionOf(info: ClusterVersionInformation): ClusterVersion {
  const { clusterVersion = '', defaultVersion = false } = info;
  return {
    version: clusterVersion,
    // `status` is an older member than `versionStatus` and spells the values in another way: `standard-support`.
    status: info.versionStatus ?? info.status?.toUpperCase().replaceAll('-', '_') ?? '',
    isDefault: defaultVersion,
    ...present({
      endOfStandardSupport: millis(info.endOfStandardSupportDate),
      endOfExtendedSupport: millis(info.endOfExtendedSupportDate),
    }),
  };
}

export function insightOf(insight: InsightSummary): Insight {
  const { id = '', name = '', category = '', insightStatus, kubernetesVersion, description } = insight;
  return {
    id,
    name,
    category,
    status: insightStatus?.status ?? '',
    ...present({
      reason: insightStatus?.reason,
      kubernetesVersion,
      description,
      refreshedAt: millis(insight.lastRefreshTime),
    }),
  };
}

export function insightDetailsOf(insight: EksInsight): InsightDetails {
  const { recommendation, additionalInfo = {}, resources = [] } = insight;
  return {
    ...insightOf(insight),
    additionalInfo,
    resources: resources.map(({ kubernetesResourceUri, arn, insightStatus }) => ({
      name: kubernetesResourceUri ?? arn ?? '',
      ...present({ status: insightStatus?.status, reason: insightStatus?.reason }),
    })),
    ...present({ recommendation }),
  };
}

export function addonOf(addon: EksAddon): Addon {
  const { addonName = '', addonVersion, status = '', health } = addon;
  return { name: addonName, status, health: healthOf(health), ...present({ version: addonVersion }) };
}

export function addonVersionsOf({ addonName = '', addonVersions = [] }: AddonInfo): readonly AddonVersion[] {
  return addonVersions.map(({ addonVersion = '', compatibilities = [] }) => ({
    addon: addonName,
    version: addonVersion,
    kubernetesVersions: compatibilities.map(({ clusterVersion = '', defaultVersion = false }) => ({
      version: clusterVersion,
      isDefault: defaultVersion,
    })),
  }));
}

interface Issues {
  readonly issues?:
    | readonly {
        readonly code?: string | undefined;
        readonly message?: string | undefined;
        readonly resourceIds?: readonly string[] | undefined;
      }[]
    | undefined;
}

function healthOf(health: Issues | undefined): readonly HealthIssue[] {
  return (health?.issues ?? []).map(({ code = '', message = '', resourceIds = [] }) => ({
    code,
    message: withoutSecrets(message),
    resourceIds,
  }));
}
