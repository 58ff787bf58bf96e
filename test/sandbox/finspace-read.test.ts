/** The sandbox's FinSpace as the SDK reads it: environments, clusters, nodes, pages, refusals. */
import {
  FinspaceClient,
  GetKxClusterCommand,
  GetKxEnvironmentCommand,
  KxClusterType,
  ListKxClusterNodesCommand,
  ListKxClustersCommand,
  ListKxEnvironmentsCommand,
} from '@aws-sdk/client-finspace';
import { describe, expect, test } from 'vitest';
import { allPages, expectFailure, judgedSandbox } from './judged-sandbox';

const aws = judgedSandbox();
const PROD = 'eq7prod3k9m2q4x8t6z5w1ab';
const client = (region = 'us-east-1') =>
  new FinspaceClient({ ...aws().sandbox.client, region, maxAttempts: 1 });

test('each region has environments of its own, with ids that fit every rule for them', async () => {
  const { environments: here } = await client().send(new ListKxEnvironmentsCommand({}));
  const { environments: there } = await client('eu-west-1').send(new ListKxEnvironmentsCommand({}));
  const { environments: nowhere } = await client('ap-southeast-2').send(new ListKxEnvironmentsCommand({}));
  expect(here?.map(({ name, status }) => `${name} ${status}`)).toEqual([
    'equities-prod CREATED',
    'equities-dev CREATED',
    'rates-uat SUSPENDED',
  ]);
  expect(there?.map(({ name }) => name)).toEqual(['emea-equities']);
  expect(nowhere).toEqual([]);
  for (const { environmentId, creationTimestamp } of [...(here ?? []), ...(there ?? [])]) {
    expect(environmentId).toMatch(/^[a-z0-9]{1,26}$/);
    expect(creationTimestamp?.getFullYear()).toBeGreaterThan(2020);
  }
});

test('one environment is read by id', async () => {
  const read = await client().send(new GetKxEnvironmentCommand({ environmentId: PROD }));
  expect(read).toMatchObject({ name: 'equities-prod', status: 'CREATED', awsAccountId: '111122223333' });
  await expectFailure(
    client().send(new GetKxEnvironmentCommand({ environmentId: 'none' })),
    404,
    'ResourceNotFoundException',
  );
  await expectFailure(
    client('eu-west-1').send(new GetKxEnvironmentCommand({ environmentId: PROD })),
    404,
    'ResourceNotFoundException',
  );
});

test('lists come in pages, and a token is good for its own list only', async () => {
  const list = (nextToken: string | undefined, clusterType?: KxClusterType) =>
    client().send(
      new ListKxClustersCommand({
        environmentId: PROD,
        maxResults: 2,
        ...(nextToken !== undefined && { nextToken }),
        ...(clusterType !== undefined && { clusterType }),
      }),
    );
  const pages = await allPages(async (token) => {
    const { kxClusterSummaries: items, nextToken } = await list(token);
    return { items, nextToken };
  });
  expect(pages.map(({ length }) => length)).toEqual([2, 2, 1]);
  expect(new Set(pages.flat().map(({ clusterName }) => clusterName)).size).toBe(5);

  const { nextToken } = await list(undefined);
  await expectFailure(list(nextToken, 'HDB'), 400, 'ValidationException');
  await expectFailure(list('made-up'), 400, 'ValidationException');
});

test('the page size of all lists can be set', async () => {
  await aws().sandbox.control.settings({ pageSize: 1 });
  const environments = await allPages(async (nextToken) => {
    const { environments: items, nextToken: next } = await client().send(
      new ListKxEnvironmentsCommand(nextToken === undefined ? {} : { nextToken }),
    );
    return { items, nextToken: next };
  });
  expect(environments.map(({ length }) => length)).toEqual([1, 1, 1]);
});

test('every cluster type is there, and the type filters', async () => {
  for (const clusterType of Object.values(KxClusterType)) {
    const { kxClusterSummaries = [] } = await client().send(
      new ListKxClustersCommand({ environmentId: PROD, clusterType }),
    );
    expect(kxClusterSummaries.map((one) => one.clusterType)).toEqual([clusterType]);
  }
});

