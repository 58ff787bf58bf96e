/** In a workspace that is not trusted nothing begins, whichever way a command is reached. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BatchRunner } from '../../src/commands/batches';
import { compareWithDeployed } from '../../src/commands/code/compare';
import { deploy, deployAgain, deployRepeated, showPlan } from '../../src/commands/code/deploy';
import { rollBack } from '../../src/commands/code/roll-back';
import { deployRestAgain, deploySeveral } from '../../src/commands/code/several/deploy-several';
import { saveAsTarget } from '../../src/commands/code/targets/save';
import { Runner } from '../../src/commands/run';
import { NEED_TRUST, requireTrust } from '../../src/commands/trust';
import type { CommandId } from '../../src/view/command-ids';
import { logOf } from '../../src/view/log';
import { Notifier } from '../../src/view/notify';
import { contributes } from '../view/menu-items';
import { channel, takeShown, workspace } from '../view/window-stand-in';

beforeAll(() => {
  workspace.isTrusted = false;
});
afterAll(() => {
  workspace.isTrusted = true;
});

const UNTRUSTED = expect.objectContaining({
  failure: { kind: 'refused', code: 'workspace-not-trusted', facts: {} },
});
/** Whoever reads anything of it has begun. */
const untouched = new Proxy(
  {},
  {
    get: (_, name) => {
      throw new Error(`${String(name)} was used`);
    },
  },
) as never;

test('trust is required as long as it is not given', () => {
  expect(requireTrust).toThrow(UNTRUSTED);
  workspace.isTrusted = true;
  expect(requireTrust).not.toThrow();
  workspace.isTrusted = false;
});

describe('without trust, before anything is read or asked,', () => {
  test.each<[string, () => Promise<unknown>]>([
    ['deploying', () => deploy(undefined, untouched)],
    ['planning', () => showPlan(undefined, untouched)],
    ['deploying again', () => deployAgain(untouched)],
    ['repeating an operation', () => deployRepeated(untouched, untouched)],
    ['comparing', () => compareWithDeployed(undefined, untouched)],
    ['rolling back', () => rollBack(undefined, untouched)],
    ['deploying several', () => deploySeveral(untouched)],
    ['deploying the rest', () => deployRestAgain(untouched, untouched)],
    ['saving a target', () => saveAsTarget(untouched, {} as never)],
    ['running an operation', () => new Runner(untouched).run(untouched)],
    ['running a batch', () => Reflect.apply(BatchRunner.prototype.run, untouched, [untouched, untouched])],
    ['going on with a batch', () => Reflect.apply(BatchRunner.prototype.goOn, untouched, ['id'])],
  ])('%s is refused', async (_, begin) => {
    await expect(begin()).rejects.toEqual(UNTRUSTED);
  });
});

test('no command vanishes from the palette where trust is missing: those that need it say so', () => {
  const needing = contributes.commands.filter(({ command }) => NEED_TRUST.has(command as CommandId));
  expect(needing.length).toBe(NEED_TRUST.size);
  expect(contributes.commands.filter((command) => 'enablement' in command)).toEqual([]);
});

test('what says so offers to manage trust', async () => {
  takeShown();
  const notifier = new Notifier(logOf(channel as never));
  await notifier.failed('deploy code', await deploy(undefined, untouched).catch((thrown: unknown) => thrown));
  const labels = takeShown().flatMap(({ place, text }) => (place === 'label' ? [text] : []));
  expect(labels).toEqual(['Manage Workspace Trust', 'Show Log']);
});
