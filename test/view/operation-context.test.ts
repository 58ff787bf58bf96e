/** The menus of the Operations view offer what an operation's kind and state allow. */
import { expect, test } from 'vitest';
import { targetKinds } from '../../src/commands/target-kinds';
import type { Operation, OperationState } from '../../src/operations/operation';
import { refusalWords } from '../../src/view/messages/refusals';
import { contextOf } from '../../src/view/operations/node';
import { expectPlainWords } from '../nodegroup/plain';
import { planned, request } from '../operations/data';
import { menuOf } from './menu-items';

const VIEW = 'slipway.operations';

function isOffered(command: string, operation: Operation): boolean {
  const entries = menuOf(VIEW, contextOf(operation));
  return entries.some((entry) => ('below' in entry ? entry.below : [entry.command]).includes(command));
}

function operation(plan: Operation['plan'], change: Partial<Operation> = {}): Operation {
  const { kind, subject } = planned();
  return { id: 'op', kind, subject, state: 'succeeded', request, plan, ...change } as Operation;
}

const folder = operation({ root: '/work/q', bucket: 'code' });
const profile = { ...planned().subject, connectionId: 'profile:me:us-east-1' };

test.each<[string, boolean, Operation]>([
  ['a folder', true, folder],
  ['a folder, on AWS', true, { ...folder, subject: profile }],
  ['a target', false, operation({ root: '/work/q', bucket: 'code', target: 'prod' })],
  ['a zip that was there, or a rollback', false, operation({ bucket: 'code' })],
  ['a folder in vain', false, { ...folder, state: 'failed' }],
  ['a node group', false, { ...folder, kind: 'nodegroup-version' }],
])('what deployed %s can be saved as a target: %s', (_what, offered, given) => {
  expect(isOffered('slipway.code.saveAsTarget', given)).toBe(offered);
});

test('the other menus find what they look for', () => {
  const aws = { ...folder, subject: profile };
  expect(isOffered('slipway.code.rollBack', folder)).toBe(true);
  expect(isOffered('slipway.operation.copyCli', folder)).toBe(true);
  expect([aws, folder].map((one) => isOffered('slipway.operation.openInConsole', one))).toEqual([
    true,
    false,
  ]);
});

test.each(targetKinds.all.map(({ operationKind }) => operationKind))(
  'an operation of kind "%s" can be rolled back, looked up in the logs and saved, however its kind of target is called',
  (kind) => {
    const one = { ...folder, kind };
    for (const command of ['slipway.code.rollBack', 'slipway.code.showLogs', 'slipway.code.saveAsTarget'])
      expect(isOffered(command, one), command).toBe(true);
    expect(isOffered('slipway.code.rollBack', { ...one, state: 'drifted' })).toBe(false);
  },
);

test('a zip is refused for what it is', () => {
  const words = refusalWords({ kind: 'refused', code: 'zip-not-savable', facts: { label: 'prod / rdb' } });
  expectPlainWords(words);
  expect(words).toContain('prod / rdb is a zip');
});

const STATES: Readonly<Record<OperationState, true>> = {
  planned: true,
  running: true,
  watching: true,
  succeeded: true,
  failed: true,
  cancelled: true,
  drifted: true,
  'cancelled-by-aws': true,
  unwatched: true,
  unknown: true,
};

test('every operation has three to six entries in its menu, each once', () => {
  const { request: _sent, ...unsent } = folder;
  const codeKinds = targetKinds.all.map(({ operationKind }) => operationKind);
  const kinds = [...codeKinds, 'batch', 'nodegroup-version', 'nodegroup-config', 'nodegroup-other'];
  const all = (Object.keys(STATES) as readonly OperationState[]).flatMap((state) =>
    kinds.flatMap((kind) =>
      [folder, unsent, { ...folder, subject: profile }, { ...unsent, paused: 'canary' as const }].map(
        (one) => ({ ...one, state, kind }) as Operation,
      ),
    ),
  );
  for (const one of all) {
    const entries = menuOf(VIEW, contextOf(one));
    expect(entries.length, contextOf(one)).toBeGreaterThanOrEqual(3);
    expect(entries.length, contextOf(one)).toBeLessThanOrEqual(6);
    const commands = entries.flatMap((entry) => ('below' in entry ? entry.below : [entry.command]));
    expect(commands, contextOf(one)).toEqual([...new Set(commands)]);
  }
});
