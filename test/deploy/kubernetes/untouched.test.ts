/** The whole workload but for Slipway's annotations is the same before and after. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { annotationsOf } from '../../../src/deploy/kubernetes/annotations';
import type { Workloads } from '../../../src/deploy/kubernetes/ports';
import type { WorkloadKind } from '../../../src/model/workload';
import { casesOf } from '../../cases';
import { type ApiObject, type KubernetesApi, kubernetesApi } from '../../sandbox/kubernetes/api';
import { made, madeNamespace, NAMESPACE } from '../../sandbox/kubernetes/made';
import { openShop, type Shop } from '../shop';
import { TRADING } from './workloads';

const NEVER = new AbortController().signal;

let shop: Shop;
let api: KubernetesApi;
let workloads: Workloads;
beforeAll(async () => {
  shop = await openShop();
  api = await kubernetesApi(shop.sandbox, TRADING);
  workloads = shop.ports.workloads(TRADING);
  await madeNamespace(api);
});
afterAll(() => shop.close());

const name = fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/);
const words = fc.dictionary(
  fc.stringMatching(/^[a-z][a-z0-9.]{0,8}\/[a-z][a-z0-9]{0,8}$/),
  fc.string({ maxLength: 12 }),
  { maxKeys: 4 },
);
const container = fc.record(
  {
    name,
    image: fc.stringMatching(/^[a-z]{1,8}:[0-9.]{1,4}$/),
    env: fc.uniqueArray(fc.record({ name: fc.stringMatching(/^[A-Z]{1,8}$/), value: fc.string() }), {
      selector: (one) => one.name,
      maxLength: 3,
    }),
    args: fc.array(fc.string(), { maxLength: 3 }),
    resources: fc.constant({ requests: { cpu: '100m', memory: '64Mi' } }),
    readinessProbe: fc.constant({ tcpSocket: { port: 5000 }, periodSeconds: 3 }),
  },
  { requiredKeys: ['name', 'image'] },
);
const containers = (least: number) =>
  fc.uniqueArray(container, { selector: (one) => one.name, minLength: least, maxLength: 3 });
const podSpec = fc.record(
  {
    containers: containers(1),
    initContainers: containers(0),
    nodeSelector: fc.dictionary(name, name, { maxKeys: 2 }),
    tolerations: fc.array(fc.record({ key: name, operator: fc.constant('Exists') }), { maxLength: 2 }),
    terminationGracePeriodSeconds: fc.nat({ max: 100 }),
    volumes: fc.uniqueArray(fc.record({ name, emptyDir: fc.constant({}) }), {
      selector: (one) => one.name,
      maxLength: 2,
    }),
  },
  { requiredKeys: ['containers'] },
);

/** No controller has anything to do with it: no replicas, and a Deployment is paused. */
const workload = fc.record({
  kind: fc.constantFrom<WorkloadKind>('Deployment', 'StatefulSet'),
  labels: words,
  annotations: words,
  podAnnotations: words,
  podSpec,
  minReadySeconds: fc.nat({ max: 60 }),
});

const configuration = fc.record({
  key: fc.stringMatching(/^[a-z]{1,8}\.zip$/),
  versionId: fc.option(fc.stringMatching(/^[A-Za-z0-9]{4,12}$/), { nil: undefined }),
  script: fc.option(fc.stringMatching(/^[a-z]{1,8}\.q$/), { nil: undefined }),
  commandLineArguments: fc.array(fc.record({ key: name, value: fc.string({ maxLength: 8 }) }), {
    maxLength: 3,
  }),
  digest: fc.stringMatching(/^[0-9a-f]{64}$/),
});

/** All but what Slipway writes, and what the API server itself counts with it. */
function others(object: ApiObject): unknown {
  const { metadata, spec } = structuredClone(object) as unknown as {
    metadata: { resourceVersion?: string; generation?: number; managedFields?: { manager: string }[] };
    spec: { template: { metadata: { annotations?: Record<string, string> } } };
  };
  const { annotations = {} } = spec.template.metadata;
  const kept = Object.entries(annotations).filter(([one]) => !one.startsWith('slipway.dev/'));
  const { annotations: _, ...template } = spec.template.metadata;
  delete metadata.resourceVersion;
  delete metadata.generation;
  return {
    metadata: {
      ...metadata,
      managedFields: metadata.managedFields?.filter(({ manager }) => manager !== 'slipway'),
    },
    spec: {
      ...spec,
      template: { ...spec.template, metadata: { ...template, annotations: Object.fromEntries(kept) } },
    },
  };
}

let count = 0;

// Requests over TLS, hundreds of them where all cases are tried.
test('in random workloads, one deployment after the other', { timeout: 600_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(
      workload,
      fc.array(configuration, { minLength: 1, maxLength: 2 }),
      async (random, sent) => {
        count += 1;
        const at = { kind: random.kind, namespace: NAMESPACE, name: `random-${count}` };
        const folder = `/apis/apps/v1/namespaces/${NAMESPACE}/${random.kind.toLowerCase()}s`;
        const labels = { ...random.labels, app: at.name };
        const object = await made(api, folder, {
          apiVersion: 'apps/v1',
          kind: random.kind,
          metadata: { name: at.name, labels: random.labels, annotations: random.annotations },
          spec: {
            replicas: 0,
            minReadySeconds: random.minReadySeconds,
            ...(random.kind === 'Deployment' && { paused: true }),
            selector: { matchLabels: { app: at.name } },
            template: { metadata: { labels, annotations: random.podAnnotations }, spec: random.podSpec },
          },
        });
        for (const { key, versionId, script, commandLineArguments, digest } of sent) {
          const next = {
            code: { bucket: 'code', key, ...(versionId !== undefined && { versionId }) },
            ...(script !== undefined && { initializationScript: script }),
            commandLineArguments,
          };
          const annotations = annotationsOf(next, digest);
          const { uid, resourceVersion } = await workloads.read(at, NEVER);
          const after = await workloads.apply(at, { uid, resourceVersion, annotations }, NEVER);
          expect(after.annotations).toEqual(annotations);
        }
        expect(others((await api.get(`${folder}/${at.name}`)).json)).toEqual(others(object));
        await api.send('DELETE', `${folder}/${at.name}`, {});
      },
    ),
    casesOf(500),
  );
});
