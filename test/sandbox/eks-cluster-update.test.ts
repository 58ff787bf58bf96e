/** Control planes on the sandbox's EKS: one version up, back within a week, what can be cancelled, and insights anew. */
import {
  CancelUpdateCommand,
  DescribeClusterCommand,
  DescribeInsightsRefreshCommand,
  DescribeUpdateCommand,
  EKSClient,
  type InsightStatusValue,
  ListInsightsCommand,
  ListUpdatesCommand,
  StartInsightsRefreshCommand,
  UpdateClusterVersionCommand,
  type UpdateClusterVersionCommandInput,
  UpdateNodegroupVersionCommand,
} from '@aws-sdk/client-eks';
import { beforeEach, describe, expect, test } from 'vitest';
import { expectFailure, judgedSandbox } from './judged-sandbox';

const aws = judgedSandbox();
const client = () => new EKSClient({ ...aws().sandbox.client, maxAttempts: 1 });
const name = 'trading-prod';
const DAY = 24 * 60;

type Input = Partial<UpdateClusterVersionCommandInput>;
const update = async (version: string, input: Input = {}) =>
  (await client().send(new UpdateClusterVersionCommand({ name, version, force: true, ...input }))).update;
const follow = async (updateId: string | undefined) =>
  (await client().send(new DescribeUpdateCommand({ name, updateId }))).update;
const cluster = async () => (await client().send(new DescribeClusterCommand({ name }))).cluster;
const cancel = async (updateId: string | undefined, clientRequestToken?: string) =>
  (await client().send(new CancelUpdateCommand({ name, updateId, clientRequestToken }))).update;
const updateGroup = async (version: string, nodegroupName = 'feed-handlers') =>
  (await client().send(new UpdateNodegroupVersionCommand({ clusterName: name, nodegroupName, version })))
    .update;

/** From 1.32, as it is seeded, to 1.33. */
async function upgraded(): Promise<void> {
  const started = await update('1.33');
  await aws().minutes(10);
  expect((await follow(started?.id))?.status).toBe('Successful');
}

describe('a cluster', () => {
  test('goes one version up, and is updating meanwhile', async () => {
    const started = await update('1.33');
    expect(started).toMatchObject({
      status: 'InProgress',
      type: 'VersionUpdate',
      params: [
        { type: 'Version', value: '1.33' },
        { type: 'PlatformVersion', value: 'eks.17' },
      ],
    });
    expect(await cluster()).toMatchObject({ status: 'UPDATING', version: '1.32' });
    await expectFailure(update('1.33'), 409, 'ResourceInUseException');
    await expectFailure(updateGroup('1.32'), 400, 'InvalidRequestException');
    await aws().minutes(10);
    expect(await cluster()).toMatchObject({ status: 'ACTIVE', version: '1.33' });
    const { updateIds } = await client().send(new ListUpdatesCommand({ name }));
    expect(updateIds).toContain(started?.id);
    expect((await updateGroup('1.33'))?.params).toContainEqual({ type: 'Version', value: '1.33' });
  });

  test('is told why when it cannot', async () => {
    await expectFailure(update('1.32'), 400, 'InvalidParameterException');
    await expectFailure(update('1.34'), 400, 'InvalidParameterException');
    await expectFailure(update('1.99'), 400, 'InvalidParameterException');
    await expectFailure(
      update('1.33', { rollbackConfig: { timeoutMinutes: 120 } }),
      400,
      'InvalidParameterException',
    );
    await expectFailure(update('1.33', { name: 'nowhere' }), 404, 'ResourceNotFoundException');
    await upgraded();
    // gateway-arm stays at 1.30: one more version would leave it four behind.
    const far = await expectFailure(update('1.34'), 400, 'InvalidRequestException');
    expect(far.message).toContain('gateway-arm');
  });

  test('is held back by insights that are errors, unless forced', async () => {
    const held = await expectFailure(update('1.33', { force: false }), 400, 'InvalidStateException');
    expect(held.message).toContain('EKS add-on version compatibility');
    expect((await cluster())?.status).toBe('ACTIVE');
    expect((await update('1.33'))?.status).toBe('InProgress');
    // Its error is about the version after the next.
    const other = await update('1.31', { name: 'risk-batch', force: false });
    expect(other?.status).toBe('InProgress');
  });

  test('ends its update once with the errors that were asked for', async () => {
    const errors = [{ errorCode: 'SubnetNotFound', errorMessage: 'It is gone', resourceIds: ['subnet-1'] }];
    await aws().sandbox.control.settings({ eks: { nextUpdateFails: { [name]: errors } } });
    const started = await update('1.33');
    await aws().minutes(10);
    expect(await follow(started?.id)).toMatchObject({ status: 'Failed', errors });
    expect(await cluster()).toMatchObject({ status: 'ACTIVE', version: '1.32' });
    await upgraded();
  });

  test('takes a repeated token for the same update', async () => {
    const [one, two] = [
      await update('1.33', { clientRequestToken: 't' }),
      await update('1.33', { clientRequestToken: 't' }),
    ];
    expect(two?.id).toBe(one?.id);
    await expectFailure(update('1.34', { clientRequestToken: 't' }), 400, 'InvalidParameterException');
  });
});

