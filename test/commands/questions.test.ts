/** How many questions a deployment asks, what it remembers, and how a wizard that was left goes on. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Memento } from 'vscode';
import type { BatchRunner } from '../../src/commands/batches';
import { type DeployDeps, deploy, showPlan } from '../../src/commands/code/deploy';
import { Drafts } from '../../src/commands/code/drafts';
import { RememberedPrefixes } from '../../src/commands/code/remembered';
import { likeliestFirst } from '../../src/commands/code/scripts';
import { codeRowStarter, deploySeveral } from '../../src/commands/code/several/deploy-several';
import { LastPlace } from '../../src/commands/pick/last-place';
import type { Work } from '../../src/commands/run';
import { createBatches } from '../../src/operations/batch';
import { BATCH, batchPlan } from '../../src/operations/batch-plan';
import { runOperation } from '../../src/operations/run-operation';
import type { ResourceNode } from '../../src/view/resources/node';
import type { Offer, Pressed } from '../../src/view/wizard/review';
import { BUCKET, DEV, hasty, openShop, PROD, SCRATCH, type Shop } from '../deploy/shop';
import { startTestSandbox, type TestSandbox } from '../sandbox/start';
import { AS_TICKED, type Reply, ScriptedPrompts } from '../view/scripted-prompts';
import { Uri, workspace } from '../view/window-stand-in';

let sandbox: TestSandbox;
let shop: Shop;
let memento: Map<string, unknown>;
let now: number;
let selected: ResourceNode | undefined;
/** What is pressed on the page of a plan, one after the other. */
let presses: Pressed<never>[];
let offers: Offer<never>[];

const NAME = 'code';
const NEVER = new AbortController().signal;

beforeAll(async () => {
  sandbox = await startTestSandbox();
});
afterAll(() => sandbox.stop());
beforeEach(async () => {
  await sandbox.control.reset();
  // A ledger and a memory of its own: what was answered before counts.
  shop = await openShop(sandbox);
  await shop.write({ 'init/start.q': '\\d .\n', 'aaa.q': 'a:1\n', 'zzz.q': 'z:1\n' });
  memento = new Map();
  now = 1_000;
  selected = undefined;
  presses = [];
  offers = [];
  workspace.workspaceFolders = [{ uri: Uri.file(shop.folder), name: NAME, index: 0 }];
});
afterEach(async () => {
  workspace.workspaceFolders = [];
  await shop.close();
});

function storage(): Memento {
  return {
    keys: () => [...memento.keys()],
    get: (key: string, otherwise?: unknown) => memento.get(key) ?? otherwise,
    update: async (key: string, value: unknown) => void memento.set(key, structuredClone(value)),
  } as Memento;
}

function depsOf(prompts: ScriptedPrompts): DeployDeps {
  const { connection } = shop.input('').destination;
  const throwing = (thrown: unknown): never => {
    throw thrown;
  };
  const deps: Partial<DeployDeps> = {
    store: { all: () => [connection] } as unknown as DeployDeps['store'],
    prompts,
    ports: async () => shop.ports,
    packer: shop.packer,
    clock: hasty,
    cacheFolder: shop.request().cacheFolder,
    ledger: shop.ledger,
    picking: { selected: () => selected, last: new LastPlace(storage()), help: async () => true },
    prefixes: new RememberedPrefixes(storage(), () => 'slipway'),
    drafts: new Drafts(storage(), () => now, throwing),
    confirmed: { has: () => true } as unknown as DeployDeps['confirmed'],
    notify: { words: () => '' } as unknown as DeployDeps['notify'],
    reviews: {
      page: () => ({
        ask: async (offer: Offer<never>) => {
          offers.push(offer);
          return presses.shift() ?? { kind: 'leave' };
        },
        close: () => undefined,
        carriedOut: () => undefined,
      }),
    } as unknown as DeployDeps['reviews'],
    runner: {
      run: async ({ planned, apply }: Work) => {
        const journal = await shop.ledger.begin(planned);
        await runOperation(shop.ledger, journal, () => apply(journal, NEVER, () => undefined));
      },
    } as unknown as DeployDeps['runner'],
  };
  return deps as DeployDeps;
}

