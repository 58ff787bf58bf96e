/** The services of the sandbox through the real SDK: pages, changes by token, lost answers, the log. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AwsPorts, AwsSession } from '../../src/aws/contract';
import type { CodeUpdateRequest } from '../../src/deploy/finspace/ports';
import { failureOf } from '../../src/model/failure';
import { allItems, everyItem } from '../../src/model/page';
import { expectLawful } from '../contract/lawful';
import { startTestSandbox, type TestSandbox } from '../sandbox/start';
import { type OpenedAws, openInSandbox } from './open-aws';

const signal = new AbortController().signal;
let sandbox: TestSandbox;
let opened: OpenedAws & { readonly session: AwsSession };
/** With three tries. */
let patient: AwsPorts;
/** With one, and at any rate. */
let ports: AwsPorts;

beforeAll(async () => {
  sandbox = await startTestSandbox({ recordBodies: true });
  opened = await openInSandbox(sandbox);
  patient = opened.session.interactive;
  ports = opened.session.following;
});
afterAll(async () => {
  await opened.close();
  await sandbox.stop();
});
beforeEach(async () => {
  await sandbox.control.reset();
  await sandbox.control.recordBodies(true);
});
afterEach(async () => {
  expectLawful(await sandbox.control.requests());
});

/** The first running cluster of a ready environment. */
async function someCluster(): Promise<CodeUpdateRequest> {
  for await (const { id, phase } of everyItem((next) => ports.finspace.listEnvironments(next, signal))) {
    if (phase !== 'ready') continue;
    for await (const { name, status } of everyItem((next) => ports.finspace.listClusters(id, next, signal))) {
      if (status !== 'RUNNING') continue;
      const { configuration } = await ports.finspace.getCluster(id, name, signal);
      const { code } = configuration;
      if (code === undefined) continue;
      return {
        environmentId: id,
        clusterName: name,
        clientToken: `token-${name}`,
        ...configuration,
        code,
        strategy: 'ROLLING',
      };
    }
  }
  throw new Error('the sandbox has no running cluster with code');
}

/** The first active node group that can be moved to its cluster's version. */
async function someNodegroup() {
  for await (const clusterName of everyItem((next) => ports.eks.listClusters(next, signal))) {
    const { version } = await ports.eks.describeCluster(clusterName, signal);
    for await (const nodegroupName of everyItem((next) =>
      ports.eks.listNodegroups(clusterName, next, signal),
    )) {
      const group = await ports.eks.describeNodegroup(clusterName, nodegroupName, signal);
      const { status, amiType } = group;
      if (status === 'ACTIVE' && amiType.startsWith('AL2023')) {
        return { clusterName, nodegroupName, version, clientRequestToken: `token-${nodegroupName}` };
      }
    }
  }
  throw new Error('the sandbox has no node group to update');
}

const updatesSent = async (operation: string) => (await sandbox.control.requests({ operation })).length;

describe('lists', () => {
  it('give the same whatever the size of their pages', async () => {
    const everything = async () => {
      const environments = await allItems((next) => ports.finspace.listEnvironments(next, signal));
      const kdb = await Promise.all(
        environments.map(({ id }) => allItems((next) => ports.finspace.listClusters(id, next, signal))),
      );
      const clusters = await allItems((next) => ports.eks.listClusters(next, signal));
      const groups = await Promise.all(
        clusters.map((name) => allItems((next) => ports.eks.listNodegroups(name, next, signal))),
      );
      const insights = await allItems((next) => ports.eks.listInsights(clusters[0] ?? '', next, signal));
      const versions = await allItems((next) => ports.eks.clusterVersions(next, signal));
      return { environments, kdb, clusters, groups, insights, versions };
    };
    const whole = await everything();
    await sandbox.control.settings({ pageSize: 1 });
    expect(await everything()).toEqual(whole);
    expect(whole.clusters.length).toBeGreaterThan(1);
    expect(whole.kdb.flat().length).toBeGreaterThan(4);
  });
});

