/** "Show Workload Snippet…": from the questions to the document and what its buttons copy. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import {
  containerProblem,
  databaseProblem,
  prefixProblem,
  programProblem,
  workloadIn,
} from '../../src/commands/snippet/checks';
import { showSnippet } from '../../src/commands/snippet/show-snippet';
import type { SnippetWorkload } from '../../src/commands/snippet/steps';
import type { Connection } from '../../src/model/connection';
import type { Remedy } from '../../src/view/notify';
import { openShop, type Shop } from '../deploy/shop';
import { type Reply, ScriptedPrompts } from '../view/scripted-prompts';

let shop: Shop;
let connection: Connection;
beforeAll(async () => {
  shop = await openShop();
  connection = shop.input('').destination.connection;
});
afterAll(() => shop.close());

const show = (...replies: Reply[]) => showFor(undefined, ...replies);

/** @param workload of a row */
async function showFor(workload: SnippetWorkload | undefined, ...replies: Reply[]) {
  const prompts = new ScriptedPrompts(replies);
  const shown: { name: string; text: string; buttons: string[] }[] = [];
  const pages: { name: string; text: string }[] = [];
  const eksCluster = await shop.ports.eks.describeCluster('trading-prod', new AbortController().signal);
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
      documents: { showText: async (name, author) => void pages.push({ name, text: await author() }) },
      notify: {
        succeeded: async (text: string, remedies: readonly Remedy[] = []) => {
          const [page] = pages;
          shown.push({ name: page?.name ?? '', text, buttons: remedies.map(({ label }) => label) });
        },
      },
    },
    workload,
  );
  prompts.expectDone();
  return { shown, pages, asked: prompts.asked };
}

describe('the snippet of a workload', () => {
  test('is shown for kdb as a YAML document that can be copied', async () => {
    const { shown, pages, asked } = await show(
      { to: 'Choose the workload', say: 'tick/statefulset/hdb' },
      { to: 'The container', say: 'hdb' },
      { to: 'Choose the program', say: 'q' },
      { to: 'Name of the database', exit: 'back' },
      { to: 'Choose the program', say: 'q' },
      { to: 'Name of the database', say: 'trades' },
      { to: 'Choose the bucket', say: 'acme-kdb-code-111122223333' },
      { to: 'Folder in the bucket', say: 'code/hdb' },
      { to: 'Choose how the pods get the right', say: 'EKS Pod Identity' },
    );
    expect(asked.at(-1)).toMatch(/^7\/7 /);
    expect(shown).toEqual([
      {
        name: 'hdb-slipway.yaml',
        text: expect.stringContaining('hdb'),
        buttons: ['Copy YAML', 'Copy AWS Commands'],
      },
    ]);
    const text = pages[0]?.text ?? '';
    const documents = parseAllDocuments(text).map((one) => one.toJSON() as { readonly kind: string });
    expect(documents.map(({ kind }) => kind)).toEqual(['ConfigMap', 'ServiceAccount', 'StatefulSet']);
    expect(text).toContain('.aws.akdb:"trades";');
    expect(text).toContain('value: code/hdb/\n');
    expect(text).toContain('# 1. Give its pods the right to read the code, by EKS Pod Identity:');
  });

  test('asks for no workload from the row of one', async () => {
    const { asked, shown } = await showFor(
      { kind: 'StatefulSet', namespace: 'tick', workload: 'rdb' },
      { to: 'The container', say: 'rdb' },
      { to: 'Choose the program', say: 'node app.js' },
      { to: 'Choose the bucket', say: 'acme-elsewhere' },
      { to: 'Folder in the bucket', say: '' },
      { to: 'Choose how the pods get the right', say: 'EKS Pod Identity' },
    );
    expect(asked[0]).not.toContain('The workload in');
    expect(shown[0]?.name).toBe('rdb-slipway.yaml');
  });

  test('asks for no database where the program is another', async () => {
    const { pages } = await show(
      { to: 'Choose the workload', say: 'tick/deployment/pricing' },
      { to: 'The container', say: 'main' },
      { to: 'Choose the program', say: 'node --inspect' },
      { to: 'Choose the bucket', say: 'acme-elsewhere' },
      { to: 'Folder in the bucket', say: '' },
      { to: 'Choose how the pods get the right', say: 'IAM roles for service accounts (IRSA)' },
    );
    const text = pages[0]?.text ?? '';
    expect(text).toContain('command: ["/bin/sh", "/opt/slipway/start.sh", node, "--inspect", "--"]');
    expect(text).not.toContain('aws.q');
    expect(text).toContain('eks.amazonaws.com/role-arn');
  });
});

test('what is typed is checked', () => {
  expect(workloadIn(' kdb/statefulset/hdb ')).toEqual({
    namespace: 'kdb',
    kind: 'StatefulSet',
    workload: 'hdb',
  });
  for (const bad of [
    'hdb',
    'kdb/hdb',
    'kdb/pod/hdb',
    'Kdb/statefulset/hdb',
    'kdb/statefulset/hdb/x',
    'kdb/constructor/x',
  ])
    expect([bad, workloadIn(bad)]).toEqual([bad, undefined]);
  const taken = (check: (text: string) => string | undefined, ...texts: readonly string[]): unknown =>
    texts.map((text) => check(text) === undefined);
  expect(taken(containerProblem, 'hdb', 'a', '-a', 'A', '')).toEqual([true, true, false, false, false]);
  expect(taken(programProblem, 'q', 'q -- -p 1', ' ', '', "a 'b'", 'a\nb')).toEqual([
    true,
    true,
    false,
    false,
    false,
    false,
  ]);
  expect(taken(databaseProblem, '', 'db', 'a/b', 'a\n')).toEqual([true, true, false, false]);
  expect(taken(prefixProblem, '', 'a', 'a/b', '/a', 'a/', 'a//b', 'a b', '\u00fc')).toEqual([
    ...[true, true, true],
    ...[false, false, false, false, false],
  ]);
});
