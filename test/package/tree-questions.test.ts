/** Questions about a folder that only the extension host can read: how many at once, how answers are cut, what a no means. */
import { getEventListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { MessageChannel } from 'node:worker_threads';
import { expect, onTestFinished, test } from 'vitest';
import { failureOf } from '../../src/model/failure';
import type { ClientMessage, RunMessage, TreeAnswer } from '../../src/package/pack/protocol';
import { RunPort } from '../../src/package/pack/run-port';
import { TreePort } from '../../src/package/pack/tree-port';
import { answerFrom } from '../../src/package/pack/tree-server';
import type { SourceTree } from '../../src/package/source-tree';
import { ALWAYS, newPacker, requestFor } from './fixture';

const TREE: SourceTree = {
  list: async () => [{ name: 'a.q', kind: 'file' }],
  stat: async () => ({ size: 1, modifiedAt: 0 }),
  read: async () => Buffer.from('a'),
};

/** A port whose questions wait in a list until the test answers them. */
function askedThrough() {
  const { port1, port2 } = new MessageChannel();
  onTestFinished(() => port1.close());
  const asked: Extract<RunMessage, { kind: 'ask' }>[] = [];
  port2.on('message', (message: RunMessage) => {
    if (message.kind === 'ask') asked.push(message);
  });
  const answer = (message: ClientMessage): void => port2.postMessage(message);
  return { tree: new TreePort(new RunPort(port1)), asked, answer };
}

test('sixteen questions are under way at once, and each answer lets one more go', async () => {
  const { tree, asked, answer } = askedThrough();
  const sizes = Array.from({ length: 40 }, async (_, at) => (await tree.stat(`${at}`)).size);
  const said = Promise.allSettled(sizes);
  await expect.poll(() => asked.length).toBe(16);
  await delay(20);
  expect(asked.map(({ ask }) => ask.path)).toEqual(Array.from({ length: 16 }, (_, at) => `${at}`));
  const tell = (at: number): void => {
    const id = asked[at]!.id;
    if (at === 0) answer({ kind: 'refused', id, code: 'NoPermissions' });
    else answer({ kind: 'told', id, answer: { stat: { size: at, modifiedAt: 0 } } });
  };
  tell(0);
  await expect.poll(() => asked.length).toBe(17);
  await delay(20);
  expect(asked).toHaveLength(17);
  for (let at = 1; at < 40; at += 1) {
    await expect.poll(() => asked.length).toBeGreaterThan(at);
    tell(at);
  }
  expect((await said).map((one) => (one.status === 'fulfilled' ? one.value : 'refused'))).toEqual([
    'refused',
    ...Array.from({ length: 39 }, (_, at) => at + 1),
  ]);
  // All of them are free again.
  const later = Array.from({ length: 16 }, (_, at) => tree.read(`later${at}`));
  await expect.poll(() => asked.length).toBe(56);
  for (let at = 40; at < 56; at += 1) {
    const part = (text: string, isLast: boolean): void =>
      answer({ kind: 'told', id: asked[at]!.id, answer: { slice: Buffer.from(text), isLast } });
    part('a:', false);
    part(`${at}`, true);
  }
  expect((await Promise.all(later)).map(String)).toEqual(
    Array.from({ length: 16 }, (_, at) => `a:${at + 40}`),
  );
});

const SLICE = 2 * 1024 * 1024;

test.each([
  [0, [0]],
  [1, [1]],
  [SLICE, [SLICE]],
  [SLICE + 1, [SLICE, 1]],
  [2 * SLICE, [SLICE, SLICE]],
])('a content of %d bytes comes in slices, the last of which says so', async (length, expected) => {
  const content = Buffer.alloc(length, 'a');
  const answers: TreeAnswer[] = [];
  const tree = { ...TREE, read: async () => content };
  for await (const answer of answerFrom(tree, { about: 'read', path: 'a.q' }, ALWAYS)) answers.push(answer);
  const slices = answers.flatMap((answer) => ('slice' in answer ? [answer] : []));
  expect(slices.map(({ slice }) => slice.length)).toEqual(expected);
  expect(slices.map(({ isLast }) => isLast)).toEqual(expected.map((_, at) => at === expected.length - 1));
  // Each by itself: a view would carry the whole content along.
  expect(slices.map(({ slice }) => slice.buffer.byteLength)).toEqual(expected);
});

const refusing = (error: Error) => async (): Promise<never> => {
  throw error;
};
const coded = (code: string): Error => Object.assign(new Error('no'), { code });
const inFolder = (list: () => Promise<never>): Partial<SourceTree> => ({
  list: async (folder) => (folder === '' ? [{ name: 'lib', kind: 'folder' }] : list()),
});

test.each([
  ['the folder itself that is gone', { list: refusing(coded('ENOENT')) }, 'folder-missing', '', 'ENOENT'],
  ['a folder in it that is gone', inFolder(refusing(coded('ENOENT'))), 'file-changing', 'lib', 'ENOENT'],
  [
    'a folder in it that is gone, to VS Code',
    inFolder(refusing(coded('FileNotFound'))),
    'file-changing',
    'lib',
    'FileNotFound',
  ],
  [
    'a folder in it that is closed',
    inFolder(refusing(coded('EACCES'))),
    'folder-unreadable',
    'lib',
    'EACCES',
  ],
  ['a file that is gone', { read: refusing(coded('ENOENT')) }, 'file-changing', 'a.q', 'ENOENT'],
  ['a file that is closed', { stat: refusing(coded('EACCES')) }, 'file-unreadable', 'a.q', 'EACCES'],
  ['a no without a code', { read: refusing(new Error('offline')) }, 'file-unreadable', 'a.q', 'offline'],
])('%s is refused by name', async (_, tree, code, path, said) => {
  const request = { ...requestFor('scheme:/folder'), tree: { ...TREE, ...tree } };
  const failure = await newPacker()
    .scan(request, ALWAYS)
    .then(() => 'nothing was refused', failureOf);
  expect(failure).toMatchObject({ kind: 'refused', code, facts: { path, code: said } });
});

test('a question that comes after the run was given up is refused, though the tree never answers', async () => {
  const packer = newPacker();
  const request = requestFor('scheme:/folder');
  await packer.scan({ ...request, tree: TREE }, ALWAYS);
  // A thread that has just begun tells no progress yet.
  await delay(100);
  const control = new AbortController();
  const deaf: SourceTree = { ...TREE, list: () => new Promise(() => undefined) };
  const failure = await packer
    .scan({ ...request, tree: deaf }, control.signal, () => control.abort())
    .then(() => 'nothing was refused', failureOf);
  expect(failure).toEqual({ kind: 'cancelled' });
  expect((await packer.scan({ ...request, tree: TREE }, ALWAYS)).manifest.entries).toHaveLength(1);
});

test('a run that is over listens to its signal no more, however much it asked', async () => {
  const stop = new AbortController();
  const request = { ...requestFor('scheme:/folder'), tree: TREE };
  await newPacker().scanAndPack(request, stop.signal);
  expect(getEventListeners(stop.signal, 'abort')).toEqual([]);
});
