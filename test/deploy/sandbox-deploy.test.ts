/** Whole deployments against the sandbox: what is sent, what the cluster serves, what is left in the bucket. */
import { describe, expect, test } from 'vitest';
import { CLEAR } from '../../src/deploy/configuration';
import { finspaceKind } from '../../src/deploy/finspace/kind';
import { codeKey } from '../../src/deploy/naming';
import { parseRecord } from '../../src/deploy/record';
import { changesWords } from '../../src/view/messages/deploy';
import { checkWords } from '../../src/view/messages/deploy-checks';
import { fileSections } from '../../src/view/pages/plans/deployment-files';
import { BUCKET, DEV, PROD, Q_CODE, SCRATCH, type Shop } from './shop';
import { useShop } from './use-shop';

const shop = useShop(() => Q_CODE);

const signal = new AbortController().signal;
const VERSION = expect.stringMatching(/^.{32}$/);

describe.each([
  ['eq-tickerplant', 'tick/init.q'],
  ['eq-rdb', 'rdb/init.q'],
  ['eq-hdb', 'hdb/init.q'],
  ['eq-gateway', 'gw/init.q'],
  ['eq-analytics', 'gp/init.q'],
])('a deployment to %s', (name, script) => {
  test('replaces the code, sends script and arguments again, and is followed to its end', async () => {
    const { configuration: before } = await shop.cluster(name);
    const { plan, id, failure } = await shop.deploy(shop.input(name));
    expect(failure).toBeUndefined();
    expect(plan.checks.filter(({ verdict }) => verdict === 'block')).toEqual([]);

    const operation = await shop.follow(id);
    expect(operation.state).toBe('succeeded');
    const { configuration, updates } = await shop.cluster(name);
    const digest = plan.source.kind === 'folder' ? plan.source.digest : '';
    const code = { s3Bucket: BUCKET, s3Key: codeKey('slipway', digest), s3ObjectVersion: VERSION };
    expect(configuration).toEqual({ ...before, code });
    expect(updates).toHaveLength(1);
    expect(updates[0]?.body).toEqual({
      clientToken: operation.request?.token,
      code,
      initializationScript: script,
      ...(before.commandLineArguments && { commandLineArguments: before.commandLineArguments }),
      deploymentConfiguration: { deploymentStrategy: 'ROLLING' },
    });
    const {
      environmentId: _e,
      clusterName: _c,
      ...sent
    } = { ...(operation.request?.input as object) } as Record<string, unknown>;
    expect(sent).toEqual(updates[0]?.body);
  });
});