/** Runs rows as the extension does, and lets AWS finish each. */
function batchesIn(deps: DeployDeps): BatchRunner {
  const { ledger } = shop;
  const run: BatchRunner['run'] = async (planned, plan) => {
    const batches = createBatches({ ledger, clock: hasty, start: codeRowStarter(deps) });
    const id = await batches.begin(planned, plan);
    let isDone = false;
    const running = batches.run(id, NEVER).finally(() => {
      isDone = true;
    });
    while (!isDone) {
      const sent = ledger.operations().filter(({ state, kind }) => state === 'watching' && kind === 'code');
      for (const operation of sent) await shop.follow(operation.id);
      await pause(5);
    }
    await running;
  };
  return { run } as unknown as BatchRunner;
}

async function answer(what: typeof deploy, node: ResourceNode | undefined, ...replies: Reply[]) {
  const prompts = new ScriptedPrompts(replies);
  await what(node, depsOf(prompts));
  prompts.expectDone();
  return prompts;
}

/** A row of the tree as far as commands read it. */
function row(environmentId: string, environment: string, cluster: string): ResourceNode {
  const { connection } = shop.input('').destination;
  const parent = {
    kind: 'environment',
    id: environmentId,
    environment: { id: environmentId, name: environment },
    parent: { kind: 'connection', id: connection.id, connection },
  };
  return { kind: 'kdb-cluster', id: cluster, summary: { name: cluster }, parent } as unknown as ResourceNode;
}
const scratch = (): ResourceNode => row(DEV, 'equities-dev', 'dev-scratch');
const rdb = (): ResourceNode => row(PROD, 'equities-prod', 'eq-rdb');

const PLACE: Reply = { to: 'Choose where to', say: 'Sandbox / equities-dev / dev-scratch' };
const REST: readonly Reply[] = [
  { to: 'Choose what to deploy', say: NAME },
  { to: 'Choose a bucket', say: BUCKET },
  { to: 'Choose how the q processes take the code', say: 'ROLLING' },
  { to: 'Choose the initialization script', say: 'init/start.q' },
];
const GO: Reply = { to: 'Deploy to equities-dev / dev-scratch?', say: 'Deploy' };
const LEAVE: Reply = { to: 'Deploy to equities-dev / dev-scratch?', exit: 'leave' };
const AGAIN: Reply = { to: 'Choose what to deploy', say: 'As last time' };

const questionsOf = ({ asked }: ScriptedPrompts): readonly string[] =>
  asked.filter((one) => !one.includes('Nothing has been sent yet'));

/** The last update that the cluster was sent. */
const sent = async (): Promise<unknown> => (await shop.cluster('dev-scratch')).updates.at(-1)?.body;

/** Deploys for the first time, and lets AWS finish. */
async function deployed(): Promise<ScriptedPrompts> {
  const prompts = await answer(deploy, undefined, PLACE, ...REST, GO);
  await shop.sandbox.control.advance(60 * 60_000);
  return prompts;
}

