/** Deployments to workloads of the sandbox: conflicts told apart, strategies, what others undo, and how it ends. */
import { beforeEach, describe, expect, test } from 'vitest';
import { targetAt } from '../../../src/commands/target-kinds';
import { kubernetesKind } from '../../../src/deploy/kubernetes/kind';
import type { DeploymentPlan } from '../../../src/deploy/plan/plan';
import type { Operation } from '../../../src/operations/operation';
import { type KubernetesApi, kubernetesApi } from '../../sandbox/kubernetes/api';
import { useShop } from '../use-shop';
import {
  annotate,
  apiPath,
  change,
  EOD,
  followByMinutes,
  GW,
  inputFor,
  RDB,
  replace,
  TRADING,
  takenIn,
} from './workloads';

const NEVER = new AbortController().signal;
const MINUTE = 60_000;

const shop = useShop();
let api: KubernetesApi;
beforeEach(async () => {
  api = await kubernetesApi(shop.sandbox, TRADING);
});

const plan = (path: readonly string[], more = {}): Promise<DeploymentPlan> =>
  shop.plan(inputFor(shop, path, more));
const found = ({ checks }: DeploymentPlan, id: string) => checks.find((check) => check.id === id);
/** As a user who agrees to all that is asked. */
const agreed = (planned: DeploymentPlan): DeploymentPlan => ({
  ...planned,
  passed: planned.confirmations.map(({ check }) => check),
});
async function deploy(path: readonly string[], more = {}): Promise<Operation> {
  const { id, failure } = await shop.apply(agreed(await plan(path, more)));
  expect(failure).toBeUndefined();
  return followByMinutes(shop, id);
}
/** Before the request, after the last look. */
function beforeSend(path: readonly string[], act: () => Promise<void>) {
  const target = targetAt({ kind: kubernetesKind, path }, shop.ports);
  return {
    target: {
      ...target,
      look: async (signal: AbortSignal) => {
        const state = await target.look(signal);
        await act();
        return state;
      },
    },
  };
}

describe('between the last look and the request', () => {
  test('a status that was written is no drift', async () => {
    const { id, failure } = await shop.apply(await plan(RDB), {
      context: beforeSend(RDB, async () => {
        const type = 'application/merge-patch+json';
        const status = { conditions: [{ type: 'Of/Others', status: 'True' }] };
        await api.send('PATCH', `${apiPath(RDB)}/status?fieldManager=others`, { status }, { type });
      }),
    });
    expect(failure).toBeUndefined();
    expect((await followByMinutes(shop, id)).state).toBe('succeeded');
    expect(await takenIn(shop)).toBe(1);
  });

  test.each([
    [
      'an annotation',
      () => annotate(api, RDB, { 'slipway.dev/init-script': 'other.q' }),
      ['script', 'owners'],
    ],
    ['another part of the template', () => annotate(api, RDB, { 'of/others': '1' }), ['podTemplate']],
  ])('somebody else’s change of %s is refused by the API server itself', async (_, act, parts) => {
    const { id, failure } = await shop.apply(await plan(RDB), { context: beforeSend(RDB, act) });
    expect(failure).toMatchObject({ code: 'drift', facts: { drift: parts.map((part) => ({ part })) } });
    expect([shop.ledger.operation(id)?.state, await takenIn(shop)]).toEqual(['drifted', 0]);
  });

  test('a workload that was made anew gets nothing', async () => {
    const { id, failure } = await shop.apply(await plan(RDB), {
      context: beforeSend(RDB, () => replace(api, RDB)),
    });
    expect(failure).toMatchObject({ code: 'workload-gone', facts: { anew: true } });
    expect([shop.ledger.operation(id)?.state, await takenIn(shop)]).toEqual(['failed', 0]);
  });
});

test('annotations of somebody else are taken over once that is agreed to, and never before', async () => {
  await annotate(api, RDB, { 'slipway.dev/arguments': '["-s","4"]' }, 'kubectl-rollout');
  const planned = await plan(RDB, { commandLineArguments: { kind: 'clear' } });
  expect(found(planned, 'owners')).toMatchObject({
    verdict: 'confirm',
    facts: { managers: ['kubectl-rollout'] },
  });
  expect((await shop.apply(planned)).failure).toMatchObject({ code: 'plan-blocked' });
  const { id, failure } = await shop.apply(agreed(planned));
  expect(failure).toBeUndefined();
  const { request, state } = await followByMinutes(shop, id);
  expect([state, request?.input]).toMatchObject(['succeeded', { query: { force: 'true' } }]);
  // What is left out of an apply stays where others own it, so it is set to nothing.
  const { spec } = (await api.get(apiPath(RDB))).json as unknown as Spec;
  expect(spec.template.metadata.annotations?.['slipway.dev/arguments']).toBe('');
});