describe('the plan', () => {
  test('shows files, requests and the next configuration, and changes nothing', async () => {
    await shop.write({ 'lib/new.q': 'a:1\n' });
    await shop.sandbox.control.clearRequests();
    const plan = await shop.plan(shop.input('eq-rdb'));
    await shop.remove('lib/new.q');
    expect(plan.changes).toMatchObject({
      kind: 'known',
      added: expect.arrayContaining([{ path: 'lib/new.q', size: 4 }]),
    });
    expect(plan.parts).toEqual(['code']);
    expect(plan.next).toEqual({
      ...plan.current.configuration,
      code: { bucket: BUCKET, key: expect.anything() },
    });
    expect(plan.requests.map(({ operation, later }) => [operation, later])).toEqual([
      ['PutObject', ['Body']],
      ['PutObject', ['Key', 'Body']],
      ['UpdateKxClusterCodeConfiguration', ['clientToken', 'code.s3ObjectVersion']],
    ]);
    expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
    const requests = await shop.sandbox.control.requests();
    const isRead = ({ method, service }: (typeof requests)[number]) =>
      service === 'sts' || /GET|HEAD/.test(method);
    expect(requests.filter((request) => !isRead(request))).toEqual([]);
  });

  test('of a gone, a forbidden and a damaged zip goes on without the changes', async () => {
    const { control } = shop.sandbox;
    const code = (key: string) => ({ s3Bucket: BUCKET, s3Key: key });
    await shop.ports.objects.put(
      {
        bucket: BUCKET,
        key: 'damaged.zip',
        body: Buffer.from('no zip'),
        contentType: 'x',
        onlyIfAbsent: false,
      },
      signal,
    );
    for (const [key, failure] of [
      ['gone.zip', { kind: 'aws', reason: 'not-found' }],
      ['damaged.zip', { kind: 'refused', code: 'zip-damaged' }],
    ] as const) {
      await control.foreign({
        kind: 'kdb-configuration',
        environmentId: PROD,
        clusterName: 'eq-rdb',
        configuration: { code: code(key) },
      });
      const plan = await shop.plan(shop.input('eq-rdb'));
      expect(plan.changes).toMatchObject({ kind: 'unreadable', zip: 'deployed', failure });
      expect(plan.checks.some(({ verdict }) => verdict === 'block')).toBe(false);
    }
    await control.reset();
    await control.fault({
      kind: 'error',
      operation: 'GetObject',
      status: 403,
      code: 'AccessDenied',
      message: 'No.',
    });
    const plan = await shop.plan(shop.input('eq-rdb'));
    expect(plan.changes).toMatchObject({ kind: 'unreadable', failure: { reason: 'access-denied' } });
  });

  test('without any optional permission says what it does not know', async () => {
    await shop.sandbox.control.fault(
      ...[
        'GetBucketLocation',
        'HeadBucket',
        'GetBucketVersioning',
        'GetBucketPolicy',
        'GetPublicAccessBlock',
        'GetKxEnvironment',
        'HeadObject',
      ].map((operation) => ({
        kind: 'error' as const,
        operation,
        status: 403,
        code: 'AccessDenied',
        message: 'No.',
      })),
    );
    const plan = await shop.plan(shop.input('eq-rdb'));
    expect(plan.checks.filter(({ code }) => code.endsWith('.unknown')).map(({ code }) => code)).toEqual([
      'environment.unknown',
      'bucket-region.unknown',
      'versioning.unknown',
      'bucket-policy.unknown',
      'public-access.unknown',
      'stored-zip.unknown',
      'git.unknown',
    ]);
    expect(plan.checks.some(({ verdict }) => verdict === 'block')).toBe(false);
    const words = Object.fromEntries(plan.checks.map((check) => [check.id, checkWords(check)]));
    expect(words).toMatchObject({
      'bucket-region': expect.stringContaining('You need the permission s3:ListBucket.'),
      'public-access': expect.stringContaining('You need the permission s3:GetBucketPublicAccessBlock.'),
      'stored-zip': expect.stringContaining('You need the permissions s3:GetObject, s3:ListBucket.'),
    });
  });

  test('of a zip that may not be read names the permission, for its script too', async () => {
    await shop.sandbox.control.fault({
      kind: 'error',
      operation: 'GetObject',
      status: 403,
      code: 'AccessDenied',
      message: 'No.',
    });
    const at = { bucket: BUCKET, key: 'equities/releases/equities.zip' };
    const plan = await shop.plan(shop.input('eq-rdb', { source: { kind: 'zip', at } }));
    const unread = plan.checks.filter(({ code }) => /(zip|script)\.unknown$/.test(code));
    expect(unread.map(({ id }) => id)).toEqual(['script', 'zip']);
    for (const found of unread) {
      expect(checkWords(found)).toContain('You need the permission s3:GetObject.');
    }
  });

  test.each(['gone', 'html-200'])('cannot be made after the end of the service (%s)', async (ended) => {
    await shop.sandbox.control.settings({ finspace: { ended } });
    await expect(shop.plan(shop.input('eq-rdb'))).rejects.toMatchObject({
      failure: { reason: 'service-ended' },
    });
    await shop.sandbox.control.settings({ finspace: { ended: 'no' } });
  });
});

