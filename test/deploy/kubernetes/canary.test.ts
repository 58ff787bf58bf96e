/** CANARY: one pod and its proof, then a click, then the others one by one; and what becomes of it when things go wrong. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createCodeFollower } from '../../../src/deploy/follow/code-follower';
import { goOnDeploying } from '../../../src/deploy/go-on';
import { kubernetesKind } from '../../../src/deploy/kubernetes/kind';
import { kubernetesTarget } from '../../../src/deploy/kubernetes/target';
import { isOpen } from '../../../src/operations/fold';
import { goOn } from '../../../src/operations/go-on';
import type { Operation } from '../../../src/operations/operation';
import { resume } from '../../../src/operations/resume';
import { type KubernetesApi, kubernetesApi } from '../../sandbox/kubernetes/api';
import { openShop, Q_CODE, type Shop } from '../shop';
import { annotate, change, EOD, inputFor, TRADING } from './workloads';

const NEVER = new AbortController().signal;
const REPLICAS = 3;

let shop: Shop;
let api: KubernetesApi;
/** What the sender waits lets the sandbox's time pass, and ours with it; then each look of the follower. */
let passed = 0;
let looked: () => Promise<void> = async () => undefined;
const clock = {
  now: () => Date.now() + passed,
  sleep: async (_ms: number, signal: AbortSignal) => {
    signal.throwIfAborted();
    passed += 20_000;
    await shop.sandbox.control.advance(20_000);
    await looked();
  },
};
const target = () => kubernetesTarget(shop.ports.workloads, EOD, clock);
const follower = createCodeFollower(kubernetesKind, async () => target(), clock);

beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());
beforeEach(async () => {
  looked = async () => undefined;
  await shop.sandbox.control.reset();
  await shop.write({ ...Q_CODE, 'version.q': `${Math.random()}\n` });
  api = await kubernetesApi(shop.sandbox, TRADING);
  await change(api, EOD, { spec: { replicas: REPLICAS } });
  await shop.sandbox.control.advance(120_000);
});

/** Up to where it waits, or ends. */
async function begin(): Promise<{ readonly id: string; readonly now: () => Operation }> {
  const plan = await shop.plan(inputFor(shop, EOD, { strategy: 'CANARY' }));
  expect(plan.checks.find(({ id }) => id === 'strategy')).toMatchObject({ code: 'strategy.canary' });
  looked = () => look(shop.ledger.operations()[0]!.id);
  const { id } = await shop.apply(plan, { context: { target: target() } });
  return { id, now: () => shop.ledger.operation(id)! };
}

async function look(id: string): Promise<void> {
  const operation = shop.ledger.operation(id)!;
  if (!isOpen(operation.state) || operation.sentAt === undefined) return;
  const seen = await follower.poll(operation, NEVER);
  if (seen.state === 'ended') await shop.ledger.record(id, { type: 'ended', outcome: seen.outcome });
  else if (seen.facts) await shop.ledger.record(id, { type: 'observed', facts: seen.facts });
}

const click = (id: string) =>
  goOn(shop.ledger, id, (journal, operation, over) =>
    goOnDeploying(operation, target(), shop.ports, journal, over),
  );

const deletions = ({ steps }: Operation) =>
  steps.filter(({ name }) => name === 'further-request').map(({ facts }) => facts?.['input']);

/** Names of the pods that are others than those. */
async function replaced(before: readonly Pod[]): Promise<readonly string[]> {
  const isNew = ({ uid }: Pod): boolean => !before.some((pod) => pod.uid === uid);
  return (await pods()).filter(isNew).map(({ name }) => name);
}

interface Pod {
  readonly name: string;
  readonly uid: string;
}

async function pods(): Promise<readonly Pod[]> {
  const { json } = await api.get('/api/v1/namespaces/tick/pods?labelSelector=app%3Deod');
  return json.items.map(({ metadata: { name, uid = '' } }) => ({ name, uid }));
}

