/** docs/kubernetes.md, followed word for word in the sandbox, and held against what it tells of. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { showSnippet } from '../../../../src/commands/snippet/show-snippet';
import { targetAt, targetKinds } from '../../../../src/commands/target-kinds';
import { applyDeployment } from '../../../../src/deploy/apply/apply-deployment';
import { createCodeFollower } from '../../../../src/deploy/follow/code-follower';
import { planDeployment } from '../../../../src/deploy/plan/plan-deployment';
import { summaryOf } from '../../../../src/deploy/plan/summary';
import { parseTargets } from '../../../../src/deploy/targets/parse';
import { planInputOf } from '../../../../src/deploy/targets/plan-input';
import type { Target } from '../../../../src/deploy/targets/target';
import { EXIT_CODES } from '../../../../src/model/exit-codes';
import type { Operation } from '../../../../src/operations/operation';
import { runOperation } from '../../../../src/operations/run-operation';
import { type KubernetesApi, kubernetesApi } from '../../../sandbox/kubernetes/api';
import { made } from '../../../sandbox/kubernetes/made';
import { type Reply, ScriptedPrompts } from '../../../view/scripted-prompts';
import { saving } from '../../saving';
import { hasty, openShop, type Shop } from '../../shop';

const PAGE = readFileSync(resolve(import.meta.dirname, '../../../../docs/kubernetes.md'), 'utf8');
const NEVER = new AbortController().signal;
const KDB = '/api/v1/namespaces/kdb';
const SETS = '/apis/apps/v1/namespaces/kdb/statefulsets';

/** The one block of code in a language. */
function block(language: string): string {
  const [found, ...more] = PAGE.split('```').filter((text) => text.startsWith(`${language}\n`));
  expect([found === undefined, more.length]).toEqual([false, 0]);
  return (found ?? '').slice(language.length + 1);
}

it('tells of every exit code, and of no others', () => {
  const told = [...PAGE.matchAll(/^\| (\d+) \|/gm)].map(([, code]) => code);
  expect(told).toEqual(Object.keys(EXIT_CODES));
});