describe('the bucket', () => {
  test('gets a record from which the deployment can be read back', async () => {
    const { id, plan } = await shop.deploy(shop.input('eq-rdb', { git: { commit: 'abc1234', dirty: true } }));
    const { items } = await shop.ports.objects.list(BUCKET, 'slipway/deployments/', undefined, signal);
    expect(items).toHaveLength(1);
    const { bytes } = await shop.ports.objects.read(
      { bucket: BUCKET, key: items[0]!.key },
      { start: 0, length: 1e6 },
      signal,
    );
    const { configuration } = await shop.cluster('eq-rdb');
    expect(parseRecord(Buffer.from(bytes).toString(), finspaceKind)).toMatchObject({
      operationId: id,
      path: [PROD, 'eq-rdb'],
      author: plan.author.arn,
      git: { commit: 'abc1234', dirty: true },
      strategy: 'ROLLING',
      configuration: {
        code: { bucket: BUCKET, versionId: VERSION },
        initializationScript: configuration.initializationScript,
        commandLineArguments: configuration.commandLineArguments,
      },
    });
  });

  test('gets a zip once, whatever number of clusters takes it', async () => {
    await shop.deploy(shop.input('eq-rdb'));
    const second = await shop.deploy(shop.input('eq-hdb'));
    expect(second.failure).toBeUndefined();
    expect(second.progress.map(({ step }) => step)).toEqual(['recording', 'looking', 'sending']);
    const versions = await shop.ports.objects.listVersions(BUCKET, 'slipway/code/', undefined, signal);
    expect(versions.items).toHaveLength(1);
    const [rdb, hdb] = [await shop.cluster('eq-rdb'), await shop.cluster('eq-hdb')];
    expect(bodyOf(hdb).code).toEqual(bodyOf(rdb).code);
  });

  test('without versions leads to an update without one, and to a second plan that changes nothing', async () => {
    const input = shop.input('eq-rdb', {}, { bucket: SCRATCH });
    const { id, plan } = await shop.deploy(input);
    expect(plan.checks.map(({ code }) => code)).toContain('versioning.off');
    expect(plan.requests.at(-1)?.later).toEqual(['clientToken']);
    expect((await shop.follow(id)).state).toBe('succeeded');
    expect((await shop.cluster('eq-rdb')).configuration.code).toEqual({
      s3Bucket: SCRATCH,
      s3Key: expect.anything(),
    });
    const again = await shop.plan(input);
    expect([again.parts, again.checks.map(({ code }) => code)]).toEqual([
      [],
      expect.arrayContaining(['change.none', 'stored-zip.same']),
    ]);
  });

  test.each(['content', 'name'])(
    'that holds a planted object of other %s under the name gets the right zip',
    async (what) => {
      const { plan } = await shop.deploy(shop.input('eq-rdb'));
      const key = plan.next.code.key;
      const at = { bucket: BUCKET, key };
      const { bytes } = await shop.ports.objects.read(at, { start: 0, length: 1e6 }, signal);
      const planted = Buffer.from(bytes);
      // A name in the directory, or a byte of a file's content.
      const place = what === 'name' ? planted.lastIndexOf('lib/util.q') : planted.indexOf('lib/util.q') + 14;
      planted[place] = planted[place]! ^ 1;
      await shop.sandbox.control.reset();
      await shop.ports.objects.put({ ...at, body: planted, contentType: 'x', onlyIfAbsent: false }, signal);

      const second = await shop.deploy(shop.input('eq-rdb'));
      expect(second.plan.checks.map(({ code }) => code)).toContain('stored-zip.different');
      expect((await shop.follow(second.id)).state).toBe('succeeded');
      const { s3ObjectVersion } = bodyOf(await shop.cluster('eq-rdb')).code;
      const stored = await shop.ports.objects.read(
        { ...at, versionId: s3ObjectVersion! },
        { start: 0, length: 1e6 },
        signal,
      );
      expect(Buffer.from(stored.bytes).equals(Buffer.from(bytes))).toBe(true);
    },
  );
});