describe('a canary', () => {
  test('is one pod, which proves the code; the others stay until the click, and then go one by one', async () => {
    const before = await pods();
    const { id, now } = await begin();
    expect(now()).toMatchObject({ state: 'watching', paused: 'canary' });
    expect(deletions(now())).toMatchObject([{ name: `eod-${REPLICAS - 1}` }]);
    expect(await replaced(before)).toEqual(['eod-2']);

    // It waits as long as it takes, and what is seen meanwhile is told.
    for (let minutes = 0; minutes < 10; minutes += 1) await clock.sleep(0, NEVER);
    expect(now()).toMatchObject({ state: 'watching', paused: 'canary' });
    expect(now().facts).toMatchObject({ progress: { updated: 1, ready: 1, desired: REPLICAS } });
    expect(await replaced(before)).toEqual(['eod-2']);

    expect(await click(id)).toBeUndefined();
    await look(id);
    expect(now()).toMatchObject({ state: 'succeeded' });
    expect(now().paused).toBeUndefined();
    expect(deletions(now())).toMatchObject([{ name: 'eod-2' }, { name: 'eod-1' }, { name: 'eod-0' }]);
    expect(await replaced(before)).toHaveLength(REPLICAS);
    await expect(click(id)).rejects.toMatchObject({ failure: { code: 'not-waiting' } });
  });

  test('that crashes is why the operation fails, and no other pod goes', async () => {
    await shop.sandbox.control.foreign({
      kind: 'kubernetes-program',
      clusterName: TRADING,
      namespace: 'tick',
      pod: 'eod-2',
      end: { afterSeconds: 1, exitCode: 3 },
    });
    const { now } = await begin();
    expect(now()).toMatchObject({ state: 'failed', outcome: { failure: { code: 'pod-fails' } } });
    expect(deletions(now())).toHaveLength(1);
  });

  test('that does not prove its code ends as not known, and no other pod goes', async () => {
    await change(api, EOD, { spec: { template: { spec: { initContainers: null } } } });
    const { now } = await begin();
    expect(now()).toMatchObject({
      state: 'unknown',
      outcome: { facts: { why: 'no-proof', silent: ['eod-2'] } },
    });
    expect(deletions(now())).toHaveLength(1);
  });

  test('whose code somebody else has taken back is told, and the click replaces nothing', async () => {
    const { id, now } = await begin();
    await annotate(api, EOD, { 'slipway.dev/arguments': '["-by","somebody"]' });
    await click(id);
    expect(deletions(now())).toHaveLength(1);
    await look(id);
    expect(now()).toMatchObject({ state: 'failed', outcome: { failure: { code: 'foreign-change' } } });
  });

  test('of which others delete the rest comes to its end without a click', async () => {
    const { id, now } = await begin();
    for (const name of ['eod-0', 'eod-1'])
      await api.send('DELETE', `/api/v1/namespaces/tick/pods/${name}`, { kind: 'DeleteOptions' });
    for (let looks = 0; looks < 10 && isOpen(now().state); looks += 1) await clock.sleep(0, NEVER);
    expect(now().state).toBe('succeeded');
    expect(deletions(shop.ledger.operation(id)!)).toHaveLength(1);
  });

  test('whose window went away says so, and goes on by a click', async () => {
    const stop = new AbortController();
    // While the first one is on its way.
    looked = async () => stop.abort();
    const plan = await shop.plan(inputFor(shop, EOD, { strategy: 'CANARY' }));
    const { id, failure } = await shop.apply(plan, { signal: stop.signal, context: { target: target() } });
    expect(failure?.kind).toBe('cancelled');
    const now = () => shop.ledger.operation(id)!;
    expect(now()).toMatchObject({ state: 'watching', paused: 'user' });
    // Nothing is done for it by whoever takes over.
    await resume({ ledger: shop.ledger, signal: NEVER });
    expect(now()).toMatchObject({ state: 'watching', paused: 'user' });
    looked = () => look(id);
    // The first one had not proved it when it was cut short.
    expect(await click(id)).toBeUndefined();
    expect(now()).toMatchObject({ state: 'watching', paused: 'canary' });
    expect(await click(id)).toBeUndefined();
    await look(id);
    expect(now()).toMatchObject({ state: 'succeeded' });
    expect(new Set(deletions(now()).map((input) => JSON.stringify(input))).size).toBe(REPLICAS);
  });
});

test('FORCE that was cut short where nobody else replaces pods waits for a click as well', async () => {
  const stop = new AbortController();
  const forced = target();
  const plan = await shop.plan(inputFor(shop, EOD, { strategy: 'FORCE' }));
  const agreed = { ...plan, passed: plan.confirmations.map(({ check }) => check) };
  const { id } = await shop.apply(agreed, {
    signal: stop.signal,
    context: { target: forced },
    report: ({ step }) => step === 'replacing' && stop.abort(),
  });
  const now = () => shop.ledger.operation(id)!;
  expect(now()).toMatchObject({ state: 'watching', paused: 'user' });
  expect(deletions(now())).toEqual([]);
  expect(await click(id)).toBeUndefined();
  expect(deletions(now())).toHaveLength(REPLICAS);
  for (let looks = 0; looks < 10 && isOpen(now().state); looks += 1) {
    passed += 20_000;
    await shop.sandbox.control.advance(20_000);
    await look(id);
  }
  expect(now().state).toBe('succeeded');
});
