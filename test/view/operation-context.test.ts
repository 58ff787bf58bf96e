/** The menus of the Operations view offer "Save as Target…" where there is something to save. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import type { Operation } from '../../src/operations/operation';
import { refusalWords } from '../../src/view/messages/refusals';
import { contextOf } from '../../src/view/operations/node';
import { expectPlainWords } from '../nodegroup/plain';
import { planned, request } from '../operations/data';

interface Manifest {
  readonly contributes: {
    readonly menus: Record<string, readonly { readonly command: string; readonly when: string }[]>;
  };
}

const { menus } = (
  JSON.parse(readFileSync(resolve(import.meta.dirname, '../../package.json'), 'utf8')) as Manifest
).contributes;

function isOffered(command: string, operation: Operation): boolean {
  const { when = '' } =
    menus['view/item/context']!.find(
      (item) => item.command === command && item.when.includes('slipway.operations'),
    ) ?? {};
  const [, pattern = ''] = /viewItem =~ \/(.*)\//.exec(when) ?? [];
  return new RegExp(pattern).test(contextOf(operation));
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

test('a zip is refused for what it is', () => {
  const words = refusalWords({ kind: 'refused', code: 'zip-not-savable', facts: { label: 'prod / rdb' } });
  expectPlainWords(words);
  expect(words).toContain('prod / rdb is a zip');
});