/** A manager that owns Slipway's annotations from then on, too, and changes none. */
async function own(path: readonly string[], manager: string): Promise<void> {
  const { apiVersion, kind, metadata, spec } = (await api.get(apiPath(path))).json as unknown as Spec & {
    readonly apiVersion: string;
    readonly kind: string;
    readonly metadata: { readonly name: string };
  };
  const { annotations } = spec.template.metadata;
  const applied = {
    apiVersion,
    kind,
    metadata: { name: metadata.name },
    spec: { template: { metadata: { annotations } } },
  };
  const type = 'application/apply-patch+yaml';
  const { status } = await api.send('PATCH', `${apiPath(path)}?fieldManager=${manager}`, applied, { type });
  expect(status).toBe(200);
}

const NEW_OWNER = { code: 'drift', facts: { drift: [{ part: 'owners', before: 'slipway', now: 'argocd' }] } };

test.each<[string, (planned: DeploymentPlan, act: () => Promise<void>) => ReturnType<typeof shop.apply>]>([
  ['since the plan', async (planned, act) => act().then(() => shop.apply(planned))],
  ['since the last look', (planned, act) => shop.apply(planned, { context: beforeSend(RDB, act) })],
])('an owner who came %s is asked about before its annotations are taken over', async (_, applied) => {
  expect((await deploy(RDB)).state).toBe('succeeded');
  const planned = agreed(await plan(RDB, { commandLineArguments: { kind: 'clear' } }));
  const { id, failure } = await applied(planned, () => own(RDB, 'argocd'));
  expect(failure).toMatchObject(NEW_OWNER);
  expect([shop.ledger.operation(id)?.state, await takenIn(shop)]).toEqual(['drifted', 1]);
});

interface Spec {
  readonly spec: {
    readonly template: { readonly metadata: { readonly annotations?: Record<string, string> } };
  };
}

test('the same once more is a restart', async () => {
  expect((await deploy(RDB)).state).toBe('succeeded');
  const again = await plan(RDB);
  expect(again.parts).toEqual([]);
  const { request, state } = await deploy(RDB);
  expect([state, JSON.stringify(request?.input)]).toEqual([
    'succeeded',
    expect.stringContaining('slipway.dev/restarted-at'),
  ]);
});

describe('strategies', () => {
  test('what a workload cannot do is not offered', async () => {
    const target = (path: readonly string[]) => targetAt({ kind: kubernetesKind, path }, shop.ports);
    const offered = async (path: readonly string[]) => (await target(path).read(NEVER)).strategies;
    expect(await offered(RDB)).toEqual(['ROLLING', 'FORCE']);
    expect(await offered(GW)).toEqual(['ROLLING']);
    expect(await offered(EOD)).toEqual(['NO_RESTART', 'CANARY', 'FORCE']);
    expect((await target(GW).read(NEVER)).impossible).toEqual([
      { strategy: 'NO_RESTART', why: 'replaced-at-once' },
      { strategy: 'CANARY', why: 'replaced-at-once' },
      { strategy: 'FORCE', why: 'deployment' },
    ]);
    expect(found(await plan(GW, { strategy: 'FORCE' }), 'strategy')).toMatchObject({
      verdict: 'block',
      facts: { why: 'deployment' },
    });
  });

  test('FORCE deletes the pods with earlier code, each by its uid, and comes to be live', async () => {
    const { state, steps } = await deploy(RDB, { strategy: 'FORCE' });
    const deleted = steps.filter(({ name }) => name === 'further-request');
    // The rollout has begun with the third by itself.
    expect([state, deleted.length]).toEqual(['succeeded', 2]);
    expect(deleted[0]?.facts).toMatchObject({
      operation: 'DeletePod',
      input: { body: { preconditions: { uid: expect.any(String) } } },
    });
  });

  test('with OnDelete running pods stay, and the code is set, not live', async () => {
    const before = await podNames('eod');
    const { state, outcome } = await deploy(EOD);
    expect([state, outcome?.facts]).toMatchObject(['succeeded', { takenLater: 'replaced' }]);
    expect(await podNames('eod')).toEqual(before);
  });
});

async function podNames(app: string): Promise<readonly string[]> {
  const { json } = await api.get(`/api/v1/namespaces/tick/pods?labelSelector=app%3D${app}`);
  return json.items.map(({ metadata }) => metadata.uid).sort();
}