describe('what is kept, cleared and replaced', () => {
  test('NO_RESTART on a general-purpose cluster sends neither script nor arguments, and they stay', async () => {
    const { configuration: before } = await shop.cluster('eq-analytics');
    const { id, plan } = await shop.deploy(shop.input('eq-analytics', { strategy: 'automatic' }));
    expect(plan.strategy).toBe('NO_RESTART');
    expect((await shop.follow(id)).state).toBe('succeeded');
    const { configuration, updates } = await shop.cluster('eq-analytics');
    expect(Object.keys(updates[0]?.body as object).sort()).toEqual([
      'clientToken',
      'code',
      'deploymentConfiguration',
    ]);
    expect(configuration).toEqual({ ...before, code: expect.anything() });
  });

  test('NO_RESTART with other arguments is blocked with the offer of ROLLING, and nothing is sent', async () => {
    const { plan, failure } = await shop.deploy(
      shop.input('eq-analytics', { strategy: 'NO_RESTART', commandLineArguments: CLEAR }),
    );
    expect(plan.checks.find(({ id }) => id === 'no-restart')).toMatchObject({
      code: 'no-restart.would-keep',
      verdict: 'block',
      remedy: 'use-rolling',
    });
    expect(failure).toMatchObject({ kind: 'refused', code: 'plan-blocked' });
    expect((await shop.cluster('eq-analytics')).updates).toEqual([]);
  });

  test('script and arguments can be removed on purpose', async () => {
    const { id, plan } = await shop.deploy(
      shop.input('eq-rdb', { initializationScript: CLEAR, commandLineArguments: CLEAR }),
    );
    expect(plan.checks.find(({ id: check }) => check === 'dropped')).toMatchObject({
      code: 'dropped.some',
      facts: { arguments: ['s', 'tickerplant'], script: 'rdb/init.q' },
    });
    expect((await shop.follow(id)).state).toBe('succeeded');
    expect(Object.keys((await shop.cluster('eq-rdb')).configuration)).toEqual(['code']);
  });

  test('a cluster without code so far takes its first', async () => {
    const input = shop.input(
      'dev-scratch',
      { initializationScript: { kind: 'value', value: 'gp/init.q' } },
      { path: [DEV, 'dev-scratch'] },
    );
    const { id, plan } = await shop.deploy(input);
    expect(plan.changes).toEqual({ kind: 'first', files: Object.keys(Q_CODE).length });
    expect(plan.checks.map(({ code }) => code)).toContain('first-code.no-code');
    expect((await shop.follow(id)).state).toBe('succeeded');
    expect((await shop.cluster('dev-scratch')).configuration).toMatchObject({
      initializationScript: 'gp/init.q',
    });
  });

  test('a restart with the same configuration is told as one, and followed to its end', async () => {
    const first = await shop.deploy(shop.input('eq-rdb'));
    await shop.follow(first.id);
    const second = await shop.deploy(shop.input('eq-rdb'));
    expect(second.plan.checks.map(({ code }) => code)).toContain('change.none');
    expect((await shop.follow(second.id)).state).toBe('succeeded');
    expect((await shop.cluster('eq-rdb')).updates).toHaveLength(2);
  });

  test('a zip that is there already is deployed as it is, with the version that it has', async () => {
    const at = { bucket: BUCKET, key: 'equities/releases/equities.zip' };
    const versions = await shop.ports.objects.listVersions(BUCKET, at.key, undefined, signal);
    const earlier = versions.items.find(({ isLatest }) => !isLatest)!;
    const { id, plan } = await shop.deploy(
      shop.input('eq-rdb', { source: { kind: 'zip', at: { ...at, versionId: earlier.versionId! } } }),
    );
    expect(plan.parts).toEqual(['code']);
    expect((await shop.follow(id)).state).toBe('succeeded');
    expect((await shop.cluster('eq-rdb')).configuration.code).toEqual({
      s3Bucket: BUCKET,
      s3Key: at.key,
      s3ObjectVersion: earlier.versionId,
    });
    const latest = await shop.plan(shop.input('eq-hdb', { source: { kind: 'zip', at } }));
    expect(latest.next.code.versionId).toBe(versions.items.find(({ isLatest }) => isLatest)?.versionId);
    const missing = await shop.plan(
      shop.input('eq-hdb', { source: { kind: 'zip', at: { bucket: BUCKET, key: 'no.zip' } } }),
    );
    expect(missing.checks.map(({ code }) => code)).toContain('zip.missing');
    expect(missing.changes).toMatchObject({ kind: 'unreadable', zip: 'next' });
    expect(changesWords(missing.changes)).toBe('the zip to deploy could not be read');
    const how = { failureWords: () => 'It is gone.', files: false, values: true };
    expect(JSON.stringify(fileSections(missing, how))).toContain(
      'The zip to deploy cannot be read, so the files cannot be compared: It is gone.',
    );
  });
});

function bodyOf({ updates }: Awaited<ReturnType<Shop['cluster']>>) {
  return updates.at(-1)?.body as { readonly code: { readonly s3ObjectVersion?: string } };
}