describe('a rollback', () => {
  test('is a VersionRollback to the version before, once', async () => {
    await upgraded();
    const started = await update('1.32', { rollbackConfig: { timeoutMinutes: 10_080 } });
    expect(started).toMatchObject({ status: 'InProgress', type: 'VersionRollback' });
    expect((await cluster())?.status).toBe('UPDATING');
    await aws().minutes(10);
    expect((await follow(started?.id))?.status).toBe('Successful');
    expect(await cluster()).toMatchObject({ status: 'ACTIVE', version: '1.32' });
    await expectFailure(update('1.31'), 400, 'InvalidRequestException');
  });

  test('is refused without an upgrade, after a week, and beyond one version', async () => {
    await expectFailure(update('1.31'), 400, 'InvalidRequestException');
    await upgraded();
    await expectFailure(update('1.31'), 400, 'InvalidParameterException');
    await aws().minutes(7 * DAY + 1);
    const late = await expectFailure(update('1.32'), 400, 'InvalidRequestException');
    expect(late.message).toContain('7 days');
  });

  test.each([119, 10_081])('takes no timeout of %i minutes', async (timeoutMinutes) => {
    await upgraded();
    await expectFailure(
      update('1.32', { rollbackConfig: { timeoutMinutes } }),
      400,
      'InvalidParameterException',
    );
  });

  test('waits for the node groups to go back first', async () => {
    await upgraded();
    await updateGroup('1.33');
    await aws().minutes(60);
    const early = await expectFailure(update('1.32'), 400, 'InvalidRequestException');
    expect(early.message).toContain('feed-handlers');
    await updateGroup('1.32');
    await aws().minutes(60);
    expect((await update('1.32'))?.type).toBe('VersionRollback');
  });
});

describe('CancelUpdate', () => {
  beforeEach(async () => {
    await aws().sandbox.control.settings({ eks: { autoMode: [name] } });
    await upgraded();
  });

  test('stops a rollback whose nodes are on their way, for one token once', async () => {
    expect((await cluster())?.computeConfig?.enabled).toBe(true);
    const started = await update('1.32');
    await aws().minutes(19);
    const cancelled = await cancel(started?.id, 't');
    expect(cancelled).toMatchObject({
      status: 'Cancelled',
      type: 'VersionRollback',
      cancellation: { status: 'Successful', reason: expect.stringMatching(/./) },
    });
    expect((await cancel(started?.id, 't'))?.id).toBe(started?.id);
    await expectFailure(cancel(started?.id, 'another'), 400, 'InvalidRequestException');
    expect(await cluster()).toMatchObject({ status: 'ACTIVE', version: '1.33' });
    await aws().minutes(60);
    expect(await cluster()).toMatchObject({ status: 'ACTIVE', version: '1.33' });
    expect((await update('1.32'))?.status).toBe('InProgress');
  });

  test('comes too late once the control plane goes back, which goes on', async () => {
    const started = await update('1.32');
    await aws().minutes(20);
    const late = await expectFailure(cancel(started?.id), 400, 'InvalidRequestException');
    expect(late.message).toContain('control plane');
    await aws().minutes(10);
    expect((await follow(started?.id))?.status).toBe('Successful');
    await expectFailure(cancel(started?.id), 400, 'InvalidRequestException');
  });

  test('cancels no other update', async () => {
    const group = await updateGroup('1.33');
    await expectFailure(cancel(group?.id), 400, 'InvalidRequestException');
    await expectFailure(cancel('00000000-0000-4000-8000-000000000000'), 404, 'ResourceNotFoundException');
  });
});

describe('insights', () => {
  const refresh = () => client().send(new StartInsightsRefreshCommand({ clusterName: name }));
  const state = () => client().send(new DescribeInsightsRefreshCommand({ clusterName: name }));
  const skew = async (): Promise<InsightStatusValue | undefined> => {
    const { insights } = await client().send(new ListInsightsCommand({ clusterName: name }));
    return insights?.find((insight) => insight.name === 'Kubelet version skew')?.insightStatus?.status;
  };

  test('are looked at anew on demand, not before', async () => {
    const daily = await state();
    expect(daily).toMatchObject({ status: 'COMPLETED', startedAt: daily.endedAt });
    for (const group of ['system', 'gateway-arm', 'oms-guarded']) {
      const { update: started } = await client().send(
        new UpdateNodegroupVersionCommand({
          clusterName: name,
          nodegroupName: group,
          version: '1.32',
          force: true,
        }),
      );
      expect(started?.status).toBe('InProgress');
    }
    await aws().minutes(120);
    expect(await skew()).toBe('WARNING');
    expect((await refresh()).status).toBe('IN_PROGRESS');
    expect(await state()).toMatchObject({ status: 'IN_PROGRESS' });
    await expectFailure(refresh(), 400, 'InvalidRequestException');
    await aws().minutes(2);
    const done = await state();
    expect(done.status).toBe('COMPLETED');
    expect(done.endedAt?.getTime()).toBeGreaterThan(daily.endedAt?.getTime() ?? Number.NaN);
    expect(await skew()).toBe('PASSING');
    expect((await refresh()).status).toBe('IN_PROGRESS');
  });
});