describe('it ends as it is', () => {
  test('with 0 replicas it is set, and nothing is live', async () => {
    await change(api, RDB, { spec: { replicas: 0 } });
    await shop.sandbox.control.advance(120_000);
    const planned = await plan(RDB);
    expect(found(planned, 'rollout')).toMatchObject({ code: 'rollout.no-replicas' });
    const { id } = await shop.apply(planned);
    expect((await followByMinutes(shop, id)).outcome?.facts).toMatchObject({ running: false });
  });

  test('a pod that crashes is named, and so it is in the plan of the way back', async () => {
    await shop.sandbox.control.foreign({
      kind: 'kubernetes-program',
      clusterName: TRADING,
      namespace: 'tick',
      pod: 'rdb-',
      end: { afterSeconds: 1, exitCode: 3 },
    });
    const { state, outcome } = await deploy(RDB);
    expect([state, outcome?.failure]).toMatchObject([
      'failed',
      { code: 'pod-fails', facts: { pod: 'rdb-2', container: 'rdb', exitCode: 3, stuck: true } },
    ]);
    expect(found(await plan(RDB), 'rollout')).toMatchObject({
      code: 'rollout.stuck',
      facts: { pod: 'rdb-2', blocks: true },
    });
  });

  test('that the workload is gone is believed after five minutes, and says nothing of the update', async () => {
    const { id } = await shop.apply(await plan(RDB));
    await api.send('DELETE', apiPath(RDB), { propagationPolicy: 'Background' });
    const { state, outcome, facts } = await followByMinutes(shop, id);
    expect([state, outcome?.facts]).toMatchObject(['unknown', { why: 'not-found', check: 'workload' }]);
    expect(facts['missingSince']).toEqual(expect.any(Number));
  });

  test('who owns the workload for good is not deployed to', async () => {
    const planned = await plan([TRADING, 'tick', 'statefulset/insights-rdb']);
    expect(found(planned, 'manager')).toMatchObject({ verdict: 'block', code: 'manager.kxi' });
  });
});

describe('what another manager undoes', () => {
  test.each(['operator', 'replace', 'terraform'])(
    '%s is told by the next poll, and nothing is sent again',
    async (manager) => {
      await shop.sandbox.control.foreign({
        kind: 'kubernetes-program',
        clusterName: TRADING,
        namespace: 'tick',
        pod: 'rdb-',
        readySeconds: 200,
      });
      const { id } = await shop.apply(await plan(RDB));
      await shop.sandbox.control.foreign({
        kind: 'kubernetes-manager',
        clusterName: TRADING,
        namespace: 'tick',
        workload: 'statefulset/rdb',
        manager,
      });
      const { state, outcome } = await followByMinutes(shop, id);
      // Who takes a field away and writes nothing leaves no trace of who it was.
      expect([state, outcome?.failure]).toMatchObject([
        'failed',
        { code: 'changed-back', facts: { managers: [] } },
      ]);
      await shop.sandbox.control.advance(10 * MINUTE);
      expect(await takenIn(shop)).toBe(1);
    },
  );

  test('kubectl rollout undo, which writes the annotations of before, is named', async () => {
    await deploy(RDB);
    await shop.write({ 'version.q': 'another\n' });
    const before = (await targetAt({ kind: kubernetesKind, path: RDB }, shop.ports).look(NEVER)).facts;
    const { id } = await shop.apply(await plan(RDB));
    const annotations = before['annotations'] as Record<string, string>;
    await annotate(api, RDB, annotations, 'kubectl-rollout');
    expect((await followByMinutes(shop, id)).outcome?.failure).toMatchObject({
      code: 'changed-back',
      facts: { managers: ['kubectl-rollout'] },
    });
  });
});

test('a request that left no trace has not arrived, once an answer could not come any more', async () => {
  const planned = await plan(RDB);
  await shop.sandbox.control.fault({ kind: 'reset', service: 'kubernetes', operation: 'patch statefulsets' });
  const { id } = await shop.apply(planned);
  expect((await followByMinutes(shop, id)).outcome?.failure).toMatchObject({ code: 'never-arrived' });
  expect(await takenIn(shop)).toBe(0);
});

test('a request that was taken and never answered is found live, and not sent again', async () => {
  const planned = await plan(RDB);
  const service = 'kubernetes';
  await shop.sandbox.control.fault(
    { kind: 'reset-after', service, operation: 'patch statefulsets' },
    // Nor is there an answer to who looks what became of it; the first one is the last look before the request.
    { kind: 'reset', service, operation: 'get statefulsets', after: 1 },
  );
  const { id } = await shop.apply(planned);
  await shop.sandbox.control.clearFaults();
  expect(shop.ledger.operation(id)).toMatchObject({ state: 'watching' });
  expect(shop.ledger.operation(id)?.acceptedAt).toBeUndefined();
  expect((await followByMinutes(shop, id)).state).toBe('succeeded');
});
