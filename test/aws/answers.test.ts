/** What AWS says in its own shapes, and what the domain hears. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AwsPorts } from '../../src/aws/contract';
import { failureOf } from '../../src/model/failure';
import { type OpenedAws, openAws, staticProfile } from './open-aws';
import { type ScriptedServer, startScriptedServer } from './scripted-server';

const signal = new AbortController().signal;
let server: ScriptedServer;
let opened: OpenedAws;
let ports: AwsPorts;

beforeAll(async () => {
  server = await startScriptedServer();
  opened = await openAws();
  await opened.profiles({ config: staticProfile('p', server.url) });
  ports = (await opened.profile('p')).following;
});
afterAll(async () => {
  await opened.close();
  await server.close();
});

const json = (body: unknown) => server.answer({ status: 200, body: JSON.stringify(body) });
const xml = (body: string) => server.answer({ status: 200, headers: { 'content-type': 'text/xml' }, body });

describe('FinSpace', () => {
  it('an environment', async () => {
    json({
      environmentId: 'abc',
      name: 'prod',
      status: 'FAILED_UPDATING_NETWORK',
      environmentArn: 'arn:e',
      description: 'Tick',
      errorMessage: 'No route.',
      availabilityZoneIds: ['use1-az1'],
    });
    expect(await ports.finspace.getEnvironment('abc', signal)).toEqual({
      id: 'abc',
      name: 'prod',
      status: 'FAILED_UPDATING_NETWORK',
      phase: 'failed',
      arn: 'arn:e',
      description: 'Tick',
      statusReason: 'No route.',
      availabilityZoneIds: ['use1-az1'],
    });
  });

  it('a cluster with everything', async () => {
    json({
      clusterName: 'rdb',
      clusterType: 'RDB',
      status: 'UPDATING',
      statusReason: 'Code.',
      clusterDescription: 'Real time',
      releaseLabel: '1.0',
      createdTimestamp: 1_700_000_000.5,
      lastModifiedTimestamp: 1_700_000_100,
      code: { s3Bucket: 'b', s3Key: 'k.zip', s3ObjectVersion: 'v' },
      initializationScript: 'a/init.q',
      commandLineArguments: [{ key: 's', value: '4' }],
      capacityConfiguration: { nodeType: 'kx.s.large', nodeCount: 2 },
      executionRole: 'arn:r',
      azMode: 'SINGLE',
    });
    expect(await ports.finspace.getCluster('abc', 'rdb', signal)).toEqual({
      environmentId: 'abc',
      name: 'rdb',
      type: 'RDB',
      status: 'UPDATING',
      phase: 'busy',
      statusReason: 'Code.',
      description: 'Real time',
      releaseLabel: '1.0',
      createdAt: 1_700_000_000_500,
      modifiedAt: 1_700_000_100_000,
      configuration: {
        code: { bucket: 'b', key: 'k.zip', versionId: 'v' },
        initializationScript: 'a/init.q',
        commandLineArguments: [{ key: 's', value: '4' }],
      },
      nodeType: 'kx.s.large',
      nodeCount: 2,
      executionRole: 'arn:r',
    });
  });

  it.each([{}, { code: {} }, { code: { s3Bucket: '', s3Key: '' }, initializationScript: '' }])(
    'a cluster without code, however it is said: %j',
    async (more) => {
      json({ clusterName: 'new', clusterType: 'FUTURE', status: 'RUNNING', ...more });
      expect(await ports.finspace.getCluster('abc', 'new', signal)).toEqual({
        environmentId: 'abc',
        name: 'new',
        type: 'FUTURE',
        status: 'RUNNING',
        phase: 'ready',
        configuration: { commandLineArguments: [] },
      });
    },
  );

  it('a page of clusters', async () => {
    json({ kxClusterSummaries: [{ clusterName: 'a', clusterType: 'GP', status: 'X' }], nextToken: 'n' });
    expect(await ports.finspace.listClusters('abc', 'before', signal)).toEqual({
      items: [{ environmentId: 'abc', name: 'a', type: 'GP', status: 'X', phase: 'unknown' }],
      next: 'n',
    });
    expect(server.received.at(-1)?.url).toBe('/kx/environments/abc/clusters?nextToken=before');
  });

  it('an update sends what it is told and nothing else', async () => {
    server.answer({ status: 200, headers: { 'x-amzn-requestid': 'rid' }, body: '{}' });
    const request = {
      environmentId: 'abc',
      clusterName: 'rdb',
      clientToken: 'made-by-slipway',
      code: { bucket: 'b', key: 'k.zip', versionId: 'v' },
      initializationScript: 'init.q',
      commandLineArguments: [{ key: 's', value: '4' }],
      strategy: 'ROLLING',
    } as const;
    expect(await ports.finspace.updateCode(request, signal)).toEqual({ requestId: 'rid' });
    expect(server.received.at(-1)).toMatchObject({
      method: 'PUT',
      url: '/kx/environments/abc/clusters/rdb/configuration/code',
    });
    expect(JSON.parse(server.received.at(-1)?.body ?? '')).toEqual({
      clientToken: 'made-by-slipway',
      code: { s3Bucket: 'b', s3Key: 'k.zip', s3ObjectVersion: 'v' },
      initializationScript: 'init.q',
      commandLineArguments: [{ key: 's', value: '4' }],
      deploymentConfiguration: { deploymentStrategy: 'ROLLING' },
    });
    await ports.finspace.updateCode(
      {
        environmentId: 'abc',
        clusterName: 'gp',
        clientToken: 't',
        code: { bucket: 'b', key: 'k' },
        strategy: 'NO_RESTART',
      },
      signal,
    );
    expect(JSON.parse(server.received.at(-1)?.body ?? '')).toEqual({
      clientToken: 't',
      code: { s3Bucket: 'b', s3Key: 'k' },
      deploymentConfiguration: { deploymentStrategy: 'NO_RESTART' },
    });
  });
});

describe('EKS', () => {
  it('a cluster', async () => {
    json({
      cluster: {
        name: 'c',
        arn: 'arn:c',
        version: '1.33',
        status: 'ACTIVE',
        platformVersion: 'eks.1',
        upgradePolicy: { supportType: 'EXTENDED' },
        resourcesVpcConfig: {
          subnetIds: ['subnet-1'],
          endpointPublicAccess: true,
          endpointPrivateAccess: false,
          publicAccessCidrs: ['203.0.113.0/24'],
        },
        endpoint: 'https://abc.eks.amazonaws.com',
        certificateAuthority: { data: Buffer.from('PEM').toString('base64') },
        accessConfig: { authenticationMode: 'API_AND_CONFIG_MAP' },
        computeConfig: { enabled: true },
        logging: {
          clusterLogging: [
            { types: ['audit', 'api'], enabled: true },
            { types: ['scheduler'], enabled: false },
          ],
        },
        tags: { a: 'b' },
        health: { issues: [{ code: 'Other', message: 'm', resourceIds: ['r'] }] },
      },
    });
    expect(await ports.eks.describeCluster('c', signal)).toEqual({
      name: 'c',
      arn: 'arn:c',
      version: '1.33',
      status: 'ACTIVE',
      phase: 'ready',
      platformVersion: 'eks.1',
      supportType: 'EXTENDED',
      subnetIds: ['subnet-1'],
      tags: { a: 'b' },
      health: [{ code: 'Other', message: 'm', resourceIds: ['r'] }],
      api: {
        url: 'https://abc.eks.amazonaws.com',
        certificateAuthority: 'PEM',
        publicAccess: true,
        privateAccess: false,
        publicAccessCidrs: ['203.0.113.0/24'],
      },
      authenticationMode: 'API_AND_CONFIG_MAP',
      autoMode: true,
      logging: ['audit', 'api'],
    });
  });

  it('a cluster that is being made has no endpoint yet', async () => {
    json({ cluster: { name: 'c', arn: 'arn:c', version: '1.33', status: 'CREATING' } });
    const cluster = await ports.eks.describeCluster('c', signal);
    expect(cluster).not.toHaveProperty('api');
    expect(cluster).toMatchObject({ autoMode: false, logging: [] });
  });

  it('a node group with everything, and one with next to nothing', async () => {
    json({
      nodegroup: {
        clusterName: 'c',
        nodegroupName: 'n',
        nodegroupArn: 'arn:n',
        version: '1.32',
        releaseVersion: '1.32.1-20260101',
        status: 'DEGRADED',
        amiType: 'CUSTOM',
        capacityType: 'SPOT',
        instanceTypes: ['m7i.large'],
        scalingConfig: { minSize: 0, maxSize: 3, desiredSize: 2 },
        updateConfig: { maxUnavailablePercentage: 33, updateStrategy: 'MINIMAL' },
        launchTemplate: { id: 'lt-1', name: 'lt', version: '4' },
        subnets: ['subnet-1'],
        health: { issues: [{ code: 'NodeCreationFailure', message: 'm', resourceIds: ['i-1'] }] },
        tags: { t: 'v' },
        labels: { l: 'v' },
        createdAt: 1_700_000_000,
        modifiedAt: 1_700_000_001,
      },
    });
    expect(await ports.eks.describeNodegroup('c', 'n', signal)).toEqual({
      clusterName: 'c',
      name: 'n',
      arn: 'arn:n',
      version: '1.32',
      releaseVersion: '1.32.1-20260101',
      status: 'DEGRADED',
      phase: 'failed',
      amiType: 'CUSTOM',
      capacityType: 'SPOT',
      instanceTypes: ['m7i.large'],
      scaling: { min: 0, max: 3, desired: 2 },
      updateConfig: { maxUnavailablePercentage: 33, updateStrategy: 'MINIMAL' },
      launchTemplate: { id: 'lt-1', name: 'lt', version: '4' },
      subnetIds: ['subnet-1'],
      health: [{ code: 'NodeCreationFailure', message: 'm', resourceIds: ['i-1'] }],
      tags: { t: 'v' },
      labels: { l: 'v' },
      createdAt: 1_700_000_000_000,
      modifiedAt: 1_700_000_001_000,
    });
    json({ nodegroup: { clusterName: 'c', nodegroupName: 'n', status: 'NEVER_HEARD_OF' } });
    expect(await ports.eks.describeNodegroup('c', 'n', signal)).toMatchObject({
      phase: 'unknown',
      amiType: '',
      scaling: {},
      updateConfig: {},
      health: [],
    });
  });

  it('an update of a node group, and one of its cluster', async () => {
    const update = {
      id: 'u',
      status: 'Failed',
      type: 'VersionUpdate',
      params: [{ type: 'Version', value: '1.33' }],
      createdAt: 1_700_000_000,
      errors: [{ errorCode: 'PodEvictionFailure', errorMessage: 'm', resourceIds: ['ip-1'] }],
    };
    json({ update });
    expect(await ports.eks.describeUpdate('c', 'n', 'u', signal)).toEqual({
      id: 'u',
      status: 'Failed',
      type: 'VersionUpdate',
      params: [{ type: 'Version', value: '1.33' }],
      createdAt: 1_700_000_000_000,
      errors: [{ code: 'PodEvictionFailure', message: 'm', resourceIds: ['ip-1'] }],
    });
    expect(server.received.at(-1)?.url).toBe('/clusters/c/updates/u?nodegroupName=n');
    json({
      update: { ...update, status: 'Cancelled', cancellation: { status: 'Successful', reason: 'why' } },
    });
    const cancelled = await ports.eks.describeUpdate('c', 'n', 'u', signal);
    expect(cancelled).toMatchObject({ status: 'Cancelled', cancellation: 'why' });
    json({ updateIds: ['u'] });
    expect(await ports.eks.listUpdates('c', undefined, undefined, signal)).toEqual({ items: ['u'] });
    expect(server.received.at(-1)?.url).toBe('/clusters/c/updates');
  });

  it('versions, unsupported ones too, in both spellings of their status', async () => {
    json({
      clusterVersions: [
        {
          clusterVersion: '1.34',
          defaultVersion: true,
          versionStatus: 'STANDARD_SUPPORT',
          endOfStandardSupportDate: 1_800_000_000,
          endOfExtendedSupportDate: 1_830_000_000,
        },
        { clusterVersion: '1.31', status: 'extended-support' },
      ],
      nextToken: 'n',
    });
    expect(await ports.eks.clusterVersions(undefined, signal)).toEqual({
      items: [
        {
          version: '1.34',
          isDefault: true,
          status: 'STANDARD_SUPPORT',
          endOfStandardSupport: 1_800_000_000_000,
          endOfExtendedSupport: 1_830_000_000_000,
        },
        { version: '1.31', isDefault: false, status: 'EXTENDED_SUPPORT' },
      ],
      next: 'n',
    });
    expect(server.received.at(-1)?.url).toBe('/cluster-versions?includeAll=true');
  });

  it('insights', async () => {
    const insight = {
      id: 'i',
      name: 'Kubelet version skew',
      category: 'UPGRADE_READINESS',
      kubernetesVersion: '1.34',
      lastRefreshTime: 1_700_000_000,
      description: 'd',
      insightStatus: { status: 'ERROR', reason: 'r' },
    };
    const summary = {
      id: 'i',
      name: 'Kubelet version skew',
      category: 'UPGRADE_READINESS',
      status: 'ERROR',
      reason: 'r',
      kubernetesVersion: '1.34',
      description: 'd',
      refreshedAt: 1_700_000_000_000,
    };
    json({ insights: [insight] });
    expect(await ports.eks.listInsights('c', undefined, signal)).toEqual({ items: [summary] });
    json({
      insight: {
        ...insight,
        recommendation: 'Update.',
        additionalInfo: { docs: 'https://x' },
        resources: [
          { kubernetesResourceUri: '/api/v1/nodes/n', insightStatus: { status: 'ERROR', reason: 'old' } },
          { arn: 'arn:x' },
        ],
      },
    });
    expect(await ports.eks.describeInsight('c', 'i', signal)).toEqual({
      ...summary,
      recommendation: 'Update.',
      additionalInfo: { docs: 'https://x' },
      resources: [{ name: '/api/v1/nodes/n', status: 'ERROR', reason: 'old' }, { name: 'arn:x' }],
    });
  });

  it('add-ons and their versions', async () => {
    json({
      addon: {
        addonName: 'vpc-cni',
        addonVersion: 'v1',
        status: 'DEGRADED',
        health: { issues: [{ code: 'X', message: 'm', resourceIds: [] }] },
      },
    });
    expect(await ports.eks.describeAddon('c', 'vpc-cni', signal)).toEqual({
      name: 'vpc-cni',
      version: 'v1',
      status: 'DEGRADED',
      health: [{ code: 'X', message: 'm', resourceIds: [] }],
    });
    json({
      addons: [
        {
          addonName: 'vpc-cni',
          addonVersions: [
            { addonVersion: 'v2', compatibilities: [{ clusterVersion: '1.34', defaultVersion: true }] },
          ],
        },
      ],
    });
    const query = { addon: 'vpc-cni', kubernetesVersion: '1.34' };
    expect(await ports.eks.addonVersions(query, undefined, signal)).toEqual({
      items: [
        { addon: 'vpc-cni', version: 'v2', kubernetesVersions: [{ version: '1.34', isDefault: true }] },
      ],
    });
    expect(server.received.at(-1)?.url).toBe(
      '/addons/supported-versions?addonName=vpc-cni&kubernetesVersion=1.34',
    );
  });

  it.each([
    [{ version: '1.33' }, { version: '1.33' }],
    [
      { releaseVersion: '1.33.1-1', force: true },
      { releaseVersion: '1.33.1-1', force: true },
    ],
    [{ launchTemplate: { id: 'lt-1', version: '4' } }, { launchTemplate: { id: 'lt-1', version: '4' } }],
    [{ launchTemplate: { name: 'lt' } }, { launchTemplate: { name: 'lt' } }],
    [{}, {}],
  ])('an update sends what it is told and nothing else: %j', async (asked, sent) => {
    server.answer({
      status: 200,
      headers: { 'x-amzn-requestid': 'rid' },
      body: '{"update":{"id":"u","status":"InProgress","type":"VersionUpdate"}}',
    });
    const group = { clusterName: 'c', nodegroupName: 'n', clientRequestToken: 'made-by-slipway' };
    expect(await ports.eks.updateVersion({ ...group, ...asked }, signal)).toEqual({
      requestId: 'rid',
      update: { id: 'u', status: 'InProgress', type: 'VersionUpdate', params: [], errors: [] },
    });
    const request = server.received.at(-1);
    expect(request).toMatchObject({ method: 'POST', url: '/clusters/c/node-groups/n/update-version' });
    expect(JSON.parse(request?.body ?? '')).toEqual({ clientRequestToken: 'made-by-slipway', ...sent });
  });

  it('a change of how updates run', async () => {
    server.answer({ status: 200, body: '{"update":{"id":"u","status":"InProgress"}}' });
    await ports.eks.updateConfig(
      {
        clusterName: 'c',
        nodegroupName: 'n',
        clientRequestToken: 't',
        updateConfig: { maxUnavailable: 2, updateStrategy: 'MINIMAL' },
      },
      signal,
    );
    expect(JSON.parse(server.received.at(-1)?.body ?? '')).toEqual({
      clientRequestToken: 't',
      updateConfig: { maxUnavailable: 2, updateStrategy: 'MINIMAL' },
    });
  });

  it('an answer without its subject is none', async () => {
    json({});
    const thrown = await ports.eks.describeCluster('c', signal).catch((error: unknown) => error);
    expect(failureOf(thrown)).toMatchObject({
      kind: 'aws',
      message: "HTTP 200 OK in another form than AWS's: cluster is missing",
      passing: true,
      answered: false,
    });
  });
});

describe('EC2', () => {
  it('versions of a launch template, by id or by name', async () => {
    xml(
      '<DescribeLaunchTemplateVersionsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><launchTemplateVersionSet><item><launchTemplateId>lt-1</launchTemplateId><launchTemplateName>lt</launchTemplateName><versionNumber>4</versionNumber><versionDescription>d</versionDescription><createTime>2026-01-01T00:00:00.000Z</createTime><createdBy>arn:x</createdBy><defaultVersion>true</defaultVersion><launchTemplateData><imageId>ami-1</imageId><instanceType>m7i.large</instanceType></launchTemplateData></item></launchTemplateVersionSet><nextToken>n</nextToken></DescribeLaunchTemplateVersionsResponse>',
    );
    const template = { id: 'lt-1', name: 'lt', version: '3' };
    expect(await ports.compute.launchTemplateVersions(template, undefined, signal)).toEqual({
      items: [
        {
          templateId: 'lt-1',
          templateName: 'lt',
          number: 4,
          isDefault: true,
          description: 'd',
          createdAt: Date.UTC(2026, 0, 1),
          createdBy: 'arn:x',
          imageId: 'ami-1',
          instanceType: 'm7i.large',
        },
      ],
      next: 'n',
    });
    const sent = () => new URLSearchParams(server.received.at(-1)?.body);
    expect([sent().get('LaunchTemplateId'), sent().get('LaunchTemplateName')]).toEqual(['lt-1', null]);
    await ports.compute.launchTemplateVersions({ name: 'lt' }, 'next', signal);
    expect([sent().get('LaunchTemplateName'), sent().get('NextToken')]).toEqual(['lt', 'next']);
  });

  it('subnets, and no request for none', async () => {
    xml(
      '<DescribeSubnetsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><subnetSet><item><subnetId>subnet-1</subnetId><availabilityZone>us-east-1a</availabilityZone><availableIpAddressCount>250</availableIpAddressCount></item></subnetSet></DescribeSubnetsResponse>',
    );
    expect(await ports.compute.subnets(['subnet-1'], signal)).toEqual([
      { id: 'subnet-1', availabilityZone: 'us-east-1a', freeAddresses: 250 },
    ]);
    const before = server.received.length;
    expect(await ports.compute.subnets([], signal)).toEqual([]);
    expect(server.received).toHaveLength(before);
  });
});

describe('SSM and CloudWatch Logs', () => {
  it('a parameter, and none', async () => {
    json({ Parameter: { Name: '/p', Value: '1.33.1-1' } });
    expect(await ports.images.get('/p', signal)).toBe('1.33.1-1');
    server.answer({ status: 400, body: '{"__type":"ParameterNotFound"}' });
    expect(await ports.images.get('/p', signal)).toBeUndefined();
  });

  it('events', async () => {
    json({ events: [{ timestamp: 5, logStreamName: 's', message: 'm' }], nextToken: 'n' });
    expect(await ports.logs.events('g', 1, 'before', signal)).toEqual({
      items: [{ at: 5, stream: 's', message: 'm' }],
      next: 'n',
    });
    expect(JSON.parse(server.received.at(-1)?.body ?? '')).toEqual({
      logGroupName: 'g',
      startTime: 1,
      nextToken: 'before',
    });
  });
});
