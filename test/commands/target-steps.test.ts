/** How a wizard comes to something that code is deployed to: from nothing, from a row of the tree, and back again. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { configurationSteps } from '../../src/commands/code/configuration-steps';
import { type KnownTarget, knownTarget, targetSteps } from '../../src/commands/code/picked-target';
import type { Picking } from '../../src/commands/pick/connection';
import { finspaceKind } from '../../src/deploy/finspace/kind';
import type { Connection } from '../../src/model/connection';
import { runWizard, wizard } from '../../src/view/wizard/wizard';
import { openShop, PROD, type Shop } from '../deploy/shop';
import { type Reply, ScriptedPrompts } from '../view/scripted-prompts';

let shop: Shop;
let connection: Connection;
beforeAll(async () => {
  shop = await openShop();
  connection = shop.input('').destination.connection;
});
afterAll(() => shop.close());

async function pick(known: KnownTarget, ...replies: Reply[]) {
  const prompts = new ScriptedPrompts(replies);
  const deps = {
    store: { all: () => [connection] },
    ports: async () => shop.ports,
    picking: PICKING,
  };
  const scripts = async () => ({ paths: ['init/start.q'], lacks: async () => undefined });
  const steps = wizard()
    .and(targetSteps(deps, known))
    .and(configurationSteps({ scriptsOf: scripts, isFirst: () => false, asksArguments: true }));
  const answers = await runWizard('Deploy', steps, {}, prompts);
  prompts.expectDone();
  return { answers, asked: prompts.asked };
}

const PICKING: Picking = {
  selected: () => undefined,
  last: { get: () => undefined, remember: async () => undefined },
  help: async () => true,
};

const HOW: readonly Reply[] = [
  { to: 'Choose how the q processes take the code', say: 'ROLLING' },
  { to: 'Choose the initialization script', say: 'init/start.q' },
];

describe('the steps to a target', () => {
  test('ask for the cluster out of one list, and read it', async () => {
    const { answers, asked } = await pick(
      {},
      { to: 'Choose where to', say: 'Sandbox / equities-prod / eq-rdb' },
      ...HOW,
      { to: '', exit: 'leave' },
    );
    expect(answers).toBeUndefined();
    expect(asked.map((one) => one.split(' ')[0])).toEqual(['1/4', '2/4', '3/4', '4/4']);
  });

  test('ask nothing of what a row stands for, and offer what its type allows', async () => {
    const within = [PROD, 'eq-rdb'];
    const { asked } = await pick(
      { connection, kind: finspaceKind, within },
      { to: 'Choose how the q processes take the code', exit: 'leave' },
    );
    expect(asked).toEqual(['1/3 Choose how the q processes take the code']);
    await expect(
      pick({ connection, kind: finspaceKind, within }, { to: 'Choose how', say: 'NO_RESTART' }),
    ).rejects.toThrow('"NO_RESTART" is none of ROLLING, FORCE');
  });

  test('begin with the cluster where the row is its environment, and lead back to it', async () => {
    const { asked } = await pick(
      { connection, kind: finspaceKind, within: [PROD] },
      { to: 'Choose where to', say: 'Sandbox / equities-prod / eq-rdb' },
      { to: 'Choose how', exit: 'back' },
      { to: 'Choose where to', say: 'Sandbox / equities-prod / eq-hdb' },
      { to: 'Choose how', exit: 'leave' },
    );
    expect(asked.map((one) => one.split(' ')[0])).toEqual(['1/4', '2/4', '1/4', '2/4']);
  });

  test('ask for script and arguments no more where the strategy keeps them', async () => {
    const { answers } = await pick(
      { connection, kind: finspaceKind, within: [PROD, 'eq-analytics'] },
      { to: 'Choose how', say: 'NO_RESTART' },
    );
    expect(answers).toMatchObject({
      kind: finspaceKind,
      path: [PROD, 'eq-analytics'],
      strategy: 'NO_RESTART',
      initializationScript: { kind: 'keep' },
      seen: { label: 'equities-prod / eq-analytics' },
    });
  });
});

test('a row of something else answers its connection alone', () => {
  const root = { kind: 'connection', id: connection.id, connection } as never;
  expect(knownTarget(root)).toEqual({ connection });
  expect(knownTarget(undefined)).toEqual({});
});