describe('from a bare StatefulSet to code', () => {
  let shop: Shop;
  let api: KubernetesApi;
  beforeAll(async () => {
    shop = await openShop();
    api = await kubernetesApi(shop.sandbox, 'trading-prod');
    await made(api, '/api/v1/namespaces', { metadata: { name: 'kdb' } });
  });
  afterAll(() => shop.close());

  /** What the init containers that fetch have left, pod by pod, once a minute has passed. */
  async function proofs(): Promise<readonly unknown[]> {
    await shop.sandbox.control.advance(60_000);
    const { json } = await api.get(`${KDB}/pods?labelSelector=app%3Dhdb`);
    return json.items.map(({ status }) => {
      const { initContainerStatuses = [] } = status as {
        readonly initContainerStatuses?: readonly {
          readonly state: { readonly terminated?: { readonly message?: string } };
        }[];
      };
      return initContainerStatuses[0]?.state.terminated?.message;
    });
  }

  async function snippet(): Promise<string> {
    const { connection } = shop.input('').destination;
    const eksCluster = await shop.ports.eks.describeCluster('trading-prod', NEVER);
    const replies: Reply[] = [
      { to: 'Choose the workload', say: 'kdb/statefulset/hdb' },
      { to: 'The container', say: 'hdb' },
      { to: 'Choose the program', say: 'q' },
      { to: 'Name of the database', say: '' },
      { to: 'Choose the bucket', say: target().bucket },
      { to: 'Folder in the bucket', say: target().prefix },
      { to: 'Choose how the pods get the right', say: 'EKS Pod Identity' },
    ];
    const prompts = new ScriptedPrompts(replies);
    let text = '';
    await showSnippet(
      { connection, eksCluster },
      {
        store: { all: () => [connection] },
        picking: {
          selected: () => undefined,
          last: { get: () => undefined, remember: async () => undefined },
          help: async () => false,
        },
        ports: async () => shop.ports,
        prompts,
        documents: {
          showText: async (_name, author) => {
            text = await author();
          },
        },
        notify: { succeeded: async () => undefined },
      },
    );
    prompts.expectDone();
    return text;
  }

  function target(): Target {
    const { entries, problems } = parseTargets(block('json'), targetKinds);
    expect(problems).toEqual([]);
    return entries[0]!.target!;
  }

  it('a workload runs as before with the snippet, and takes the code of a deployment', async () => {
    await made(api, SETS, parse(block('yaml')));
    expect(await proofs()).toEqual([undefined, undefined]);

    const text = await snippet();
    const places = [`${KDB}/configmaps`, `${KDB}/serviceaccounts`, SETS];
    for (const [index, document] of parseAllDocuments(text).entries()) {
      const object = document.toJSON() as { readonly metadata: { readonly name: string } };
      const path = `${places[index]}/${object.metadata.name}?fieldManager=slipway-snippet&force=true`;
      const { status } = await api.send('PATCH', path, object, { type: 'application/apply-patch+yaml' });
      expect(status).toBeLessThan(300);
    }
    expect(await proofs()).toEqual(['none', 'none']);

    await shop.write({ 'init.q': 'x:1\n' });
    const operation = await deploy(target());
    expect(operation.outcome).toMatchObject({ state: 'succeeded' });
    const [first, second] = await proofs();
    expect(first).toMatch(/^[0-9a-f]{64}$/);
    expect(second).toBe(first);
    const log = await api.get(`${KDB}/pods/hdb-0/log?container=hdb`);
    expect(log.text).toContain('/opt/kx/app/code/init.q');

    // From then on a save deploys, as the page has it.
    const { onSave } = target();
    expect(onSave.enabled).toBe(true);
    const saved = saving(shop, {
      input: inputOf(target()),
      onSave,
      follow: (id) => follow(target(), id),
    });
    await shop.write({ 'init.q': 'x:2\n' });
    saved.queue.changed('save', 'init.q');
    await expect.poll(() => saved.ends, { timeout: 30_000 }).toEqual([{ kind: 'live' }]);
    await saved.queue.dispose();
    const [after, others] = await proofs();
    expect([after === first, others]).toEqual([false, after]);
    expect(after).toMatch(/^[0-9a-f]{64}$/);
  });

  function inputOf(wanted: Target) {
    const { connection } = shop.input('').destination;
    const { cacheFolder } = shop.request();
    return planInputOf(wanted, { connection, root: { root: shop.folder }, cacheFolder });
  }

  async function deploy(wanted: Target): Promise<Operation> {
    const input = inputOf(wanted);
    const reached = targetAt(input.destination, shop.ports);
    const parts = { ports: shop.ports, target: reached, packer: shop.packer, clock: hasty };
    const plan = await planDeployment(input, parts, NEVER);
    const { subject, author } = plan;
    const kind = wanted.kind.operationKind;
    const journal = await shop.ledger.begin({ kind, subject, author, plan: summaryOf(plan) });
    const failure = await runOperation(shop.ledger, journal, () =>
      applyDeployment(plan, { ...parts, journal, pack: input.source.request }, NEVER),
    );
    expect(failure).toBeUndefined();
    return await follow(wanted, journal.id);
  }

  async function follow(wanted: Target, id: string): Promise<Operation> {
    const reached = targetAt(inputOf(wanted).destination, shop.ports);
    const follower = createCodeFollower(wanted.kind, async () => reached, hasty);
    for (let looks = 0; looks < 60; looks += 1) {
      const seen = await follower.poll(shop.ledger.operation(id)!, NEVER);
      if (seen.state === 'ended') {
        await shop.ledger.record(id, { type: 'ended', outcome: seen.outcome });
        return shop.ledger.operation(id)!;
      }
      if (seen.facts) await shop.ledger.record(id, { type: 'observed', facts: seen.facts });
      await shop.sandbox.control.advance(30_000);
    }
    throw new Error('The deployment does not end.');
  }
});
