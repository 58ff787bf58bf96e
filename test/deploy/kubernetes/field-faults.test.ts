/** What goes wrong in the field after the plan, played by the sandbox: how a deployment ends by it, and what is said. */
import { beforeEach, describe, expect, test } from 'vitest';
import { readFailingPod } from '../../../src/commands/code/failing-pod';
import type { Operation } from '../../../src/operations/operation';
import { failureWords } from '../../../src/view/messages/failure';
import { doneWords } from '../../../src/view/messages/operation';
import { expectPlainWords } from '../../nodegroup/plain';
import { type ApiObject, type KubernetesApi, kubernetesApi } from '../../sandbox/kubernetes/api';
import { made } from '../../sandbox/kubernetes/made';
import { useShop } from '../use-shop';
import { apiPath, change, followByMinutes, GW, inputFor, RDB, TRADING, takenIn } from './workloads';

const NEVER = new AbortController().signal;
const MINUTE = 60_000;
const TICK = 'namespaces/tick';

const shop = useShop();
let api: KubernetesApi;
beforeEach(async () => {
  api = await kubernetesApi(shop.sandbox, TRADING);
});

const program = (what: object) =>
  shop.sandbox.control.foreign({
    kind: 'kubernetes-program',
    clusterName: TRADING,
    namespace: 'tick',
    ...what,
  });

async function deploy(path: readonly string[]): Promise<Operation> {
  const planned = await shop.plan(inputFor(shop, path));
  const { id, failure } = await shop.apply(planned);
  expect(failure).toBeUndefined();
  return followByMinutes(shop, id);
}

function said({ outcome }: Operation): string {
  if (outcome?.failure === undefined) throw new Error('it has not failed');
  const words = failureWords(outcome.failure);
  expectPlainWords(words);
  return words;
}

const seenOf = (operation: Operation) => readFailingPod(operation, { ports: async () => shop.ports }, NEVER);

describe('a pod that waits', () => {
  test('for a volume that another node has is told by the words of its event, and shown with it', async () => {
    await made(api, `/api/v1/${TICK}/persistentvolumeclaims`, {
      metadata: { name: 'shared' },
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
    });
    const volumes = [{ name: 'shared', persistentVolumeClaim: { claimName: 'shared' } }];
    await change(api, GW, { spec: { replicas: 1, template: { spec: { volumes } } } });
    await shop.sandbox.control.advance(5 * MINUTE);
    // The new pod comes to another one.
    await cordon((await api.get(`/api/v1/${TICK}/pods?labelSelector=app%3Dgw`)).json.items.map(nodeOf));
    const operation = await deploy(GW);
    expect(operation.outcome?.failure).toMatchObject({
      code: 'pod-fails',
      facts: { reason: 'FailedAttachVolume', stuck: false },
    });
    expect(said(operation)).toMatch(/^Pod gw-\S+ does not start: FailedAttachVolume\. .*Multi-Attach error/);
    const seen = await seenOf(operation);
    expect(JSON.stringify(seen?.events)).toContain('Volume is already used by pod(s) gw-');
    // It would never end by itself: the earlier pod runs on.
    await shop.sandbox.control.advance(60 * MINUTE);
    expect(await takenIn(shop)).toBe(1);
  });

  test.each([
    ['StatefulSet', RDB],
    ['Deployment', GW],
  ])('for a node that has room is told by the scheduler’s words: %s', async (_, path) => {
    const planned = await shop.plan(inputFor(shop, path));
    const { id } = await shop.apply(planned);
    await cordon((await api.get('/api/v1/nodes')).json.items.map(({ metadata }) => metadata.name));
    const operation = await followByMinutes(shop, id);
    expect(operation.outcome?.failure).toMatchObject({
      code: 'pod-fails',
      facts: { reason: 'Unschedulable' },
    });
    expect(said(operation)).toMatch(/Kubernetes says: 0\/\d+ nodes are available/);
  });
});

