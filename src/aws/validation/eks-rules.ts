/** The required form of Amazon EKS's answers, for the members that Slipway uses. */

import { count, flag, list, maybe, members, record, type Shape, text, time, word } from '../../model/shape';
import type { AnswerRule } from './rule';

const health = maybe(
  members({
    issues: maybe(list(members({ code: maybe(text), message: maybe(text), resourceIds: maybe(list(text)) }))),
  }),
);

const cluster = members({
  name: word,
  arn: word,
  version: word,
  status: word,
  platformVersion: maybe(text),
  tags: maybe(record(text)),
  resourcesVpcConfig: maybe(
    members({
      subnetIds: maybe(list(text)),
      endpointPublicAccess: maybe(flag),
      endpointPrivateAccess: maybe(flag),
      publicAccessCidrs: maybe(list(text)),
    }),
  ),
  endpoint: maybe(text),
  certificateAuthority: maybe(members({ data: maybe(text) })),
  accessConfig: maybe(members({ authenticationMode: maybe(text) })),
  computeConfig: maybe(members({ enabled: maybe(flag) })),
  logging: maybe(
    members({
      clusterLogging: maybe(list(members({ types: maybe(list(text)), enabled: maybe(flag) }))),
    }),
  ),
  upgradePolicy: maybe(members({ supportType: maybe(text) })),
  health,
});

const nodegroup = members({
  clusterName: word,
  nodegroupName: word,
  nodegroupArn: maybe(text),
  status: word,
  amiType: maybe(text),
  version: maybe(text),
  releaseVersion: maybe(text),
  capacityType: maybe(text),
  instanceTypes: maybe(list(text)),
  subnets: maybe(list(text)),
  tags: maybe(record(text)),
  labels: maybe(record(text)),
  scalingConfig: maybe(members({ minSize: maybe(count), maxSize: maybe(count), desiredSize: maybe(count) })),
  updateConfig: maybe(
    members({
      maxUnavailable: maybe(count),
      maxUnavailablePercentage: maybe(count),
      updateStrategy: maybe(text),
    }),
  ),
  launchTemplate: maybe(members({ id: maybe(text), name: maybe(text), version: maybe(text) })),
  createdAt: maybe(time),
  modifiedAt: maybe(time),
  health,
});

const update = members({
  id: word,
  status: word,
  type: maybe(text),
  params: maybe(list(members({ type: maybe(text), value: maybe(text) }))),
  errors: maybe(
    list(members({ errorCode: maybe(text), errorMessage: maybe(text), resourceIds: maybe(list(text)) })),
  ),
  createdAt: maybe(time),
  cancellation: maybe(members({ reason: maybe(text) })),
});

const insightStatus = maybe(members({ status: maybe(text), reason: maybe(text) }));

const insight = {
  id: word,
  name: maybe(text),
  category: maybe(text),
  insightStatus,
  kubernetesVersion: maybe(text),
  description: maybe(text),
  lastRefreshTime: maybe(time),
};

const insightDetails = members({
  ...insight,
  recommendation: maybe(text),
  additionalInfo: maybe(record(text)),
  resources: maybe(list(members({ kubernetesResourceUri: maybe(text), arn: maybe(text), insightStatus }))),
});

const addonVersions = members({
  addonName: word,
  addonVersions: maybe(
    list(
      members({
        addonVersion: word,
        compatibilities: maybe(list(members({ clusterVersion: maybe(text), defaultVersion: maybe(flag) }))),
      }),
    ),
  ),
});

const clusterVersion = members({
  clusterVersion: word,
  defaultVersion: maybe(flag),
  versionStatus: maybe(text),
  status: maybe(text),
  endOfStandardSupportDate: maybe(time),
  endOfExtendedSupportDate: maybe(time),
});

const json = (shapes: Readonly<Record<string, Shape>>): AnswerRule => ({
  body: { kind: 'json' },
  output: members(shapes),
});
const page = (name: string, of: Shape): AnswerRule => json({ [name]: list(of), nextToken: maybe(text) });

export const EKS_ANSWERS: Readonly<Record<string, AnswerRule>> = {
  ListClusters: page('clusters', word),
  DescribeCluster: json({ cluster }),
  ListNodegroups: page('nodegroups', word),
  DescribeNodegroup: json({ nodegroup }),
  ListUpdates: page('updateIds', word),
  DescribeUpdate: json({ update }),
  DescribeClusterVersions: page('clusterVersions', clusterVersion),
  ListInsights: page('insights', members(insight)),
  DescribeInsight: json({ insight: insightDetails }),
  ListAddons: page('addons', word),
  DescribeAddon: json({
    addon: members({ addonName: word, addonVersion: maybe(text), status: word, health }),
  }),
  DescribeAddonVersions: page('addons', addonVersions),
  UpdateNodegroupVersion: json({ update }),
  UpdateNodegroupConfig: json({ update }),
};
