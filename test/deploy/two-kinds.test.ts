/** Two kinds of targets side by side: in one `slipway.json`, in one ledger. */
import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { targetKinds } from '../../src/commands/target-kinds';
import { finspaceKind } from '../../src/deploy/finspace/kind';
import { isDeployment } from '../../src/deploy/port/operation-kind';
import { TargetKinds } from '../../src/deploy/port/target-kind';
import { withTarget } from '../../src/deploy/targets/edit';
import { parseTargets } from '../../src/deploy/targets/parse';
import { protectionOf } from '../../src/deploy/targets/plan-input';
import { targetsSchema } from '../../src/deploy/targets/schema';
import { wordsOf } from '../../src/view/messages/target-kinds';
import { targetProblemWords } from '../../src/view/messages/targets';
import { expectPlainWords } from '../nodegroup/plain';
import { toyKind } from './toy-target/toy-kind';
import { WORLDS } from './toy-target/worlds';

const kinds = new TargetKinds(finspaceKind, [toyKind]);
const RDB = { connection: 'sandbox', environment: 'abc', cluster: 'rdb', bucket: 'code' };
const SHELF = { kind: 'toy', connection: 'sandbox', room: 'cellar', shelf: 'left', bucket: 'code' };
const read = (targets: object, defaults?: object) =>
  parseTargets(JSON.stringify({ ...(defaults && { defaults }), targets }), kinds);

describe('slipway.json', () => {
  test('means the usual kind where a target names none, and another where it does', () => {
    const { entries, problems } = read({ rdb: RDB, left: SHELF });
    expect(problems).toEqual([]);
    expect(entries.map(({ target, place }) => [target?.kind, target?.path, place])).toEqual([
      [finspaceKind, ['abc', 'rdb'], 'rdb'],
      [toyKind, ['cellar', 'left'], 'left'],
    ]);
    const text = withTarget('', entries[1]!.target!, finspaceKind);
    expect(JSON.parse(text)).toEqual({ targets: { left: SHELF } });
    expect(parseTargets(text, kinds).entries[0]?.target).toEqual(entries[1]?.target);
  });

  test('has the members and the strategies of both', () => {
    const { kind, strategy, ...properties } = targetsSchema(kinds).definitions['target']?.properties ?? {};
    expect(kind?.enum).toEqual(['finspace', 'toy']);
    expect(strategy?.enum).toEqual(['NO_RESTART', 'ROLLING', 'FORCE', 'PUT', 'EMPTY']);
    expect(Object.keys(properties)).toEqual(
      expect.arrayContaining(['environment', 'cluster', 'room', 'shelf']),
    );
  });

  test.each<[string, object]>([
    ['shelf', { ...RDB, shelf: 'left' }],
    ['cluster', { ...SHELF, cluster: 'rdb' }],
    ['strategy', { ...SHELF, strategy: 'ROLLING' }],
    ['strategy', { ...RDB, strategy: 'PUT' }],
  ])('says of a %s of the other kind that it has no effect', (name, target) => {
    const { entries, problems } = read({ one: target });
    expect(entries[0]?.target).toBeUndefined();
    expect(problems).toMatchObject([{ code: 'not-for-kind', facts: { name } }]);
    const words = targetProblemWords(problems[0]!);
    expectPlainWords(words);
    expect(words).toContain(`"${name}"`);
  });

  test('takes defaults that only one of the kinds knows', () => {
    const { problems, entries } = read(
      { left: { room: 'cellar', shelf: 'left', kind: 'toy' }, rdb: {} },
      RDB,
    );
    expect(problems).toEqual([]);
    expect(entries.map(({ target }) => target?.kind.id)).toEqual(['toy', 'finspace']);
  });

  test('protects the one and not the other of the same name', () => {
    const files = [read({ left: { ...SHELF, protected: true } })];
    expect(protectionOf(files, { kind: toyKind, path: ['cellar', 'left'] })).toMatchObject({ name: 'left' });
    expect(protectionOf(files, { kind: finspaceKind, path: ['cellar', 'left'] })).toBeUndefined();
  });
});

test('an operation of the ledger belongs to one of them, or to one that a later Slipway knows', () => {
  expect(kinds.ofOperation({ kind: 'code' })).toBe(finspaceKind);
  expect(kinds.ofOperation({ kind: 'code-toy' })).toBe(toyKind);
  expect(kinds.ofOperation({ kind: 'code-later' })).toBeUndefined();
  expect(
    ['code', 'code-toy', 'code-later', 'nodegroup-version', 'codes'].map((kind) => isDeployment({ kind })),
  ).toEqual([true, true, true, false, false]);
});

test('every kind that has a folder is one that Slipway ships with', () => {
  const deploy = resolve(import.meta.dirname, '../../src/deploy');
  const folders = readdirSync(deploy).filter((name) => existsSync(join(deploy, name, 'kind.ts')));
  expect(folders.length).toBe(targetKinds.all.length);
});

test('every kind that Slipway ships with has words, and plays the scenarios of all kinds', () => {
  for (const { id } of targetKinds.all) {
    expect(() => wordsOf(id)).not.toThrow();
    expect(WORLDS.map(({ kind }) => kind)).toContain(id);
  }
});
