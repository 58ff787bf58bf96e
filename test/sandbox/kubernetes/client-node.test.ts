/** Kubernetes' own client for JavaScript reads all that the sandbox's clusters hold. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestSandbox, type TestSandbox } from '../start';
import { judgeFrom } from './npm-install';

const NAME = '@kubernetes/client-node';
const judge = await judgeFrom({ name: NAME, version: '1.4.0', keep: '.' });
const title = 'missing' in judge ? `${NAME} (skipped: ${judge.missing})` : NAME;

interface List {
  readonly items: readonly {
    readonly metadata?: { readonly name?: string; readonly creationTimestamp?: Date };
  }[];
}

/** As far as it is called here. */
interface Client {
  readonly KubeConfig: new () => {
    loadFromString(text: string): void;
    setCurrentContext(name: string): void;
    readonly contexts: readonly { readonly name: string }[];
    makeApiClient(api: unknown): Readonly<Record<string, () => Promise<List>>>;
  };
  readonly [api: string]: unknown;
}

const LISTS: Readonly<Record<string, readonly string[]>> = {
  CoreV1Api: [
    ...['listNode', 'listNamespace', 'listPodForAllNamespaces', 'listEventForAllNamespaces'],
    ...['listServiceForAllNamespaces', 'listConfigMapForAllNamespaces', 'listPersistentVolume'],
    'listPersistentVolumeClaimForAllNamespaces',
  ],
  AppsV1Api: [
    ...[
      'listDeploymentForAllNamespaces',
      'listReplicaSetForAllNamespaces',
      'listStatefulSetForAllNamespaces',
    ],
    ...['listDaemonSetForAllNamespaces', 'listControllerRevisionForAllNamespaces'],
  ],
  BatchV1Api: ['listJobForAllNamespaces', 'listCronJobForAllNamespaces'],
  PolicyV1Api: ['listPodDisruptionBudgetForAllNamespaces'],
  EventsV1Api: ['listEventForAllNamespaces'],
};

describe.skipIf('missing' in judge)(title, () => {
  let sandbox: TestSandbox;

  beforeAll(async () => {
    sandbox = await startTestSandbox({ kubeconfig: true });
  });
  afterAll(() => sandbox.stop());

  it('reads every list of every cluster', async () => {
    if ('missing' in judge) throw new Error(judge.missing);
    const client = createRequire(join(judge.path, 'package.json'))(NAME) as Client;
    const address = JSON.parse(await readFile(sandbox.file, 'utf8')) as { readonly kubeconfig: string };
    const config = new client.KubeConfig();
    config.loadFromString(await readFile(address.kubeconfig, 'utf8'));
    const counts: Record<string, number> = {};
    for (const { name } of config.contexts) {
      config.setCurrentContext(name);
      for (const [api, lists] of Object.entries(LISTS)) {
        const asked = config.makeApiClient(client[api]);
        for (const list of lists) {
          const { items } = (await asked[list]?.()) ?? { items: [] };
          counts[list] = (counts[list] ?? 0) + items.length;
          for (const { metadata } of items) {
            expect(metadata?.name).toMatch(/./);
            expect(metadata?.creationTimestamp).toBeInstanceOf(Date);
          }
        }
      }
    }
    const seeded = ['listNode', 'listPodForAllNamespaces', 'listDeploymentForAllNamespaces'];
    const budgets = 'listPodDisruptionBudgetForAllNamespaces';
    for (const list of [...seeded, 'listStatefulSetForAllNamespaces', budgets])
      expect(counts[list]).toBeGreaterThan(0);
  });
});
