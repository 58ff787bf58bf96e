/** The sandbox's EKS as the SDK reads it: clusters, node groups, versions, insights, add-ons, history. */
import {
  AMITypes,
  DescribeAddonCommand,
  DescribeAddonVersionsCommand,
  DescribeClusterCommand,
  DescribeClusterVersionsCommand,
  type DescribeClusterVersionsCommandInput,
  DescribeInsightCommand,
  DescribeNodegroupCommand,
  DescribeUpdateCommand,
  EKSClient,
  ListAddonsCommand,
  ListClustersCommand,
  ListInsightsCommand,
  ListNodegroupsCommand,
  ListUpdatesCommand,
  paginateListClusters,
  paginateListNodegroups,
} from '@aws-sdk/client-eks';
import { describe, expect, test } from 'vitest';
import { expectFailure, judgedSandbox } from './judged-sandbox';

const aws = judgedSandbox();
const client = (region = 'us-east-1') => new EKSClient({ ...aws().sandbox.client, region, maxAttempts: 1 });

async function everyNodegroup() {
  const eks = client();
  const { clusters = [] } = await eks.send(new ListClustersCommand({}));
  const groups = await Promise.all(
    clusters.map(async (clusterName) => {
      const { nodegroups = [] } = await eks.send(new ListNodegroupsCommand({ clusterName }));
      return Promise.all(
        nodegroups.map(
          async (nodegroupName) =>
            (await eks.send(new DescribeNodegroupCommand({ clusterName, nodegroupName }))).nodegroup,
        ),
      );
    }),
  );
  return groups.flat().flatMap((group) => group ?? []);
}

test('clusters stand at several versions, in two regions', async () => {
  const { clusters = [] } = await client().send(new ListClustersCommand({}));
  const read = await Promise.all(
    clusters.map(async (name) => (await client().send(new DescribeClusterCommand({ name }))).cluster),
  );
  expect(read.map((one) => `${one?.name} ${one?.version} ${one?.status}`)).toEqual([
    'trading-prod 1.32 ACTIVE',
    'market-data 1.33 ACTIVE',
    'risk-batch 1.30 ACTIVE',
    'research-gpu 1.34 ACTIVE',
    'options-desk 1.34 ACTIVE',
    'quant-auto 1.34 ACTIVE',
    'compliance 1.33 ACTIVE',
  ]);
  expect((await client('eu-west-1').send(new ListClustersCommand({}))).clusters).toEqual(['emea-edge']);
});

test('node groups cover the situations that a shop knows', async () => {
  const groups = await everyNodegroup();
  const types = new Set(groups.map(({ amiType }) => amiType));
  for (const prefix of [
    'AL2_',
    'AL2023_x86_64_S',
    'AL2023_ARM',
    'AL2023_x86_64_NV',
    'BOTTLEROCKET_',
    'WINDOWS_',
    'CUSTOM',
  ])
    expect(
      [...types].some((type) => type?.startsWith(prefix)),
      prefix,
    ).toBe(true);
  for (const type of types) expect(Object.values(AMITypes)).toContain(type);

  const degraded = groups.filter(({ status }) => status === 'DEGRADED');
  expect(degraded.map(({ health }) => health?.issues?.map(({ code }) => code))).toEqual([
    ['NodeCreationFailure', 'AsgInstanceLaunchFailures'],
  ]);
  const custom = groups.find(({ amiType }) => amiType === 'CUSTOM');
  expect(custom).toMatchObject({
    releaseVersion: /^ami-/,
    launchTemplate: { name: 'oms-low-latency', version: '3' },
  });
  expect(custom?.instanceTypes).toBeUndefined();
  const tags = groups.flatMap((group) => Object.keys(group.tags ?? {})).join(' ');
  expect(tags).toMatch(/ManagedBy/);
  expect(tags).toMatch(/aws:cloudformation:stack-name/);
  expect(tags).toMatch(/alpha\.eksctl\.io/);
  expect(tags).toMatch(/karpenter\.sh/);
});

test('lists come in pages', async () => {
  await aws().sandbox.control.settings({ pageSize: 2 });
  const clusters: (readonly string[])[] = [];
  for await (const page of paginateListClusters({ client: client() }, {})) clusters.push(page.clusters ?? []);
  expect(clusters.map(({ length }) => length)).toEqual([2, 2, 2, 1]);
  const groups: (readonly string[])[] = [];
  for await (const page of paginateListNodegroups({ client: client() }, { clusterName: 'trading-prod' }))
    groups.push(page.nodegroups ?? []);
  expect(groups.map(({ length }) => length)).toEqual([2, 2, 1]);
  await expectFailure(
    client().send(new ListClustersCommand({ nextToken: 'x' })),
    400,
    'InvalidParameterException',
  );
});

describe('versions', () => {
  const versions = async (input: DescribeClusterVersionsCommandInput) =>
    (await client().send(new DescribeClusterVersionsCommand(input))).clusterVersions ?? [];

  test('have a support status that their dates bear out', async () => {
    const all = await versions({ includeAll: true });
    expect(new Set(all.map(({ versionStatus }) => versionStatus))).toEqual(
      new Set(['STANDARD_SUPPORT', 'EXTENDED_SUPPORT', 'UNSUPPORTED']),
    );
    const now = Date.now();
    for (const {
      versionStatus,
      endOfStandardSupportDate: standard,
      endOfExtendedSupportDate: extended,
    } of all) {
      const expected =
        now < Number(standard)
          ? 'STANDARD_SUPPORT'
          : now < Number(extended)
            ? 'EXTENDED_SUPPORT'
            : 'UNSUPPORTED';
      expect(versionStatus).toBe(expected);
    }
  });

  test('are filtered', async () => {
    const names = async (input: DescribeClusterVersionsCommandInput) =>
      (await versions(input)).map(({ clusterVersion }) => clusterVersion);
    expect(await names({})).not.toContain('1.29');
    expect(await names({ defaultOnly: true })).toEqual(['1.34']);
    expect(await names({ clusterVersions: ['1.32', '1.29'] })).toEqual(['1.32', '1.29']);
    expect(await names({ versionStatus: 'EXTENDED_SUPPORT' })).toEqual(['1.32', '1.31', '1.30']);
    expect(await names({ status: 'unsupported' })).toEqual(['1.29']);
  });
});