describe('a code update', () => {
  it('is carried out, and seen', async () => {
    const request = await someCluster();
    const accepted = await patient.finspace.updateCode(
      { ...request, commandLineArguments: [{ key: 's', value: '2' }] },
      signal,
    );
    const [logged] = await sandbox.control.requests({ operation: 'UpdateKxClusterCodeConfiguration' });
    expect(accepted.requestId).toBe(logged?.requestId);
    await sandbox.control.advance(3_600_000);
    const cluster = await ports.finspace.getCluster(request.environmentId, request.clusterName, signal);
    expect(cluster).toMatchObject({
      status: 'RUNNING',
      configuration: { code: request.code, commandLineArguments: [{ key: 's', value: '2' }] },
    });
  });

  it.each(['reset-after', 'truncate'] as const)(
    'whose answer is lost (%s) is sent again with the same token, and made once',
    async (kind) => {
      const request = await someCluster();
      await sandbox.control.fault({ kind, operation: 'UpdateKxClusterCodeConfiguration', times: 1 });
      await patient.finspace.updateCode(request, signal);
      const sent = await sandbox.control.requests({ operation: 'UpdateKxClusterCodeConfiguration' });
      const tokens = sent.map(({ exchange }) => {
        const body = Buffer.from(exchange?.requestBody ?? '', 'base64').toString('utf8');
        return (JSON.parse(body) as { clientToken: string }).clientToken;
      });
      expect(tokens).toEqual([request.clientToken, request.clientToken]);
    },
  );

  it('survives the HTML 503 that the client itself gives up on', async () => {
    const request = await someCluster();
    await sandbox.control.fault({
      kind: 'html',
      status: 503,
      operation: 'UpdateKxClusterCodeConfiguration',
      times: 2,
    });
    await patient.finspace.updateCode(request, signal);
    expect(await updatesSent('UpdateKxClusterCodeConfiguration')).toBe(3);
  });

  it('that gets no answer at all leaves open whether it was made', async () => {
    const request = await someCluster();
    await sandbox.control.fault({ kind: 'reset-after', operation: 'UpdateKxClusterCodeConfiguration' });
    const thrown = await ports.finspace.updateCode(request, signal).catch((error: unknown) => error);
    expect(failureOf(thrown)).toMatchObject({ reason: 'network', passing: true, answered: false });
    expect(await updatesSent('UpdateKxClusterCodeConfiguration')).toBe(1);
    await sandbox.control.advance(60_000);
    const cluster = await ports.finspace.getCluster(request.environmentId, request.clusterName, signal);
    expect(cluster.status).toBe('UPDATING');
  });

  it('cancelled under way keeps its answer, and one cancelled before is not sent', async () => {
    const request = await someCluster();
    const cancel = new AbortController();
    await sandbox.control.fault({ kind: 'delay', ms: 1_000, operation: 'UpdateKxClusterCodeConfiguration' });
    const call = patient.finspace.updateCode(request, cancel.signal);
    await expect.poll(async () => (await sandbox.control.faults())[0]?.played).toBe(1);
    cancel.abort();
    await expect(call).resolves.toHaveProperty('requestId');
    const late = patient.finspace.updateCode(request, cancel.signal).catch((error: unknown) => error);
    expect(failureOf(await late)).toEqual({ kind: 'cancelled' });
    expect(await updatesSent('UpdateKxClusterCodeConfiguration')).toBe(1);
  });

  it.each([
    ['ConflictException', 409, 'conflict'],
    ['ThrottlingException', 429, 'throttled'],
    ['AccessDeniedException', 403, 'access-denied'],
    ['ResourceNotFoundException', 404, 'not-found'],
    ['ValidationException', 400, 'invalid'],
    ['LimitExceededException', 400, 'limit'],
    ['InternalServerException', 500, 'server'],
  ])('refused by %s', async (code, status, reason) => {
    const request = await someCluster();
    await sandbox.control.fault({
      kind: 'error',
      status,
      code,
      message: 'No.',
      operation: 'UpdateKxClusterCodeConfiguration',
    });
    const thrown = await ports.finspace.updateCode(request, signal).catch((error: unknown) => error);
    expect(failureOf(thrown)).toMatchObject({ reason, name: code, status, answered: true });
  });
});

describe('the end of FinSpace', () => {
  it.each([
    ['gone', 'service-ended'],
    ['html-200', 'service-ended'],
    ['html', 'server'],
    ['access-denied', 'access-denied'],
  ])('as %s is heard as %s', async (ended, reason) => {
    await sandbox.control.settings({ finspace: { ended } });
    const thrown = await ports.finspace.listEnvironments(undefined, signal).catch((error: unknown) => error);
    expect(failureOf(thrown)).toMatchObject({ kind: 'aws', reason });
    // No model knows such an end.
    await sandbox.control.clearRequests();
    // EKS does not mind.
    expect((await ports.eks.listClusters(undefined, signal)).items.length).toBeGreaterThan(0);
  });
});

