/** Updates of node groups on the sandbox's EKS: what is taken, what is refused, and how it ends. */
import {
  DescribeNodegroupCommand,
  DescribeUpdateCommand,
  EKSClient,
  ListUpdatesCommand,
  UpdateNodegroupConfigCommand,
  type UpdateNodegroupConfigCommandInput,
  UpdateNodegroupVersionCommand,
  type UpdateNodegroupVersionCommandInput,
} from '@aws-sdk/client-eks';
import { describe, expect, test } from 'vitest';
import { expectFailure, judgedSandbox } from './judged-sandbox';

const aws = judgedSandbox();
const client = () => new EKSClient({ ...aws().sandbox.client, maxAttempts: 1 });

type Input = Partial<UpdateNodegroupVersionCommandInput>;
const WHERE = { clusterName: 'trading-prod', nodegroupName: 'feed-handlers' };
const CUSTOM = { clusterName: 'trading-prod', nodegroupName: 'oms-low-latency' };
const HARDENED = { clusterName: 'market-data', nodegroupName: 'hardened' };
const GUARDED = { clusterName: 'trading-prod', nodegroupName: 'oms-guarded' };

const update = async (input: Input = {}) =>
  (await client().send(new UpdateNodegroupVersionCommand({ ...WHERE, ...input }))).update;
const configure = async (input: Partial<UpdateNodegroupConfigCommandInput>) =>
  (await client().send(new UpdateNodegroupConfigCommand({ ...WHERE, ...input }))).update;
const read = async (where = WHERE) => (await client().send(new DescribeNodegroupCommand(where))).nodegroup;
const follow = async (updateId: string | undefined, { clusterName: name, nodegroupName } = WHERE) =>
  (await client().send(new DescribeUpdateCommand({ name, nodegroupName, updateId }))).update;

async function held({ clusterName, nodegroupName } = WHERE) {
  const { eksClusters } = await aws().state();
  const cluster = eksClusters.find(({ name }) => name === clusterName);
  return cluster?.nodegroups
    .find(({ name }) => name === nodegroupName)
    ?.updates.filter(({ by }) => by === 'caller');
}

describe('an accepted update', () => {
  test('is in progress for as long as its nodes take, and then the group is at the version', async () => {
    const where = { clusterName: 'trading-prod', nodegroupName: 'system' };
    const started = await update({ ...where, version: '1.32' });
    expect(started).toMatchObject({
      status: 'InProgress',
      type: 'VersionUpdate',
      errors: [],
      params: [
        { type: 'Version', value: '1.32' },
        { type: 'ReleaseVersion', value: '1.32.9-20251120' },
      ],
    });
    expect((await read(where))?.status).toBe('UPDATING');
    await aws().minutes(15);
    expect((await follow(started?.id, where))?.status).toBe('InProgress');
    await aws().minutes(1);
    expect((await follow(started?.id, where))?.status).toBe('Successful');
    expect(await read(where)).toMatchObject({
      status: 'ACTIVE',
      version: '1.32',
      releaseVersion: '1.32.9-20251120',
    });
    expect(await held(where)).toMatchObject([{ body: { version: '1.32' }, status: 'Successful' }]);
  });

  test('is found again among the updates of its node group', async () => {
    const started = await update({ version: '1.32' });
    const { updateIds } = await client().send(
      new ListUpdatesCommand({ name: WHERE.clusterName, nodegroupName: WHERE.nodegroupName }),
    );
    expect(updateIds).toHaveLength(3);
    expect(updateIds).toContain(started?.id);
  });

  test('heals a degraded group', async () => {
    const where = { clusterName: 'trading-prod', nodegroupName: 'gateway-arm' };
    await update({ ...where, version: '1.31' });
    await aws().minutes(60);
    expect(await read(where)).toMatchObject({ status: 'ACTIVE', version: '1.31', health: { issues: [] } });
  });

  test('takes a release that was asked for, an older version, and the newest without any', async () => {
    await update({ version: '1.32', releaseVersion: '1.32.9-20260914' });
    await aws().minutes(60);
    expect((await read())?.releaseVersion).toBe('1.32.9-20260914');
    await update({ version: '1.31' });
    await aws().minutes(60);
    expect((await read())?.version).toBe('1.31');
    await update();
    await aws().minutes(60);
    expect(await read()).toMatchObject({ version: '1.32', releaseVersion: '1.32.9-20261103' });
  });

  test('with its launch template: by name, by id, by $Latest, without a version', async () => {
    const versions: (string | undefined)[] = [];
    for (const launchTemplate of [
      { name: 'market-data-hardened', version: '3' },
      { id: 'lt-08f2b36d95ce74a10' },
      { id: 'lt-08f2b36d95ce74a10', version: '$Latest' },
    ]) {
      await update({ ...HARDENED, version: '1.33', launchTemplate });
      await aws().minutes(60);
      versions.push((await read(HARDENED))?.launchTemplate?.version);
    }
    expect(versions).toEqual(['3', '2', '3']);
  });

  test('of a custom AMI shows the AMI of its template as release', async () => {
    const started = await update({ ...CUSTOM, launchTemplate: { name: 'oms-low-latency', version: '5' } });
    expect(started?.params).toEqual([
      { type: 'LaunchTemplateName', value: 'oms-low-latency' },
      { type: 'LaunchTemplateVersion', value: '5' },
    ]);
    await aws().minutes(60);
    expect((await read(CUSTOM))?.releaseVersion).toBe('ami-0e80c51b2d7fa6394');
  });
});

