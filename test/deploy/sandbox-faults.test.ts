/** What can go wrong between plan and accepted update: drift, damage, resets, cancellation, refusals of AWS. */
import { randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import type { ApplyProgress } from '../../src/deploy/apply/context';
import { finspaceTarget } from '../../src/deploy/finspace/target';
import { failureWords } from '../../src/view/messages/failure';
import { expectPlainWords } from '../nodegroup/plain';
import { BUCKET, type Deployed, PROD, Q_CODE, replacing } from './shop';
import { useShop } from './use-shop';

const shop = useShop(() => Q_CODE);
beforeEach(() => shop.remove('data/big.bin'));

const updates = async (name = 'eq-rdb') => (await shop.cluster(name)).updates;
const stateOf = ({ id }: Deployed) => shop.ledger.operation(id)?.state;
const stepsOf = ({ id }: Deployed) => shop.ledger.operation(id)?.steps.map(({ name }) => name) ?? [];
const requestsOf = async (operation: string) => shop.sandbox.control.requests({ operation });

/** So much that it goes in parts: incompressible, and the same each time. */
let large: Buffer | undefined;
function largeFile(): Buffer {
  large ??= randomBytes(40 * 1024 * 1024);
  return large;
}

describe('drift', () => {
  const configuration = {
    code: { s3Bucket: BUCKET, s3Key: 'equities/releases/equities.zip' },
    initializationScript: 'rdb/init.q',
    commandLineArguments: [
      { key: 's', value: '8' },
      { key: 'tickerplant', value: ':tickerplant.equities:5010' },
    ],
  };
  const foreign = (change: object) =>
    shop.sandbox.control.foreign({
      kind: 'kdb-configuration',
      environmentId: PROD,
      clusterName: 'eq-rdb',
      configuration: { ...configuration, ...change },
    });
  const CHANGES: readonly (readonly [string, object])[] = [
    ['code', { code: { s3Bucket: BUCKET, s3Key: 'other.zip' } }],
    ['script', { initializationScript: 'other.q' }],
    ['arguments', { commandLineArguments: [{ key: 's', value: '9' }] }],
  ];
  beforeEach(() => foreign({}));

  test.each(CHANGES)(
    'of the %s between plan and apply is stopped with nothing sent',
    async (part, change) => {
      const plan = await shop.plan(shop.input('eq-rdb'));
      await foreign(change);
      const deployed = await shop.apply(plan);
      expect(deployed.failure).toMatchObject({ code: 'drift', facts: { drift: [{ part }] } });
      expect([stateOf(deployed), await updates()]).toEqual(['drifted', []]);
      expect(await requestsOf('UpdateKxClusterCodeConfiguration')).toEqual([]);
    },
  );

  test.each(CHANGES)('of the %s while the zip is on its way is stopped, too', async (part, change) => {
    const plan = await shop.plan(shop.input('eq-rdb'));
    let changed: Promise<void> | undefined;
    const deployed = await shop.apply(plan, {
      context: {
        ports: {
          ...shop.ports,
          objects: replacing(shop.ports.objects, {
            put: async (...parts) => {
              changed ??= foreign(change);
              await changed;
              return shop.ports.objects.put(...parts);
            },
          }),
        },
      },
    });
    expect(deployed.failure).toMatchObject({ code: 'drift', facts: { drift: [{ part }] } });
    expect([stateOf(deployed), await updates()]).toEqual(['drifted', []]);
  });

  test('since the last deployment from here blocks the plan until it is agreed to', async () => {
    const first = await shop.deploy(shop.input('eq-rdb'));
    await shop.follow(first.id);
    const left = { ...first.plan.next, code: { ...first.plan.next.code, versionId: 'gone' } };
    const last = { operationId: first.id, at: 1, configuration: left };
    const blocked = await shop.deploy(shop.input('eq-rdb', { last }));
    expect(blocked.failure).toMatchObject({ code: 'plan-blocked', facts: { checks: ['drift.changed'] } });
    expect(await updates()).toHaveLength(1);
    const accepted = blocked.plan.current.configuration;
    const agreed = await shop.deploy(shop.input('eq-rdb', { last, accepted }));
    expect([agreed.failure, (await updates()).length]).toEqual([undefined, 2]);
  });

  test('between two windows: the second one finds the cluster busy, or changed', async () => {
    const [one, other] = await Promise.all([
      shop.plan(shop.input('eq-rdb')),
      shop.plan(shop.input('eq-rdb')),
    ]);
    const first = await shop.apply(one);
    const second = await shop.apply(other);
    expect(second.failure).toMatchObject({ code: 'cluster-not-ready', facts: { status: 'UPDATING' } });
    await shop.follow(first.id);
    const third = await shop.apply(other);
    expect([third.failure, stateOf(third)]).toMatchObject([{ code: 'drift' }, 'drifted']);
    expect(await updates()).toHaveLength(1);
  });

  test('after the last look is found while following', async () => {
    const { id } = await shop.deploy(shop.input('eq-rdb'));
    await shop.sandbox.control.advance(12 * 60_000);
    await shop.sandbox.control.foreign({
      kind: 'kdb-update',
      environmentId: PROD,
      clusterName: 'eq-rdb',
      code: configuration.code,
      deploymentConfiguration: { deploymentStrategy: 'ROLLING' },
    });
    await shop.sandbox.control.advance(12 * 60_000);
    const operation = await shop.follow(id);
    expect(operation).toMatchObject({
      state: 'failed',
      outcome: { failure: { code: 'foreign-change' }, facts: { parts: ['code', 'script', 'arguments'] } },
    });
  });
});

describe('another account', () => {
  test('than the pinned one blocks the plan; one that comes later stops everything that writes', async () => {
    const pinned = await shop.deploy(shop.input('eq-rdb', {}, { accountId: '999922223333' }));
    expect(pinned.failure).toMatchObject({ code: 'plan-blocked', facts: { checks: ['account.other'] } });
    const plan = await shop.plan(shop.input('eq-rdb'));
    await shop.sandbox.control.clearRequests();
    const other = {
      whoAmI: async () => ({ accountId: '999922223333', arn: 'arn:aws:iam::999922223333:root' }),
    };
    const deployed = await shop.apply(plan, { context: { ports: { ...shop.ports, identities: other } } });
    expect(deployed.failure).toMatchObject({ code: 'account-changed', facts: { found: '999922223333' } });
    expect((await shop.sandbox.control.requests()).filter(({ method }) => method === 'PUT')).toEqual([]);
  });
});

describe('damage', () => {
  test('on the way is refused by S3 and sent again', async () => {
    await shop.sandbox.control.fault({ kind: 'flip-request', operation: 'PutObject', times: 2 });
    const deployed = await shop.deploy(shop.input('eq-rdb'));
    expect(deployed.failure).toBeUndefined();
    expect((await requestsOf('PutObject')).map(({ status }) => status)).toEqual([400, 400, 200, 200]);
    expect((await shop.follow(deployed.id)).state).toBe('succeeded');
  });

  test('that does not go away ends it, with no update', async () => {
    await shop.sandbox.control.fault({ kind: 'flip-request', operation: 'PutObject' });
    const deployed = await shop.deploy(shop.input('eq-rdb'));
    expect(deployed.failure).toMatchObject({ kind: 'aws', reason: 'bad-digest' });
    expect([stateOf(deployed), await updates()]).toEqual(['failed', []]);
  });

  test('after storing is found before the update', async () => {
    const plan = await shop.plan(shop.input('eq-rdb'));
    await shop.sandbox.control.fault({ kind: 'flip', operation: 'GetObject' });
    const deployed = await shop.apply(plan);
    expect(deployed.failure).toMatchObject({ code: 'stored-zip-wrong' });
    expect([stateOf(deployed), await updates()]).toEqual(['failed', []]);
    expect(await requestsOf('UpdateKxClusterCodeConfiguration')).toEqual([]);
  });

  test('in a bucket without versions, by somebody who replaces the zip, is found before the update', async () => {
    const plan = await shop.plan(shop.input('eq-rdb'));
    const deployed = await shop.apply(plan, {
      context: {
        ports: {
          ...shop.ports,
          objects: replacing(shop.ports.objects, {
            put: async (request, signal) => {
              const stored = await shop.ports.objects.put(request, signal);
              if (request.contentType !== 'application/zip') return stored;
              const body = Buffer.from('planted');
              const planted = await shop.ports.objects.put({ ...request, body, onlyIfAbsent: false }, signal);
              return { ...stored, ...(planted.versionId && { versionId: planted.versionId }) };
            },
          }),
        },
      },
    });
    expect(deployed.failure).toMatchObject({ code: 'stored-zip-wrong' });
    expect([stateOf(deployed), await updates()]).toEqual(['failed', []]);
  });
});

describe('a large zip', () => {
  beforeEach(() => shop.write({ 'data/big.bin': largeFile() }));

  test('goes in parts, each sent again when the line is cut, and none is left', async () => {
    for (const kind of ['reset', 'reset-after'] as const) {
      await shop.sandbox.control.reset();
      await shop.sandbox.control.fault(
        ...[0, 1, 2, 3, 4].map((after) => ({ kind, operation: 'UploadPart', after: after * 2, times: 1 })),
        { kind, operation: 'CreateMultipartUpload', times: 1 },
        { kind, operation: 'CompleteMultipartUpload', times: 1 },
      );
      const deployed = await shop.deploy(shop.input('eq-rdb'));
      expect(deployed.failure).toBeUndefined();
      const cut = (await requestsOf('UploadPart')).filter(({ fault }) => fault !== undefined);
      expect(cut.length).toBeGreaterThanOrEqual(3);
      expect(await shop.unfinishedUploads()).toBe(0);
      expect((await shop.follow(deployed.id)).state).toBe('succeeded');
    }
  });

  test('whose parts are damaged on the way is sent again, by part', async () => {
    await shop.sandbox.control.fault({ kind: 'flip-request', operation: 'UploadPart', after: 1, times: 2 });
    const deployed = await shop.deploy(shop.input('eq-rdb'));
    expect(deployed.failure).toBeUndefined();
    expect((await requestsOf('UploadPart')).filter(({ status }) => status === 400)).toHaveLength(2);
    expect(await shop.unfinishedUploads()).toBe(0);
  });

  test('whose upload fails for good leaves nothing behind', async () => {
    const error = {
      kind: 'error',
      operation: 'UploadPart',
      after: 2,
      status: 403,
      code: 'AccessDenied',
      message: 'No.',
    };
    await shop.sandbox.control.fault(error as never);
    const deployed = await shop.deploy(shop.input('eq-rdb'));
    expect(deployed.failure).toMatchObject({ reason: 'access-denied' });
    expect([await shop.unfinishedUploads(), stateOf(deployed), await updates()]).toEqual([0, 'failed', []]);
  });

  test('with a small change is mostly copied inside S3', async () => {
    const first = await shop.deploy(shop.input('eq-rdb'));
    await shop.follow(first.id);
    await shop.sandbox.control.clearRequests();
    await shop.write({ 'lib/util.q': '.util.log:{-1 x;}\n' });
    const second = await shop.deploy(shop.input('eq-rdb'));
    expect(second.failure).toBeUndefined();
    const requests = await shop.sandbox.control.requests({ service: 's3' });
    expect(requests.filter(({ operation }) => operation === 'UploadPartCopy').length).toBeGreaterThan(0);
    expect(requests.reduce((sum, { bytesIn }) => sum + bytesIn, 0)).toBeLessThan(10 * 1024 * 1024);
    expect((await shop.follow(second.id)).state).toBe('succeeded');
  });

  test('of which nothing can be copied is sent as a whole, and says so', async () => {
    const first = await shop.deploy(shop.input('eq-rdb'));
    await shop.follow(first.id);
    await shop.write({ 'lib/util.q': '.util.log:{-2 x;}\n' });
    const error = {
      kind: 'error',
      operation: 'UploadPartCopy',
      status: 412,
      code: 'PreconditionFailed',
      message: 'No.',
    };
    await shop.sandbox.control.fault(error as never);
    const second = await shop.deploy(shop.input('eq-rdb'));
    expect(second.failure).toBeUndefined();
    expect(stepsOf(second)).toContain('copy-refused');
    expect(await shop.unfinishedUploads()).toBe(0);
    expect((await shop.follow(second.id)).state).toBe('succeeded');
  });
});

describe('cancelling', () => {
  const STEPS: readonly ApplyProgress['step'][] = [
    'packing',
    'uploading',
    'verifying',
    'recording',
    'looking',
    'sending',
  ];

  test.each(STEPS)('while %s changes nothing, and says so', async (step) => {
    if (step === 'uploading') await shop.write({ 'data/big.bin': largeFile() });
    const stop = new AbortController();
    const plan = await shop.plan(shop.input('eq-rdb'));
    const deployed = await shop.apply(plan, {
      signal: stop.signal,
      report: (progress) => {
        const begun = progress.step !== 'uploading' || progress.sent > 0;
        if (progress.step === step && begun) stop.abort();
      },
    });
    expect(deployed.failure).toEqual({ kind: 'cancelled' });
    expect(shop.ledger.operation(deployed.id)).toMatchObject({
      state: 'cancelled',
      outcome: { facts: { reason: 'user' } },
    });
    expect([await updates(), await shop.unfinishedUploads()]).toEqual([[], 0]);
    expect(await requestsOf('UpdateKxClusterCodeConfiguration')).toEqual([]);
  });

  test('before anything begins', async () => {
    const deployed = await shop.apply(await shop.plan(shop.input('eq-rdb')), { signal: AbortSignal.abort() });
    expect([deployed.failure, stateOf(deployed)]).toEqual([{ kind: 'cancelled' }, 'cancelled']);
  });

  test('after the request left has no effect: AWS has it', async () => {
    await shop.sandbox.control.fault({
      kind: 'delay',
      ms: 1_000,
      operation: 'UpdateKxClusterCodeConfiguration',
    });
    const stop = new AbortController();
    const finspace = replacing(shop.ports.finspace, {
      updateCode: async (...parts) => {
        const answer = shop.ports.finspace.updateCode(...parts);
        await expect.poll(async () => (await shop.sandbox.control.faults())[0]?.played).toBe(1);
        stop.abort();
        return answer;
      },
    });
    const deployed = await shop.apply(await shop.plan(shop.input('eq-rdb')), {
      signal: stop.signal,
      context: { target: finspaceTarget(finspace, [PROD, 'eq-rdb']) },
    });
    expect([stop.signal.aborted, deployed.failure, stateOf(deployed)]).toEqual([true, undefined, 'watching']);
    expect((await shop.follow(deployed.id)).state).toBe('succeeded');
  });
});

describe('what AWS answers to the update', () => {
  const sentence = (deployed: Deployed) => failureWords(deployed.failure!);
  const told: string[] = [];

  test.each([
    [400, 'ValidationException', 'invalid'],
    [400, 'LimitExceededException', 'limit'],
    [403, 'AccessDeniedException', 'access-denied'],
    [404, 'ResourceNotFoundException', 'not-found'],
    [409, 'ConflictException', 'conflict'],
    [429, 'ThrottlingException', 'throttled'],
  ])('%i %s ends it, with nothing changed and a sentence of its own', async (status, code, reason) => {
    const message = 'AWS says why.';
    await shop.sandbox.control.fault({
      kind: 'error',
      operation: 'UpdateKxClusterCodeConfiguration',
      status,
      code,
      message,
    });
    const deployed = await shop.deploy(shop.input('eq-rdb'));
    expect(deployed.failure).toMatchObject({ kind: 'aws', reason, name: code });
    expect([stateOf(deployed), await updates()]).toEqual(['failed', []]);
    expectPlainWords(sentence(deployed));
    told.push(sentence(deployed));
  });

  test('500 InternalServerException leaves it open, and the follower finds out', async () => {
    const [status, code] = [500, 'InternalServerException'];
    await shop.sandbox.control.fault({
      kind: 'error',
      operation: 'UpdateKxClusterCodeConfiguration',
      status,
      code,
      message: 'No.',
    });
    const deployed = await shop.deploy(shop.input('eq-rdb'));
    expect(deployed.failure).toMatchObject({ kind: 'aws', reason: 'server', name: code });
    expect(stateOf(deployed)).toBe('watching');
    expectPlainWords(sentence(deployed));
    told.push(sentence(deployed));
    expect(new Set(told).size).toBe(7);
  });

  test('nothing, and it was carried out: followed to its end', async () => {
    await shop.sandbox.control.fault({ kind: 'reset-after', operation: 'UpdateKxClusterCodeConfiguration' });
    const deployed = await shop.deploy(shop.input('eq-rdb'));
    expect([deployed.failure, stateOf(deployed)]).toMatchObject([
      { reason: 'network', answered: false },
      'watching',
    ]);
    expect((await shop.follow(deployed.id)).state).toBe('succeeded');
    expect(await updates()).toHaveLength(1);
  });

  test('a script that is not there brings the old configuration back, with the reason', async () => {
    const { configuration: before } = await shop.cluster('eq-rdb');
    const plan = await shop.plan(
      shop.input('eq-rdb', { initializationScript: { kind: 'value', value: 'no.q' } }),
    );
    const checks = plan.checks.filter(({ id }) => id !== 'script');
    const deployed = await shop.apply({ ...plan, checks });
    const operation = await shop.follow(deployed.id);
    expect(operation.outcome).toMatchObject({ state: 'failed', failure: { code: 'update-failed' } });
    expect(operation.outcome?.facts?.['statusReason']).toContain('no.q was not found');
    expect((await shop.cluster('eq-rdb')).configuration).toEqual(before);
  });
});
