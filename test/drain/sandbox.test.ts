/**
 * Every cause of a blocked drain in the sandbox's cluster that has one for each node group: the plan says so before, the
 * follow while, the explanation after, with the right pod and budget; a node group without a cause says nothing.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { outcomeWords } from '../../src/commands/outcome';
import { insideOf } from '../../src/nodegroup/inside/inside';
import type { Operation } from '../../src/operations/operation';
import { checkWords } from '../../src/view/messages/nodegroup';
import { openOperations } from '../nodegroup/operations';
import { openInside, type SandboxInside } from '../nodegroup/sandbox-inside';
import { startTestSandbox, type TestSandbox } from '../sandbox/start';

const CLUSTER = 'options-desk';
const MINUTE = 60_000;

interface Expected {
  /** What the plan says; absent where nothing can be seen before. */
  readonly before?: readonly RegExp[];
  /** Codes of what is seen to hold pods while it runs. */
  readonly while: readonly string[];
  /** Of the explanation; absent where the update goes through. */
  readonly after?: RegExp;
}

const GROUPS: Readonly<Record<string, Expected>> = {
  pricing: {
    before: [/options\/pricing-\d on .*: The budget pricing \(needs 2 healthy, has 2\) never lets/],
    while: ['budget-never'],
    after: /options\/pricing-\d on .*: The budget pricing .* never lets/,
  },
  quotes: {
    before: [/options\/quotes-.* The budget quotes \(needs 2 healthy, has 2\) never lets/],
    while: ['budget-never'],
    after: /options\/quotes-.* The budget quotes/,
  },
  surfaces: {
    before: [
      /The budget surfaces \(needs 2 healthy, has 2\) lets no pod go now/,
      /options\/surfaces-1 is ready/,
    ],
    while: ['budget-not-now'],
    after: /options\/surfaces-\d on .*: The budget surfaces/,
  },
  hedging: {
    before: [/options\/hedging-.* More than one budget covers it: hedging, hedging-too/],
    while: ['several-budgets'],
    after: /More than one budget covers it: hedging, hedging-too/,
  },
  agents: {
    before: [/options\/agents-.* It tolerates cordoned nodes/],
    while: ['comes-back'],
    after: /options\/agents-.* It tolerates cordoned nodes/,
  },
  notebooks: { before: [/options\/notebooks.* Nothing makes it anew/], while: [] },
  history: {
    before: [/options\/history-\d on .*: It may take 30 minutes to stop/],
    while: ['long-grace'],
    after: /options\/history-\d on .*: It may take 30 minutes to stop/,
  },
  archive: {
    before: [/options\/archive-1 on .*: It should have been gone by .* archive.acme.example\/uploaded/],
    while: ['stuck'],
    after: /options\/archive-1 on .*: It should have been gone by/,
  },
  licensed: {
    while: ['replacement-pending'],
    after: /The budget licensed .* lets no pod go, because options\/licensed-\d finds no node/,
  },
  margin: {
    before: [/Kubernetes cannot count the budget margin/],
    while: ['budget-not-computed'],
    after: /Kubernetes cannot count the budget margin/,
  },
  smiles: {
    before: [/options\/smiles-.* It is not ready, and the budget smiles/],
    while: ['unready-held'],
    after: /options\/smiles-.* It is not ready, and the budget smiles/,
  },
};

let sandbox: TestSandbox;
let inside: SandboxInside;

beforeAll(async () => {
  sandbox = await startTestSandbox();
  inside = await openInside(sandbox);
});

afterAll(async () => {
  await inside.close();
  await sandbox.stop();
});

async function readiness(cluster: string, nodegroup: string): Promise<string> {
  const check = (await inside.plan(cluster, nodegroup)).checks.find(({ id }) => id === 'drain-readiness');
  return check ? `${check.code}: ${checkWords(check)}` : 'none';
}

test.each(Object.entries(GROUPS).filter(([, { before }]) => before))(
  'the plan for %s says so before',
  async (group, { before = [] }) => {
    const said = await readiness(CLUSTER, group);
    for (const words of before) expect(said).toMatch(words);
    for (const other of Object.keys(GROUPS)) {
      if (other !== group) expect(said).not.toContain(`options/${other}`);
    }
  },
);

/** Updates node groups, and looks at each of them once a simulated minute until all have ended. */
async function updated(places: readonly { readonly cluster: string; readonly nodegroup: string }[]) {
  const operations = await openOperations();
  const { ledger, look } = operations;
  const { follower } = inside;
  const followed: { nodegroup: string; id: string; held: Set<string>; replaced: number[] }[] = [];
  for (const { cluster, nodegroup } of places) {
    const operation = await inside.update(operations, await inside.plan(cluster, nodegroup));
    followed.push({ nodegroup, id: operation.id, held: new Set(), replaced: [] });
  }
  const latest = (id: string): Operation => ledger.operation(id)!;
  // Time goes on here by the test's word alone: not before the watch of the cluster knows the nodes.
  for (const { id, replaced } of followed) {
    const numbers = async () => insideOf(await look(follower, id))?.numbers;
    await expect.poll(numbers).toBeDefined();
    replaced.push((await numbers())!.replaced);
  }
  for (let minutes = 0; minutes < 180; minutes += 1) {
    const going = followed.filter(({ id }) => latest(id).state === 'watching');
    if (going.length === 0) break;
    await sandbox.control.advance(MINUTE);
    for (const { id, held, replaced } of going) {
      const seen = insideOf(await look(follower, id));
      if (seen?.numbers?.heldNow) for (const { code } of seen.held?.blockers ?? []) held.add(code);
      if (seen?.numbers) replaced.push(seen.numbers.replaced);
    }
  }
  return new Map(
    followed.map(({ nodegroup, id, held, replaced }) => [
      nodegroup,
      { operation: latest(id), held, replaced },
    ]),
  );
}

const rising = (numbers: readonly number[]): boolean =>
  numbers.every((number, at) => number >= (numbers[at - 1] ?? 0));

test('the follow says so while, and the explanation after', async () => {
  const groups = Object.keys(GROUPS);
  const told = await updated(groups.map((nodegroup) => ({ cluster: CLUSTER, nodegroup })));
  for (const [group, expected] of Object.entries(GROUPS)) {
    const { operation, held, replaced } = told.get(group)!;
    const { state } = operation;
    expect({ group, state }).toEqual({ group, state: expected.after ? 'failed' : 'succeeded' });
    expect({ group, held: [...held] }).toEqual({ group, held: expect.arrayContaining([...expected.while]) });
    expect(replaced, group).toSatisfy(rising);
    const words = outcomeWords(operation, ({ kind }) => kind) ?? '';
    if (expected.after) expect(words, group).toMatch(expected.after);
  }
}, 300_000);

test('a node group without a cause says nothing, and counts all of its nodes', async () => {
  // The first is updated by MINIMAL.
  const places = ['training', 'inference-arm'].map((nodegroup) => ({ cluster: 'research-gpu', nodegroup }));
  for (const { cluster, nodegroup } of places) {
    expect(await readiness(cluster, nodegroup)).toMatch(/^drain-free: /);
  }
  for (const [group, { operation, held, replaced }] of await updated(places)) {
    expect({ group, state: operation.state, held: [...held] }).toEqual({
      group,
      state: 'succeeded',
      held: [],
    });
    const { numbers } = insideOf(operation)!;
    expect(numbers).toMatchObject({ basis: 'recorded', replaced: numbers!.old, gone: numbers!.old });
    expect(replaced[0]).toBe(0);
    expect(replaced).toSatisfy(rising);
  }
}, 120_000);
