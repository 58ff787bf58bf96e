/** What the plan's checks ask, asked of the sandbox's cluster: claims, budgets and images as an API server shows them. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DeploymentPlan } from '../../../src/deploy/plan/plan';
import { type KubernetesApi, kubernetesApi } from '../../sandbox/kubernetes/api';
import { made } from '../../sandbox/kubernetes/made';
import { openShop, Q_CODE, type Shop } from '../shop';
import { change, EOD, GW, inputFor, RDB, TRADING } from './workloads';

const TICK = 'namespaces/tick';

let shop: Shop;
let api: KubernetesApi;
beforeAll(async () => {
  shop = await openShop();
  await shop.write(Q_CODE);
  api = await kubernetesApi(shop.sandbox, TRADING);
});
afterAll(() => shop.close());

const found = ({ checks }: DeploymentPlan, id: string) => checks.find((check) => check.id === id);

test('a rolling Deployment with a volume of one node, and an image without what its script calls', async () => {
  const quiet = await shop.plan(inputFor(shop, GW));
  expect(['volume', 'images', 'pods'].map((id) => found(quiet, id)?.verdict)).toEqual([
    'pass',
    'pass',
    'pass',
  ]);
  await made(api, `/api/v1/${TICK}/persistentvolumeclaims`, {
    metadata: { name: 'shared' },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
  });
  const image = 'public.ecr.aws/aws-cli/aws-cli:2';
  const spec = {
    initContainers: [{ name: 'unzip', image, command: ['/bin/sh', '/opt/slipway/unpack.sh'] }],
    volumes: [{ name: 'shared', persistentVolumeClaim: { claimName: 'shared' } }],
  };
  await change(api, GW, { spec: { paused: true, template: { spec } } });
  const planned = await shop.plan(inputFor(shop, GW));
  expect(found(planned, 'volume')).toMatchObject({ code: 'volume.one-node', facts: { claim: 'shared' } });
  expect(found(planned, 'images')).toMatchObject({ code: 'images.lacking', facts: { image } });
});

test('a budget that lets no pod of an OnDelete StatefulSet go', async () => {
  expect(found(await shop.plan(inputFor(shop, EOD)), 'pods')).toMatchObject({ code: 'pods.free' });
  await made(api, `/apis/policy/v1/${TICK}/poddisruptionbudgets`, {
    metadata: { name: 'eod' },
    spec: { maxUnavailable: 0, selector: { matchLabels: { app: 'eod' } } },
  });
  await shop.sandbox.control.advance(5_000);
  const planned = await shop.plan(inputFor(shop, EOD));
  expect(found(planned, 'pods')).toMatchObject({ code: 'pods.never-evicted', facts: { budgets: ['eod'] } });
});

test('pods that have the role of their node alone, until their service account has one and new pods come', async () => {
  const convention = async () => found(await shop.plan(inputFor(shop, RDB)), 'convention')?.code;
  expect(await convention()).toBe('convention.kept');
  await change(api, RDB, { spec: { template: { spec: { serviceAccountName: 'rdb' } } } });
  await shop.sandbox.control.advance(5 * 60_000);
  expect(await convention()).toBe('convention.node-role');
  await made(api, `/api/v1/${TICK}/serviceaccounts`, {
    metadata: {
      name: 'rdb',
      annotations: { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::111122223333:role/rdb' },
    },
  });
  expect(await convention()).toBe('convention.node-role');
  await api.send('DELETE', `/api/v1/${TICK}/pods/rdb-0`, {});
  await shop.sandbox.control.advance(60_000);
  expect(await convention()).toBe('convention.kept');
});