describe('a node group update', () => {
  it('is carried out, followed by its id, and found again', async () => {
    const request = await someNodegroup();
    const { clusterName, nodegroupName } = request;
    const { update, requestId } = await patient.eks.updateVersion(request, signal);
    expect(requestId).toEqual(expect.any(String));
    expect(update).toMatchObject({ status: 'InProgress', type: 'VersionUpdate' });
    const ids = await allItems((next) => ports.eks.listUpdates(clusterName, nodegroupName, next, signal));
    expect(ids).toContain(update.id);
    await sandbox.control.advance(24 * 3_600_000);
    const ended = await ports.eks.describeUpdate(clusterName, nodegroupName, update.id, signal);
    expect(ended.status).toBe('Successful');
    const group = await ports.eks.describeNodegroup(clusterName, nodegroupName, signal);
    expect(group).toMatchObject({ status: 'ACTIVE', version: request.version });
  });

  it('whose answer is lost is the same update the second time', async () => {
    const request = await someNodegroup();
    const { clusterName, nodegroupName } = request;
    const updates = () => allItems((next) => ports.eks.listUpdates(clusterName, nodegroupName, next, signal));
    const before = await updates();
    await sandbox.control.fault({ kind: 'reset-after', operation: 'UpdateNodegroupVersion', times: 1 });
    const { update } = await patient.eks.updateVersion(request, signal);
    expect((await updates()).filter((id) => !before.includes(id))).toEqual([update.id]);
    expect(await updatesSent('UpdateNodegroupVersion')).toBe(2);
  });
});

describe('rates', () => {
  it('a follower sends what it is told, at once and once each', async () => {
    await sandbox.control.fault({
      kind: 'error',
      status: 429,
      code: 'ThrottlingException',
      message: 'Slow.',
    });
    await Promise.all(
      Array.from({ length: 30 }, () => ports.eks.listClusters(undefined, signal).catch(() => undefined)),
    );
    expect(await updatesSent('ListClusters')).toBe(30);
  });

  it('one who waits has few requests out at a time', async () => {
    await sandbox.control.latency(50);
    const before = opened.entries.length;
    await Promise.all(Array.from({ length: 16 }, () => patient.eks.listClusters(undefined, signal)));
    const log = (await sandbox.control.requests({ operation: 'ListClusters' })).map(({ at }) => at);
    // The ninth is not sent before one of the first eight has waited its 50 ms.
    const atOnce = log.filter((at) => at - Math.min(...log) < 45);
    expect(atOnce.length).toBeLessThanOrEqual(8);
    expect(opened.entries.length - before).toBe(16);
  });
});

it('logs every request by name and never by content', async () => {
  const request = await someCluster();
  const from = opened.entries.length;
  await patient.finspace.updateCode(
    { ...request, commandLineArguments: [{ key: 'password', value: 'hunter2' }] },
    signal,
  );
  await patient.identities.whoAmI(signal);
  const entries = opened.entries.slice(from);
  const [logged] = await sandbox.control.requests({ operation: 'UpdateKxClusterCodeConfiguration' });
  expect(entries[0]).toEqual({
    connectionId: 'sandbox:us-east-1',
    service: 'finspace',
    operation: 'UpdateKxClusterCodeConfiguration',
    resource: `${request.environmentId}/${request.clusterName}`,
    attempt: 1,
    durationMs: expect.any(Number),
    status: 200,
    requestId: logged?.requestId,
  });
  expect(JSON.stringify(entries)).not.toContain('hunter2');
  expect(JSON.stringify(entries)).not.toContain(sandbox.credentials.accessKeyId);
});

it('serves launch templates, subnets, image parameters and logs', async () => {
  const { clusterName } = await someNodegroup();
  const { subnetIds } = await ports.eks.describeCluster(clusterName, signal);
  const subnets = await ports.compute.subnets(subnetIds, signal);
  expect(subnets.map(({ id }) => id).sort()).toEqual([...subnetIds].sort());
  const unknown = { id: 'lt-0123456789abcdef0' };
  const missing = await ports.compute
    .launchTemplateVersions(unknown, undefined, signal)
    .catch((error: unknown) => error);
  expect(failureOf(missing)).toMatchObject({ service: 'ec2', reason: 'not-found' });
  expect(await ports.images.get('/aws/service/none', signal)).toBeUndefined();
  const { environmentId, clusterName: kdb } = await someCluster();
  const group = `/aws/vendedlogs/finspace/${environmentId}/${kdb}`;
  expect((await ports.logs.events(group, 0, undefined, signal)).items.length).toBeGreaterThan(0);
});