describe('insights', () => {
  test('show every status, and are filtered', async () => {
    const { clusters = [] } = await client().send(new ListClustersCommand({}));
    const statuses = new Set<string | undefined>();
    for (const clusterName of clusters) {
      const { insights = [] } = await client().send(new ListInsightsCommand({ clusterName }));
      for (const { insightStatus } of insights) statuses.add(insightStatus?.status);
    }
    expect(statuses).toEqual(new Set(['PASSING', 'WARNING', 'ERROR', 'UNKNOWN']));

    const { insights = [] } = await client().send(
      new ListInsightsCommand({
        clusterName: 'trading-prod',
        filter: { categories: ['ROLLBACK_READINESS'] },
      }),
    );
    expect(insights.map(({ insightStatus }) => insightStatus?.status)).toEqual(['WARNING']);
  });

  test('have details with resources', async () => {
    const clusterName = 'risk-batch';
    const errors = await client().send(
      new ListInsightsCommand({ clusterName, filter: { statuses: ['ERROR'] } }),
    );
    const id = errors.insights?.[0]?.id;
    const { insight } = await client().send(new DescribeInsightCommand({ clusterName, id }));
    expect(insight?.resources?.[0]?.kubernetesResourceUri).toContain('flowschemas');
    expect(insight?.categorySpecificSummary?.deprecationDetails?.[0]?.stopServingVersion).toBe('1.32');
    await expectFailure(
      client().send(new DescribeInsightCommand({ clusterName, id: 'none' })),
      404,
      'ResourceNotFoundException',
    );
  });
});

describe('add-ons', () => {
  test('one of them stands in the way of the next version', async () => {
    const clusterName = 'trading-prod';
    const { addons = [] } = await client().send(new ListAddonsCommand({ clusterName }));
    const { addons: offered = [] } = await client().send(
      new DescribeAddonVersionsCommand({ kubernetesVersion: '1.33' }),
    );
    const stuck: string[] = [];
    for (const addonName of addons) {
      const { addon } = await client().send(new DescribeAddonCommand({ clusterName, addonName }));
      const fits = offered
        .find((one) => one.addonName === addonName)
        ?.addonVersions?.some(({ addonVersion }) => addonVersion === addon?.addonVersion);
      if (!fits) stuck.push(addonName);
    }
    // kube-proxy goes with the control plane, so it never fits the next version beforehand.
    expect(stuck).toEqual(['kube-proxy', 'aws-ebs-csi-driver']);
  });

  test('are filtered by name, and one may be ill', async () => {
    const { addons = [] } = await client().send(new DescribeAddonVersionsCommand({ addonName: 'coredns' }));
    expect(addons.map(({ addonName }) => addonName)).toEqual(['coredns']);
    const { addon } = await client().send(
      new DescribeAddonCommand({ clusterName: 'risk-batch', addonName: 'coredns' }),
    );
    expect([addon?.status, addon?.health?.issues?.[0]?.code]).toEqual([
      'DEGRADED',
      'InsufficientNumberOfReplicas',
    ]);
  });
});

test('history: a node group has its updates, its cluster others', async () => {
  const name = 'trading-prod';
  const ids = async (nodegroupName?: string) =>
    (await client().send(new ListUpdatesCommand({ name, ...(nodegroupName && { nodegroupName }) })))
      .updateIds ?? [];
  expect(
    [await ids(), await ids('gateway-arm'), await ids('feed-handlers')].map(({ length }) => length),
  ).toEqual([1, 1, 2]);

  const [updateId = ''] = await ids('gateway-arm');
  const { update } = await client().send(
    new DescribeUpdateCommand({ name, updateId, nodegroupName: 'gateway-arm' }),
  );
  expect(update).toMatchObject({ status: 'Failed', errors: [{ errorCode: 'NodeCreationFailure' }] });
  await expectFailure(
    client().send(new DescribeUpdateCommand({ name, updateId })),
    404,
    'ResourceNotFoundException',
  );
});

test.each([
  ['a cluster', () => new DescribeClusterCommand({ name: 'none' })],
  ['the node groups of a cluster', () => new ListNodegroupsCommand({ clusterName: 'none' })],
  ['an add-on', () => new DescribeAddonCommand({ clusterName: 'trading-prod', addonName: 'none' })],
  [
    'the updates of a node group',
    () => new ListUpdatesCommand({ name: 'trading-prod', nodegroupName: 'none' }),
  ],
])('%s that does not exist', async (_, command) => {
  const eks = client();
  await expectFailure(eks.send(command() as DescribeClusterCommand), 404, 'ResourceNotFoundException');
});

test('a node group that does not exist is named in the error', async () => {
  const call = client().send(
    new DescribeNodegroupCommand({ clusterName: 'trading-prod', nodegroupName: 'none' }),
  );
  const { nodegroupName } = await expectFailure(call, 404, 'ResourceNotFoundException');
  expect(nodegroupName).toBe('none');
});

test('more than 100 a page is refused', async () => {
  await expectFailure(
    client().send(new ListClustersCommand({ maxResults: 101 })),
    400,
    'InvalidParameterException',
  );
});