test('only reading one cluster tells its code, arguments and capacity', async () => {
  const { kxClusterSummaries = [] } = await client().send(new ListKxClustersCommand({ environmentId: PROD }));
  const listed = kxClusterSummaries.find(({ clusterName }) => clusterName === 'eq-hdb');
  expect(listed).toMatchObject({ status: 'RUNNING', initializationScript: 'hdb/init.q' });
  expect(Object.keys(listed ?? {})).not.toEqual(expect.arrayContaining(['code']));

  const read = await client().send(new GetKxClusterCommand({ environmentId: PROD, clusterName: 'eq-hdb' }));
  expect(read).toMatchObject({
    code: { s3Bucket: 'acme-kdb-code-111122223333', s3ObjectVersion: expect.any(String) },
    commandLineArguments: [
      { key: 's', value: '16' },
      { key: 'dbname', value: 'equities' },
    ],
    capacityConfiguration: { nodeCount: 3 },
  });
});

test('the shop has a cluster in each situation', async () => {
  const { environments = [] } = await client().send(new ListKxEnvironmentsCommand({}));
  const dev = environments.find(({ name }) => name === 'equities-dev')?.environmentId;
  const { kxClusterSummaries = [] } = await client().send(new ListKxClustersCommand({ environmentId: dev }));
  expect(kxClusterSummaries.map(({ status }) => status)).toEqual([
    'RUNNING',
    'RUNNING',
    'UPDATING',
    'DELETING',
    'CREATE_FAILED',
  ]);
  const bare = await client().send(
    new GetKxClusterCommand({ environmentId: dev, clusterName: 'dev-scratch' }),
  );
  expect([bare.status, bare.code, bare.initializationScript]).toEqual(['RUNNING', undefined, undefined]);
});

test('nodes are listed, none where a cluster never came up', async () => {
  const nodes = async (environmentId: string, clusterName: string) =>
    (await client().send(new ListKxClusterNodesCommand({ environmentId, clusterName }))).nodes;
  expect(await nodes(PROD, 'eq-hdb')).toHaveLength(3);
  expect(await nodes('eq7dev51r8c4n6y3v2h9s0kd', 'dev-tickerplant')).toEqual([]);
});

describe('input against the rules of the model', () => {
  test.each([
    ['capitals in an environment id', { environmentId: 'ABC' }],
    ['33 characters', { environmentId: 'a'.repeat(33) }],
    ['a type that does not exist', { environmentId: PROD, clusterType: 'HTML' as KxClusterType }],
    ['more than 100 a page', { environmentId: PROD, maxResults: 101 }],
    ['less than none a page', { environmentId: PROD, maxResults: -1 }],
  ])('%s is refused', async (_, input) => {
    await expectFailure(client().send(new ListKxClustersCommand(input)), 400, 'ValidationException');
  });

  test('the message names the value, the member and the constraint', async () => {
    const { message } = await expectFailure(
      client().send(new GetKxClusterCommand({ environmentId: PROD, clusterName: '-x' })),
      400,
      'ValidationException',
    );
    expect(message).toBe(
      "2 validation errors detected: Value '-x' at 'clusterName' failed to satisfy constraint: Member must have length greater than or equal to 3; Value '-x' at 'clusterName' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[a-zA-Z0-9][a-zA-Z0-9-_]*[a-zA-Z0-9]$",
    );
  });
});

describe('after the end of the service', () => {
  const list = () => client().send(new ListKxEnvironmentsCommand({}));
  const end = (ended: string) => aws().sandbox.control.settings({ finspace: { ended } });

  test('it denies access', async () => {
    await end('access-denied');
    await expectFailure(list(), 403, 'AccessDeniedException');
  });

  test('it sends a page that is no JSON', async () => {
    await end('html-200');
    await expect(list()).rejects.toThrow(SyntaxError);
    await end('html');
    await expect(list()).rejects.toThrow(SyntaxError);
    // The judge rightly objects to such answers, so it does not get to see them.
    await aws().sandbox.control.clearRequests();
  });

  test('it says 410', async () => {
    await end('gone');
    await expectFailure(list(), 410, 'GoneException');
    await aws().sandbox.control.clearRequests();
  });
});