test.each([
  ['StatefulSet', RDB],
  ['Deployment', GW],
])('pods of a %s that a quota refuses are told in the words of their owner', async (_, path) => {
  const quota = { metadata: { name: 'tick' }, spec: { hard: { pods: '1' } } };
  await made(api, `/api/v1/${TICK}/resourcequotas`, quota);
  const operation = await deploy(path);
  expect(operation.outcome?.failure).toMatchObject({ code: 'pods-not-made' });
  expect(said(operation)).toContain('exceeded quota: tick, requested: pods=1, used: pods=');
});

const nodeOf = ({ spec }: ApiObject): string => (spec as { readonly nodeName: string }).nodeName;

/** These nodes take no pod any more. */
async function cordon(names: readonly string[]): Promise<void> {
  const type = 'application/merge-patch+json';
  for (const name of names) {
    const { status } = await api.send(
      'PATCH',
      `/api/v1/nodes/${name}`,
      { spec: { unschedulable: true } },
      { type },
    );
    expect(status).toBe(200);
  }
}

test('a Deployment that is paused has the code set, ends, and is not called live', async () => {
  await change(api, GW, { spec: { paused: true } });
  const operation = await deploy(GW);
  expect(operation).toMatchObject({ state: 'succeeded', outcome: { facts: { takenLater: 'resumed' } } });
  expect(doneWords(operation)).toContain('once somebody resumes it');
  await change(api, GW, { spec: { paused: false } });
  await shop.sandbox.control.advance(10 * MINUTE);
  expect((await shop.plan(inputFor(shop, GW))).parts).toEqual([]);
});

describe('an init container', () => {
  const imageOf = async (path: readonly string[], name: string): Promise<string> => {
    const { spec } = (await api.get(apiPath(path))).json as unknown as Templated;
    const found = spec.template.spec.initContainers.find((one) => one.name === name);
    if (!found) throw new Error(`there is no ${name}`);
    return found.image;
  };

  test.each([
    [
      12,
      'denied: arn:aws:sts::111122223333:assumed-role/node/i-1 needs s3:GetObjectVersion',
      's3:GetObjectVersion',
    ],
    [15, 'no space left for the zip in /slipway', 'no space left'],
    [16, 'no credentials within 300 seconds; a hop limit of 1', 'hop limit'],
    [17, "S3 could not be asked within 300 seconds; with Istio's CNI", 'CNI plug-ins'],
  ])(
    'that ends with exit code %i is told with what it means, and its last lines are shown',
    async (exitCode, last, words) => {
      const image = await imageOf(RDB, 'slipway-fetch');
      await program({ image, end: { afterSeconds: 2, exitCode }, lastWords: [`error: ${last}`] });
      const operation = await deploy(RDB);
      expect(operation.outcome?.failure).toMatchObject({
        code: 'pod-fails',
        facts: { pod: 'rdb-2', container: 'slipway-fetch', exitCode, stuck: true },
      });
      expect(said(operation)).toContain(words);
      expect(await seenOf(operation)).toMatchObject({ lines: { text: expect.stringContaining(last) } });
    },
  );

  test.each([
    ['ErrImagePull', 'toomanyrequests: You have reached your pull rate limit.'],
    ['ErrImagePull', 'no match for platform in manifest: not found'],
  ])('whose image cannot be had is told: %s, %s', async (reason, message) => {
    await program({ image: await imageOf(RDB, 'slipway-unzip'), refused: { reason, message } });
    const operation = await deploy(RDB);
    expect(operation.outcome?.failure).toMatchObject({ facts: { container: 'slipway-unzip', reason } });
    expect(said(operation)).toContain(reason);
    expect(JSON.stringify((await seenOf(operation))?.events)).toContain(message);
  });
});

interface Templated {
  readonly spec: {
    readonly template: {
      readonly spec: {
        readonly initContainers: readonly { readonly name: string; readonly image: string }[];
      };
    };
  };
}