describe('the number of questions', () => {
  test('is five for the first deployment ever, and nothing is skipped that is not the same for all', async () => {
    const prompts = await deployed();
    expect(questionsOf(prompts)).toHaveLength(5);
    expect(prompts.titles).toEqual(['Deploy Code', ...Array(5).fill('Deploy to equities-dev / dev-scratch')]);
    expect((await shop.cluster('dev-scratch')).configuration).toMatchObject({
      code: { s3Bucket: BUCKET, s3Key: expect.stringMatching(/^slipway\//) },
      initializationScript: 'init/start.q',
    });
  });

  test('is one from a row, and two from the palette, with all that was answered the last time', async () => {
    await deployed();
    await shop.write({ 'aaa.q': 'a:2\n' });
    const fromRow = await answer(deploy, scratch(), AGAIN, GO);
    expect(questionsOf(fromRow).length).toBeLessThanOrEqual(2);
    expect((await shop.cluster('dev-scratch')).updates).toHaveLength(2);
    await shop.sandbox.control.advance(60 * 60_000);
    await shop.write({ 'aaa.q': 'a:3\n' });
    const fromPalette = await answer(deploy, undefined, PLACE, AGAIN, GO);
    expect(questionsOf(fromPalette).length).toBeLessThanOrEqual(3);
    const [one, two, three] = (await shop.cluster('dev-scratch')).updates.map(({ body }) => body as object);
    for (const later of [two, three])
      expect(later).toMatchObject({
        initializationScript: 'init/start.q',
        deploymentConfiguration: { deploymentStrategy: 'ROLLING' },
      });
    expect(one).toMatchObject({ initializationScript: 'init/start.q' });
  });

  test('stays so where there are targets, which are rows of the same list', async () => {
    const target = { connection: 'sandbox', environment: DEV, cluster: 'dev-scratch', bucket: BUCKET };
    await shop.write({ 'slipway.json': JSON.stringify({ targets: { scratch: target, broken: {} } }) });
    const first = await answer(deploy, undefined, PLACE, ...REST, LEAVE);
    expect(questionsOf(first)).toHaveLength(5);
    expect(first.lists[0]?.rows.slice(0, 2)).toEqual(['scratch', 'broken']);
    const byTarget = await answer(deploy, undefined, { to: 'Choose where to', say: 'scratch' }, LEAVE);
    expect(questionsOf(byTarget)).toHaveLength(1);
    expect(byTarget.titles.at(-1)).toBe('Deploy to scratch');
    const fromRow = await answer(deploy, scratch(), { to: 'Choose a target', say: 'scratch' }, LEAVE);
    expect(questionsOf(fromRow)).toHaveLength(1);
  });

  test('Back from a target, or from a wizard that goes on, leads to the list again', async () => {
    const target = { connection: 'sandbox', environment: DEV, cluster: 'dev-scratch', bucket: BUCKET };
    await shop.write({ 'slipway.json': JSON.stringify({ targets: { scratch: target } }) });
    const BACK: Reply = { to: 'Deploy to equities-dev / dev-scratch?', exit: 'back' };
    await answer(deploy, undefined, PLACE, ...REST, LEAVE);
    const prompts = await answer(
      deploy,
      undefined,
      { to: 'Choose where to', say: 'scratch' },
      BACK,
      { to: 'Choose where to', say: 'Continue where you left?' },
      BACK,
      PLACE,
      { to: 'Choose what to deploy', exit: 'leave' },
    );
    expect(prompts.titles).toEqual([
      'Deploy Code',
      'Deploy to scratch',
      'Deploy Code',
      'Deploy to equities-dev / dev-scratch',
      'Deploy Code',
      'Deploy to equities-dev / dev-scratch',
    ]);
    expect(prompts.asked[1]).toMatch(/^2\/2 /);
    const [first, , again] = prompts.lists;
    expect(again?.rows).toEqual(first?.rows);
  });

  test('what was used last stands first, below the row that is selected', async () => {
    await answer(deploy, undefined, PLACE, { to: 'Choose what', exit: 'leave' });
    selected = rdb();
    const prompts = await answer(deploy, undefined, PLACE, { to: 'Choose what', exit: 'leave' });
    expect(prompts.lists[0]?.rows.slice(0, 2)).toEqual([
      'Sandbox / equities-prod / eq-rdb',
      'Sandbox / equities-dev / dev-scratch',
    ]);
    expect(prompts.lists[0]?.rows.filter((label) => label.endsWith('eq-rdb'))).toHaveLength(1);
  });
});

describe('for several places', () => {
  const MANY = 'Choose two or more to deploy to';
  const [HDB, SCRATCH_ROW] = ['Sandbox / equities-prod / eq-hdb', 'Sandbox / equities-dev / dev-scratch'];
  const ALL: Reply = { to: MANY, say: [HDB, SCRATCH_ROW] };
  const GO_ALL: Reply = { to: 'Deploy to 2 clusters, one after the other?', say: 'Deploy' };
  const LEAVE_ALL: Reply = { to: 'Deploy to 2 clusters, one after the other?', exit: 'leave' };
  const FIRST: readonly Reply[] = [
    { to: 'Choose what to deploy', say: NAME },
    { to: 'Choose a bucket', say: BUCKET },
    { to: 'Choose how the q processes take the code', say: 'What each type allows' },
  ];

  async function answerSeveral(...replies: Reply[]): Promise<ScriptedPrompts> {
    const prompts = new ScriptedPrompts(replies);
    const deps = depsOf(prompts);
    await deploySeveral({ ...deps, batches: batchesIn(deps) });
    prompts.expectDone();
    return prompts;
  }

  const order = (): readonly (string | undefined)[] => {
    const batch = shop.ledger.operations().find(({ kind }) => kind === BATCH);
    return batch === undefined ? [] : batchPlan(batch).rows.map(({ planned }) => planned.subject.path.at(-1));
  };

  test('four questions lead to the first review, and one to the next, with all that was answered', async () => {
    // The script that the cluster has.
    await shop.write({ 'hdb/init.q': 'h:1\n' });
    const first = await answerSeveral(
      ALL,
      ...FIRST,
      { to: 'Deploy to 2 clusters', say: 'Order' },
      { to: 'in this order', say: '2. equities-dev / dev-scratch' },
      { to: 'in this order', say: 'Go on' },
      GO_ALL,
    );
    expect(first.asked.filter((one) => !one.startsWith('0/'))).toHaveLength(4 + 2);
    expect(order()).toEqual(['dev-scratch', 'eq-hdb']);
    await shop.write({ 'aaa.q': 'a:2\n' });
    const again = await answerSeveral({ to: MANY, say: AS_TICKED }, AGAIN, GO_ALL);
    expect(questionsOf(again)).toHaveLength(2);
    expect(order()).toEqual(['dev-scratch', 'eq-hdb']);
    expect((await shop.cluster('dev-scratch')).updates).toHaveLength(2);
  });

  test('targets are rows of the same list, and ask for nothing more', async () => {
    const target = { connection: 'sandbox', environment: DEV, cluster: 'dev-scratch', bucket: BUCKET };
    const other = { ...target, environment: PROD, cluster: 'eq-hdb' };
    await shop.write({ 'slipway.json': JSON.stringify({ targets: { scratch: target, hdb: other } }) });
    const byTargets = await answerSeveral({ to: MANY, say: ['scratch', 'hdb'] }, LEAVE_ALL);
    expect(questionsOf(byTargets)).toHaveLength(1);
    const both = await answerSeveral({ to: MANY, say: ['hdb', SCRATCH_ROW] }, ...FIRST, LEAVE_ALL);
    expect(questionsOf(both)).toHaveLength(4);
  });
});

describe('what the questions offer', () => {
  test('buckets of the region alone, first the one with the present code; likely scripts first, and none that stays behind; no strategy that skips', async () => {
    const prompts = await answer(deploy, rdb(), ...REST.slice(0, 3), {
      to: 'Choose the initialization script',
      exit: 'leave',
    });
    const [, buckets] = prompts.lists;
    expect(buckets?.rows[0]).toBe(BUCKET);
    expect(buckets?.rows).toContain(SCRATCH);
    expect(buckets?.rows.filter((name) => name.includes('emea'))).toEqual([]);
    await shop.write({ '.slipwayignore': 'scratch/\n', 'scratch/notes.q': 'n:1\n' });
    const first = await answer(deploy, scratch(), ...REST, LEAVE);
    expect(first.lists[2]).toMatchObject({ rows: ['NO_RESTART', 'ROLLING', 'FORCE'], focused: 'ROLLING' });
    expect(first.lists[3]?.rows).toEqual(['init/start.q', 'aaa.q', 'zzz.q', 'No initialization script']);
    expect(likeliestFirst(['a.q', 'lib/b.q', 'lib/init.q', 'initial.q', 'main.q'])).toEqual([
      'main.q',
      'lib/init.q',
      'a.q',
      'initial.q',
      'lib/b.q',
    ]);
  });

  test('a bucket of another region and an empty folder are refused at once', async () => {
    const empty = join(shop.folder, '../empty');
    await mkdir(join(empty, '.git'), { recursive: true });
    workspace.workspaceFolders = [
      ...workspace.workspaceFolders,
      { uri: Uri.file(empty), name: 'empty', index: 1 },
    ];
    const elsewhere = BUCKET.replace('code', 'code-emea');
    const prompts = await answer(
      deploy,
      scratch(),
      { to: 'Choose what to deploy', say: 'empty' },
      { to: 'Choose what to deploy', say: NAME },
      { to: 'Choose a bucket', say: elsewhere },
      { to: 'Choose a bucket', exit: 'leave' },
    );
    expect(prompts.problems).toEqual([
      'There is no file in it that can be deployed.',
      expect.stringContaining(`The bucket "${elsewhere}" is in `),
    ]);
  });
});

describe('the review', () => {
  test('shows what was not asked, and each answer is changed by itself', async () => {
    const prompts = await answer(
      deploy,
      scratch(),
      ...REST,
      { to: 'Deploy to', say: 'Folder in the bucket' },
      { to: 'Folder in the bucket', say: 'team' },
      { to: 'Deploy to', say: 'Arguments' },
      { to: 'Command-line arguments', say: 'Done: no arguments' },
      { to: 'Deploy to', say: 'Bucket' },
      { to: 'Choose a bucket', exit: 'back' },
      GO,
    );
    expect(prompts.lists[4]?.rows).toEqual(
      expect.arrayContaining([
        'Bucket',
        'Folder in the bucket',
        'Strategy',
        'Initialization script',
        'Arguments',
      ]),
    );
    expect(await sent()).toMatchObject({ code: { s3Key: expect.stringMatching(/^team\//) } });
  });

  test('has "Change…" on the page, too, which offers the same answers', async () => {
    presses = [{ kind: 'change' }, { kind: 'change' }];
    const prompts = await answer(
      showPlan,
      scratch(),
      ...REST,
      { to: 'Choose what to change', exit: 'back' },
      { to: 'Choose what to change', say: 'Strategy' },
      { to: 'Choose how', say: 'FORCE' },
    );
    expect(offers.map(({ canChange }) => canChange)).toEqual([true, true, true]);
    expect(prompts.asked.at(-1)).toContain('0/0');
    // What has to be agreed to first is said on the button.
    expect(offers.map(({ go }) => go?.label)).toEqual(['Deploy', 'Deploy', 'Confirm and Deploy…']);
  });
});

describe('a wizard that was left', () => {
  const CONTINUE = 'Continue where you left?';

  test('goes on at the first question that has no answer', async () => {
    await answer(deploy, undefined, PLACE, ...REST.slice(0, 3), {
      to: 'Choose the initialization script',
      exit: 'leave',
    });
    const prompts = await answer(
      deploy,
      undefined,
      { to: 'Choose where to', say: CONTINUE },
      { to: 'Choose the initialization script', say: 'zzz.q' },
      LEAVE,
    );
    expect(prompts.lists[0]?.rows[0]).toBe(CONTINUE);
    const again = await answer(deploy, scratch(), { to: 'Choose what to deploy', say: CONTINUE }, GO);
    expect(questionsOf(again)).toHaveLength(1);
    // Exactly what it would go on with.
    expect(prompts.lists[0]?.details[0]).toBe(`${NAME}, bucket ${BUCKET}, ROLLING`);
    expect(again.lists[0]?.details[0]).toBe(`${NAME}, bucket ${BUCKET}, ROLLING, script zzz.q`);
    expect(await sent()).toMatchObject({ initializationScript: 'zzz.q' });
    // It was sent: nothing is left.
    const after = await answer(deploy, scratch(), AGAIN, LEAVE);
    expect(after.lists[0]?.rows).not.toContain(CONTINUE);
    // What was known counts as answered.
    const left = await answer(deploy, scratch(), { to: 'Choose what to deploy', say: CONTINUE }, LEAVE);
    expect(left.lists[0]?.details[0]).toBe(`${NAME}, bucket ${BUCKET}, ROLLING, script zzz.q`);
  });

  test('is offered to the same command, for the same place, for a day', async () => {
    await answer(deploy, scratch(), ...REST.slice(0, 2), { to: 'Choose how', exit: 'leave' });
    const offered = async (what: typeof deploy, node: ResourceNode | undefined): Promise<boolean> => {
      const prompts = await answer(
        what,
        node,
        ...(node === undefined ? [PLACE] : []),
        { to: 'Choose what to deploy', say: NAME },
        { to: 'Choose a bucket', exit: 'leave' },
      );
      return prompts.lists[0]?.rows[0] === CONTINUE;
    };
    expect(await offered(showPlan, undefined)).toBe(false);
    expect(await offered(deploy, undefined)).toBe(true);
    expect(await offered(deploy, rdb())).toBe(false);
    expect(await offered(deploy, rdb())).toBe(true);
    now += 24 * 60 * 60_000;
    expect(await offered(deploy, undefined)).toBe(false);
  });

  test('keeps no values of arguments, and asks for those that were changed', async () => {
    const typed: readonly Reply[] = [
      { to: 'Deploy to', say: 'Arguments' },
      { to: 'Command-line arguments', say: 'Add an argument' },
      { to: 'Key of the argument', say: 'token' },
      { to: 'Value of the argument', say: 's3cr3t' },
      { to: 'Command-line arguments', say: 'Done: 1 argument' },
    ];
    await answer(deploy, scratch(), ...REST, ...typed, LEAVE);
    expect(JSON.stringify([...memento])).not.toContain('s3cr3t');
    const prompts = await answer(
      deploy,
      scratch(),
      { to: 'Choose what to deploy', say: CONTINUE },
      { to: 'Command-line arguments', say: 'Done: no arguments' },
      LEAVE,
    );
    expect(questionsOf(prompts)).toHaveLength(2);
  });
});
