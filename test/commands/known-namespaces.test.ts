/** Whoever may not list namespaces: those of targets and of earlier deployments are looked into, and one can be typed. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { knownNamespaces } from '../../src/commands/known-namespaces';
import type { Listed } from '../../src/commands/pick/listed';
import type { NamedPlace } from '../../src/commands/pick/target-picks';
import { workloadPicks } from '../../src/commands/pick/workload';
import { joinedPorts } from '../../src/commands/workloads';
import { finspaceKind } from '../../src/deploy/finspace/kind';
import { kubernetesKind } from '../../src/deploy/kubernetes/kind';
import type { TargetConnection } from '../../src/deploy/targets/target';
import { connectionOf } from '../../src/model/connection';
import { openShop, type Shop } from '../deploy/shop';

const NEVER = new AbortController().signal;
const DEV = connectionOf({ kind: 'profile', profile: 'dev' }, 'eu-west-1');
const SANDBOX = connectionOf({ kind: 'sandbox' }, 'us-east-1');

const account = (region: string, profile?: string): TargetConnection => ({
  kind: 'account',
  accountId: '111122223333',
  region,
  ...(profile !== undefined && { profile }),
});
const target = (connection: TargetConnection, namespace: string, cluster = 'trading') => ({
  kind: kubernetesKind,
  connection,
  path: [cluster, namespace, 'statefulset/hdb'],
});

test('those of targets that may mean the connection, and of deployments through it, each once', async () => {
  const targets = [
    target(account('eu-west-1'), 'kdb'),
    target(account('eu-west-1', 'dev'), 'tick'),
    target(account('eu-west-1', 'prod'), 'of-another-profile'),
    target(account('us-east-1'), 'of-another-region'),
    target({ kind: 'sandbox' }, 'of-the-sandbox'),
    target(account('eu-west-1'), 'of-another-cluster', 'risk'),
    { kind: finspaceKind, connection: account('eu-west-1'), path: ['trading', 'of-another-kind'] },
  ];
  const operation = (connectionId: string, namespace: string) => ({
    kind: 'code-kubernetes' as const,
    subject: {
      connectionId,
      accountId: '111122223333',
      region: 'eu-west-1',
      path: ['trading', namespace, 'deployment/gw'],
      label: '',
    },
  });
  const operations = [operation(DEV.id, 'oms'), operation(DEV.id, 'kdb'), operation('other', 'no')];
  const known = knownNamespaces(
    async () => targets,
    () => operations,
  );
  expect(await known(DEV, 'trading')).toEqual(['kdb', 'oms', 'tick']);
  expect(await known(SANDBOX, 'trading')).toEqual(['of-the-sandbox']);
});

test('each list of workloads looks into them', async () => {
  const asked: (readonly string[])[] = [];
  const workloads = { list: async (namespaces: readonly string[]) => void asked.push(namespaces) };
  const load = async () => ({ cluster: () => ({ workloads: () => workloads }) });
  const join = joinedPorts(load as never, 'interactive', async () => ['kdb', 'tick']);
  await join(DEV, {} as never)
    .workloads('trading')
    .list(['tick'], NEVER);
  expect(asked).toEqual([['tick', 'kdb']]);
});

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
  const denied = {
    kind: 'error',
    service: 'kubernetes',
    status: 403,
    code: 'Forbidden',
    message: 'no',
  } as const;
  await shop.sandbox.control.fault(
    { ...denied, operation: 'list namespaces' },
    { ...denied, path: '/apis/apps/v1/deployments' },
    { ...denied, path: '/apis/apps/v1/statefulsets' },
  );
});
afterAll(() => shop.close());

async function rows(within: readonly string[]): Promise<readonly Listed<NamedPlace>[]> {
  const all: Listed<NamedPlace>[] = [];
  for await (const page of workloadPicks.list(SANDBOX, within, async () => shop.ports, NEVER))
    all.push(...page);
  return all;
}

test('a namespace that is typed shows its workloads, those that carry code first of all', async () => {
  expect((await rows(['trading-prod'])).map(({ kind }) => kind)).toEqual(['unread']);
  const { typed } = workloadPicks;
  expect([typed?.hint([]), typed?.hint(['trading-prod'])]).toEqual([
    undefined,
    expect.stringContaining('namespace'),
  ]);
  expect(typed?.row(['trading-prod'], 'Not A Name')).toBeUndefined();
  const row = typed?.row(['trading-prod'], 'tick');
  expect(row).toMatchObject({ kind: 'holder', within: ['trading-prod', 'tick'] });
  const labels = (await rows(row?.within ?? [])).map(({ label }) => label);
  expect(labels).toEqual(expect.arrayContaining(['trading-prod / tick / rdb', 'trading-prod / tick / gw']));
});