describe('a token', () => {
  test('that comes again brings the same update', async () => {
    const input = { version: '1.32', clientRequestToken: 'one' };
    const [first, again] = [await update(input), await update(input)];
    await aws().minutes(60);
    const late = await update(input);
    expect([again?.id, late?.id, late?.status]).toEqual([first?.id, first?.id, 'Successful']);
    expect(await held()).toHaveLength(1);
  });

  test('that comes again with other parameters is refused', async () => {
    await update({ version: '1.32', clientRequestToken: 'one' });
    await expectFailure(
      update({ version: '1.31', clientRequestToken: 'one' }),
      400,
      'InvalidParameterException',
    );
  });
});

describe('refused', () => {
  test('while another update runs', async () => {
    await update();
    const { nodegroupName } = await expectFailure(update({ force: true }), 409, 'ResourceInUseException');
    expect(nodegroupName).toBe('feed-handlers');
  });

  test.each<[string, string, Input]>([
    ['a version newer than the control plane', 'InvalidParameterException', { version: '1.33' }],
    [
      'a version four behind the control plane',
      'InvalidParameterException',
      { clusterName: 'research-gpu', nodegroupName: 'training', version: '1.30' },
    ],
    ['a version that does not exist', 'InvalidParameterException', { version: '1.99' }],
    ['something that is no version', 'InvalidParameterException', { version: 'newest' }],
    [
      'a version that the AMI type has ended before',
      'InvalidParameterException',
      { clusterName: 'market-data', nodegroupName: 'replay-al2', version: '1.33' },
    ],
    [
      'a release that does not exist',
      'InvalidParameterException',
      { version: '1.32', releaseVersion: '1.32.9-20200101' },
    ],
    [
      'a release of another version',
      'InvalidParameterException',
      { version: '1.32', releaseVersion: '1.31.13-20261103' },
    ],
    [
      'a template for a group that was made without',
      'InvalidRequestException',
      { launchTemplate: { name: 'oms-low-latency' } },
    ],
    [
      'another template',
      'InvalidRequestException',
      { ...HARDENED, launchTemplate: { name: 'oms-low-latency' } },
    ],
    [
      'id and name of the template',
      'InvalidParameterException',
      { ...HARDENED, launchTemplate: { id: 'lt-08f2b36d95ce74a10', name: 'market-data-hardened' } },
    ],
    [
      'neither id nor name of the template',
      'InvalidParameterException',
      { ...HARDENED, launchTemplate: { version: '1' } },
    ],
    [
      'a template version that does not exist',
      'InvalidParameterException',
      { ...HARDENED, launchTemplate: { name: 'market-data-hardened', version: '9' } },
    ],
    ['a version for a custom AMI', 'InvalidParameterException', { ...CUSTOM, version: '1.32' }],
    [
      'a release for a custom AMI',
      'InvalidParameterException',
      { ...CUSTOM, releaseVersion: '1.32.9-20261103' },
    ],
    [
      'a group that is being deleted',
      'InvalidRequestException',
      { clusterName: 'risk-batch', nodegroupName: 'retiring' },
    ],
  ])('%s', async (_, name, input) => {
    await expectFailure(update(input), 400, name);
  });

  test.each([
    ['a cluster', { clusterName: 'none' }],
    ['a node group', { nodegroupName: 'none' }],
  ])('%s that does not exist', async (_, input) => {
    await expectFailure(update(input), 404, 'ResourceNotFoundException');
  });

  test('a value of another type', async () => {
    await expectFailure(update({ force: 'yes' as unknown as boolean }), 400, 'SerializationException');
  });
});

