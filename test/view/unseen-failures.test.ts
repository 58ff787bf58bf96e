/** A failure stays in the status bar until somebody has looked at it, over a reload too. */
import { expect, test } from 'vitest';
import type { Operation } from '../../src/operations/operation';
import { isBadEnd } from '../../src/view/messages/operation';
import { StatusBar } from '../../src/view/status-bar';
import { mendedBy, UnseenFailures } from '../../src/view/unseen-failures';
import { planned } from '../operations/data';
import { takeShown } from './window-stand-in';

class Memory {
  private readonly kept = new Map<string, unknown>();
  get = (key: string, otherwise: unknown): unknown => this.kept.get(key) ?? otherwise;
  update = async (key: string, value: unknown): Promise<void> => void this.kept.set(key, value);
}

const operation = { ...planned(), id: 'a', state: 'failed', createdAt: 0, facts: {} } as unknown as Operation;

/** What the status bar says. */
function wordsOf(operations: readonly Operation[], unseen: readonly string[]): readonly string[] {
  const bar = new StatusBar();
  takeShown();
  bar.show(operations, unseen);
  return takeShown().flatMap(({ place, text }) => (place === 'row' ? [text] : []));
}

test('it is kept once, told of when it changes, and gone once it was seen', async () => {
  const memory = new Memory() as never;
  const unseen = new UnseenFailures(memory);
  let changes = 0;
  unseen.onDidChange(() => (changes += 1));
  await unseen.add('a');
  await unseen.add('a');
  await unseen.add('b');
  expect(new UnseenFailures(memory).ids()).toEqual(['a', 'b']);
  await unseen.seen(['a', 'other']);
  await unseen.seen(['other']);
  expect(unseen.ids()).toEqual(['b']);
  expect(changes).toBe(3);
});

test('it stands before what runs, and nothing is said of what was seen', () => {
  const running = { ...operation, id: 'b', state: 'running' } as Operation;
  expect(wordsOf([operation], ['a'])).toEqual(['$(error) env / rdb: failed']);
  expect(wordsOf([operation, running], ['a'])).toEqual(['$(error) env / rdb: failed · env / rdb']);
  expect(wordsOf([operation, { ...operation, id: 'c' }], ['a', 'c'])).toEqual([
    '$(error) 2 operations did not go well',
  ]);
  expect(wordsOf([operation], [])).toEqual([]);
});

test('what waits for the user does not run', () => {
  const waiting = { ...operation, state: 'watching', paused: 'canary' } as Operation;
  expect(wordsOf([waiting], [])).toEqual(['$(debug-pause) env / rdb waiting for you']);
  const running = { ...operation, id: 'b', state: 'running' } as Operation;
  expect(wordsOf([waiting, running], [])).toEqual(['$(sync~spin) env / rdb · env / rdb waiting for you']);
});

test('what ended well, or by the user, is no failure', () => {
  expect(
    ['failed', 'drifted', 'cancelled-by-aws', 'unknown'].every((state) => isBadEnd(state as never)),
  ).toBe(true);
  expect(['succeeded', 'cancelled', 'unwatched', 'running'].some((state) => isBadEnd(state as never))).toBe(
    false,
  );
});

test('a success of the same thing leaves nothing to look at of the failures before it', () => {
  const of = (change: Partial<Operation>) => ({ ...operation, ...change }) as Operation;
  const elsewhere = { ...operation.subject, path: ['env', 'hdb'] };
  const all = [
    of({ id: 'before', createdAt: 1 }),
    of({ id: 'elsewhere', createdAt: 1, subject: elsewhere }),
    of({ id: 'another-kind', createdAt: 1, kind: 'nodegroup-version' }),
    of({ id: 'after', createdAt: 3 }),
  ];
  expect(mendedBy(of({ id: 'now', createdAt: 2, state: 'succeeded' }), all)).toEqual(['before']);
  expect(mendedBy(of({ id: 'now', createdAt: 2 }), all)).toEqual([]);
});
