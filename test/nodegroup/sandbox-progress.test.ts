/**
 * How far an update is, end to end against the sandbox: 0 to 6 nodes replaced, never more than is true, never backwards,
 * however EKS goes about it and whatever becomes of the cluster's API in the middle. The judge reads the nodes from the
 * sandbox itself, with none of Slipway's code.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { UpdateChoice } from '../../src/nodegroup/choice/choice';
import { insideOf } from '../../src/nodegroup/inside/inside';
import type { Situation } from '../../src/nodegroup/reading/situation';
import type { Operation } from '../../src/operations/operation';
import { kubernetesApi } from '../sandbox/kubernetes/api';
import { startTestSandbox, type TestSandbox } from '../sandbox/start';
import { openOperations } from './operations';
import { openInside } from './sandbox-inside';
import {
  CLUSTER,
  configured,
  GROUP,
  judgeOf,
  MINUTE,
  NODES,
  PATIENCE,
  type UpdateSettings,
} from './six-nodes';

interface Scenario {
  readonly name: string;
  readonly config?: UpdateSettings;
  readonly choose?: (situation: Situation) => UpdateChoice;
  /** What becomes of the cluster's API once two nodes are replaced. */
  readonly meanwhile?: (sandbox: TestSandbox) => Promise<void>;
  /** Whether it has met Slipway. */
  readonly met?: (sandbox: TestSandbox) => Promise<boolean>;
  /** Several nodes at a time, so that not every number is seen. */
  readonly leaps?: boolean;
}

const WATCHED = ['nodes', 'pods', 'poddisruptionbudgets'];
const watchOf = (resource: string) => ({ service: 'kubernetes', operation: `watch ${resource}` });

/** The API server is gone for so many simulated minutes: connections break, and the next request meets what comes then. */
async function broken(sandbox: TestSandbox, minutes: number): Promise<void> {
  const watch = await (await kubernetesApi(sandbox, CLUSTER)).watch('/api/v1/namespaces?watch=true');
  await sandbox.control.foreign({ kind: 'kubernetes-gone', clusterName: CLUSTER, minutes });
  const untilBroken = async (): Promise<void> => {
    while (await watch.next());
  };
  await expect(untilBroken()).rejects.toThrow();
}

const SCENARIOS: readonly Scenario[] = [
  { name: 'one node at a time' },
  { name: 'three nodes at a time', config: { maxUnavailable: 3 }, leaps: true },
  { name: 'MINIMAL', config: { maxUnavailable: 1, updateStrategy: 'MINIMAL' } },
  {
    name: 'launch template alone',
    choose: ({ nodegroup: { version, releaseVersion } }) => ({
      version: version!,
      release: releaseVersion!,
      templateVersion: 3,
      force: false,
    }),
  },
  {
    name: 'token refused',
    meanwhile: async (sandbox) => {
      for (const resource of WATCHED) {
        const refused = { status: 401, code: 'Unauthorized', message: 'Unauthorized', times: 1 };
        await sandbox.control.fault({ ...refused, ...watchOf(resource), kind: 'error' });
      }
      await broken(sandbox, 1);
    },
    met: async (sandbox) => (await sandbox.control.faults()).every(({ played }) => played === 1),
  },
  {
    name: 'history forgotten (410)',
    meanwhile: async (sandbox) => {
      await sandbox.control.clearRequests();
      await broken(sandbox, 8);
      // What is forgotten has to have happened while nobody could watch.
      await sandbox.control.advance(7 * MINUTE);
      await sandbox.control.foreign({ kind: 'kubernetes-compact', clusterName: CLUSTER });
    },
    // Only a history that is gone makes it list again. The judge lists no pages; pods may be listed after the end.
    met: async (sandbox) =>
      (await sandbox.control.requests({ operation: 'list nodes' })).some(({ query }) =>
        query.includes('limit='),
      ),
  },
  {
    name: 'API server gone',
    meanwhile: (sandbox) => broken(sandbox, 12),
  },
];

let sandbox: TestSandbox;

beforeAll(async () => {
  sandbox = await startTestSandbox();
});
afterAll(() => sandbox.stop());

function unlessGone(thrown: unknown): undefined {
  if (!/hang up|ECONNRESET|disconnected/.test(String(thrown))) throw thrown;
}

describe.each(SCENARIOS)('an update of six nodes: $name', (scenario) => {
  const { config, choose, meanwhile, met, leaps } = scenario;
  test('all are counted', { timeout: 300_000 }, async () => {
    await configured(sandbox, config);
    const inside = await openInside(sandbox);
    const judge = await judgeOf(await kubernetesApi(sandbox, CLUSTER));
    const operations = await openOperations();
    const { id } = await inside.update(operations, await inside.plan(CLUSTER, GROUP, choose));
    const shown: number[] = [];
    let latest: Operation = operations.ledger.operation(id)!;
    const isOpen = (): boolean => latest.state === 'watching';
    /** Once the API is gone nobody can judge; what was true before is true still. */
    let truth = 0;
    const look = async (): Promise<number | undefined> => {
      latest = await operations.look(inside.follower, id);
      const { old, basis, replaced } = insideOf(latest)?.numbers ?? {};
      if (replaced === undefined) return undefined;
      expect({ old, basis }).toEqual({ old: NODES, basis: 'recorded' });
      if (isOpen()) expect(replaced, 'more than is true').toBeLessThanOrEqual(truth);
      shown.push(replaced);
      return replaced;
    };
    await expect.poll(look, PATIENCE).toBe(0);
    let isPlayed = meanwhile === undefined;
    for (let minutes = 0; isOpen(); minutes += 1) {
      expect(minutes, 'minutes of the update').toBeLessThan(180);
      await sandbox.control.advance(MINUTE);
      const judged = await judge().catch(unlessGone);
      if (judged === undefined || judged === truth) {
        await look();
      } else {
        truth = judged;
        // EKS may say that all is over at the same time.
        await expect.poll(async () => ((await look()) === truth ? truth : isOpen()), PATIENCE).not.toBe(true);
      }
      // Before the update goes on: it could end while one of the watches rests.
      if (met && isPlayed && judged !== undefined) await expect.poll(() => met(sandbox), PATIENCE).toBe(true);
      if (!isPlayed && truth >= 2) {
        isPlayed = true;
        await meanwhile?.(sandbox);
      }
    }
    expect(latest.state).toBe('succeeded');
    expect(isPlayed).toBe(true);
    expect(shown).toEqual([...shown].sort((a, b) => a - b));
    const seen = [...new Set(shown)];
    if (meanwhile) expect(seen).toEqual(expect.arrayContaining([0, 1, 2, NODES]));
    else if (leaps) expect(seen.length).toBeLessThan(NODES);
    else expect(seen).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect((await met?.(sandbox)) ?? true).toBe(true);
    expect(await judge()).toBe(NODES);
    expect(insideOf(latest)?.numbers).toMatchObject({ replaced: NODES, gone: NODES });
    await inside.close();
  });
});