describe('an update that fails', () => {
  test('for a disruption budget, unless it is forced', async () => {
    const started = await update({ ...GUARDED, version: '1.32' });
    await aws().minutes(60);
    expect(await follow(started?.id, GUARDED)).toMatchObject({
      status: 'Failed',
      errors: [{ errorCode: 'PodEvictionFailure', resourceIds: ['ip-10-20-14-201.ec2.internal'] }],
    });
    expect(await read(GUARDED)).toMatchObject({
      status: 'DEGRADED',
      version: '1.31',
      health: { issues: [{ code: 'PodEvictionFailure' }] },
    });

    const forced = await update({ ...GUARDED, version: '1.32', force: true });
    await aws().minutes(60);
    expect((await follow(forced?.id, GUARDED))?.status).toBe('Successful');
    expect(await read(GUARDED)).toMatchObject({ status: 'ACTIVE', version: '1.32', health: { issues: [] } });
  });

  test('for a subnet without free addresses', async () => {
    const where = { clusterName: 'market-data', nodegroupName: 'legacy-subnets' };
    const started = await update({ ...where, version: '1.33' });
    await aws().minutes(60);
    expect((await follow(started?.id, where))?.errors?.[0]?.errorCode).toBe('InsufficientFreeAddresses');
  });

  test('in a way that was chosen, once', async () => {
    const error = {
      errorCode: 'EniLimitReached',
      errorMessage: 'No more interfaces',
      resourceIds: ['eni-1'],
    };
    await aws().sandbox.control.settings({
      eks: { nextUpdateFails: { 'trading-prod/feed-handlers': [error] } },
    });
    const started = await update();
    await aws().minutes(60);
    expect(await follow(started?.id)).toMatchObject({ status: 'Failed', errors: [error] });
    // The group has no health issue of that code, so it is as it was.
    expect(await read()).toMatchObject({ status: 'ACTIVE', version: '1.32' });
    const again = await update();
    await aws().minutes(60);
    expect((await follow(again?.id))?.status).toBe('Successful');
  });
});

describe('settings of a node group', () => {
  test('are changed', async () => {
    const started = await configure({
      labels: { addOrUpdateLabels: { tier: 'feed' } },
      taints: { addOrUpdateTaints: [{ key: 'dedicated', value: 'feed', effect: 'NO_SCHEDULE' }] },
      scalingConfig: { maxSize: 12 },
      updateConfig: { maxUnavailablePercentage: 50, updateStrategy: 'MINIMAL' },
    });
    expect(started).toMatchObject({ type: 'ConfigUpdate', status: 'InProgress' });
    expect(started?.params).toContainEqual({ type: 'MaxUnavailablePercentage', value: '50' });
    await aws().minutes(1);
    expect(await read()).toMatchObject({
      status: 'ACTIVE',
      labels: { tier: 'feed' },
      taints: [{ key: 'dedicated' }],
      scalingConfig: { minSize: 1, maxSize: 12, desiredSize: 6 },
      updateConfig: { maxUnavailablePercentage: 50, updateStrategy: 'MINIMAL' },
    });
    expect((await read())?.updateConfig?.maxUnavailable).toBeUndefined();

    await configure({
      labels: { removeLabels: ['tier'] },
      taints: { removeTaints: [{ key: 'dedicated', effect: 'NO_SCHEDULE' }] },
    });
    await aws().minutes(1);
    const after = await read();
    expect([after?.labels, after?.taints]).toEqual([{}, undefined]);
  });

  test.each<[string, Partial<UpdateNodegroupConfigCommandInput>]>([
    [
      'a number and a percentage at once',
      { updateConfig: { maxUnavailable: 1, maxUnavailablePercentage: 10 } },
    ],
    ['none unavailable', { updateConfig: { maxUnavailable: 0 } }],
    ['more than 100 unavailable', { updateConfig: { maxUnavailable: 101 } }],
    ['more than 100 percent', { updateConfig: { maxUnavailablePercentage: 101 } }],
    ['a strategy that does not exist', { updateConfig: { updateStrategy: 'FAST' as 'MINIMAL' } }],
    ['fewer at most than wanted', { scalingConfig: { maxSize: 2 } }],
  ])('are refused with %s', async (_, input) => {
    await expectFailure(configure(input), 400, 'InvalidParameterException');
  });

  test('that the sandbox does not play are refused, not passed over', async () => {
    await expectFailure(configure({ nodeRepairConfig: { enabled: true } }), 400, 'InvalidRequestException');
  });
});

describe('somebody else', () => {
  const foreign = (action: object) => aws().sandbox.control.foreign(action);

  test('starts an update', async () => {
    await foreign({ kind: 'nodegroup-update', ...WHERE, version: '1.32' });
    expect((await read())?.status).toBe('UPDATING');
    await expectFailure(update(), 409, 'ResourceInUseException');
  });

  test('is AWS, and cancels', async () => {
    const started = await update({ version: '1.31' });
    await foreign({ kind: 'nodegroup-cancel', ...WHERE });
    expect(await follow(started?.id)).toMatchObject({
      status: 'Cancelled',
      cancellation: { status: 'Successful' },
    });
    await aws().minutes(60);
    expect((await follow(started?.id))?.status).toBe('Cancelled');
    expect(await read()).toMatchObject({ status: 'ACTIVE', version: '1.32' });
    await expect(foreign({ kind: 'nodegroup-cancel', ...WHERE })).rejects.toThrow(/No update is running/);
  });

  test('makes a group ill and well', async () => {
    const issues = [{ code: 'Ec2SubnetNotFound', message: 'gone', resourceIds: ['subnet-1'] }];
    await foreign({ kind: 'nodegroup-health', ...WHERE, issues });
    expect(await read()).toMatchObject({ status: 'DEGRADED', health: { issues } });
    await foreign({ kind: 'nodegroup-health', ...WHERE, issues: [] });
    expect(await read()).toMatchObject({ status: 'ACTIVE', health: { issues: [] } });
  });

  test('keeps pods on a node', async () => {
    // The first of the group that the trading cluster's seed gives certain names.
    const node = 'ip-10-20-29-33.ec2.internal';
    await foreign({ kind: 'nodegroup-guard', ...GUARDED, nodes: [node] });
    const started = await update({ ...GUARDED, force: false });
    await aws().minutes(60);
    const [error] = (await follow(started?.id, GUARDED))?.errors ?? [];
    expect(error?.errorCode).toBe('PodEvictionFailure');
    await expect(foreign({ kind: 'nodegroup-guard', ...WHERE, nodes: ['ip-1'] })).rejects.toThrow(
      /There is no node ip-1/,
    );
  });

  test('brings a fleet, and the most updates at once are counted', async () => {
    await foreign({ kind: 'fleet', clusters: 2, nodegroupsEach: 3, kdbClusters: 4 });
    const start = (clusterName: string, nodegroupName: string) =>
      update({ clusterName, nodegroupName, version: '1.33' });
    await Promise.all([
      start('fleet-001', 'nodes-001'),
      start('fleet-001', 'nodes-002'),
      start('fleet-002', 'nodes-001'),
    ]);
    await aws().minutes(60);
    await start('fleet-002', 'nodes-003');
    const { peakNodegroupUpdates, eksClusters, kdbClusters } = await aws().state();
    const peaks = eksClusters
      .filter(({ name }) => name.startsWith('fleet'))
      .map((one) => one.peakNodegroupUpdates);
    expect([peakNodegroupUpdates, peaks]).toEqual([3, [2, 1]]);
    expect(kdbClusters.filter(({ clusterName }) => clusterName.startsWith('fleet'))).toHaveLength(4);
  });
});
