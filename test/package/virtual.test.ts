/** A folder that is read through a port gives the same zip as the same folder on disk. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { failureOf } from '../../src/model/failure';
import type { PackRequest } from '../../src/package/packer';
import type { SourceTree } from '../../src/package/source-tree';
import { ALWAYS, newPacker, noise, qText, requestFor, temporaryFolder, write } from './fixture';

/** A folder behind asynchronous calls, each one counted. */
class CountedTree implements SourceTree {
  readonly calls: string[] = [];

  constructor(private readonly root: string) {}

  async list(folder: string): ReturnType<SourceTree['list']> {
    this.calls.push(`list ${folder}`);
    return readdirSync(join(this.root, folder), { withFileTypes: true }).map((item) => ({
      name: item.name,
      kind: item.isDirectory() ? 'folder' : item.isFile() ? 'file' : item.isSymbolicLink() ? 'link' : 'other',
    }));
  }

  async stat(file: string): ReturnType<SourceTree['stat']> {
    this.calls.push(`stat ${file}`);
    // Some providers know no times at all.
    return { size: statSync(join(this.root, file)).size, modifiedAt: 0 };
  }

  async read(file: string): Promise<Uint8Array> {
    this.calls.push(`read ${file}`);
    return readFileSync(join(this.root, file));
  }
}

const packer = newPacker();

function newRoot(): string {
  const root = temporaryFolder();
  write(root, {
    'init.q': '\\l lib/util.q',
    'lib/util.q': qText(70_000),
    'lib/deep/er/empty.q': '',
    'lib/.slipwayignore': '*.tmp\n',
    'lib/x.tmp': '',
    '.env': 'SECRET',
    'node_modules/m/index.js': 'x',
    'data/large.csv': qText(5_500_000),
    'data/noise.gz': noise(2_400_000),
    ...Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`many/${at}.q`, qText(at * 10)])),
  });
  return root;
}

test('same files, same rules, same bytes', async () => {
  const root = newRoot();
  const tree = new CountedTree(root);
  const request = { ...requestFor('scheme:/folder'), tree };
  const [there, here] = [await packer.scan(request, ALWAYS), await packer.scan(requestFor(root), ALWAYS)];
  expect(there).toEqual(here);
  const [virtual, disk] = [
    await packer.pack(request, here.manifest.digest, ALWAYS),
    await packer.pack(requestFor(root), undefined, ALWAYS),
  ];
  expect(virtual.sha256).toBe(disk.sha256);
  expect(virtual.manifest).toEqual(disk.manifest);
});

test('folders that are left out are not listed, and their files not asked for', async () => {
  const tree = new CountedTree(newRoot());
  await packer.scan({ ...requestFor('scheme:/folder'), tree }, ALWAYS);
  expect(tree.calls.filter((call) => /node_modules|\.env|x\.tmp/.test(call))).toEqual([]);
  expect(tree.calls.filter((call) => call === 'list lib')).toHaveLength(1);
  expect(tree.calls.filter((call) => call === 'read data/large.csv')).toHaveLength(1);
});

test('what has not changed is copied, though no time tells', async () => {
  const root = newRoot();
  const request = { ...requestFor('scheme:/folder'), tree: new CountedTree(root) };
  await packer.pack(request, undefined, ALWAYS);
  write(root, { 'init.q': '\\l lib/Util.q' });
  const packed = await packer.pack(request, undefined, ALWAYS);
  expect(packed.reused).toBe(packed.manifest.entries.length - 1);
  expect(packed.sha256).toBe((await packer.pack(requestFor(root), undefined, ALWAYS)).sha256);
});

async function refusal(tree: SourceTree, more: Partial<PackRequest> = {}): Promise<unknown> {
  return packer.pack({ ...requestFor('scheme:/folder', more), tree }, undefined, ALWAYS).then(
    () => 'nothing was refused',
    (error: unknown) => failureOf(error),
  );
}

const ONE_FILE: SourceTree = {
  list: async () => [{ name: 'a.q', kind: 'file' }],
  stat: async () => ({ size: 1, modifiedAt: 0 }),
  read: async () => Buffer.from('a'),
};

function failing(code: string): () => Promise<never> {
  return async () => {
    throw Object.assign(new Error('no'), { code });
  };
}

test.each([
  ['a folder that is not there', { list: failing('FileNotFound') }, 'folder-missing', ''],
  ['a folder that may not be read', { list: failing('NoPermissions') }, 'folder-unreadable', ''],
  ['a file that may not be read', { read: failing('NoPermissions') }, 'file-unreadable', 'a.q'],
  ['a file that has gone', { stat: failing('FileNotFound') }, 'file-changing', 'a.q'],
  ['a file of another length than was said', { read: async () => Buffer.from('ab') }, 'file-changing', 'a.q'],
])('%s is refused', async (_, tree, code, path) => {
  expect(await refusal({ ...ONE_FILE, ...tree })).toMatchObject({ kind: 'refused', code, facts: { path } });
});

test.each([
  [false, 'nothing was refused'],
  [true, { kind: 'refused', code: 'file-unreadable', facts: { path: '.gitignore', code: 'NoPermissions' } }],
])(
  'a .gitignore that cannot be read is refused only where it applies: %s',
  async (useGitignore, expected) => {
    const tree: SourceTree = {
      ...ONE_FILE,
      list: async () => ['.gitignore', 'a.q'].map((name) => ({ name, kind: 'file' })),
      read: async (file) => (file === '.gitignore' ? failing('NoPermissions')() : Buffer.from('a')),
    };
    expect(await refusal(tree, { useGitignore, ignore: ['.gitignore'] })).toEqual(expected);
  },
);

test('a link is left out, because nobody can tell where it leads', async () => {
  const tree: SourceTree = {
    ...ONE_FILE,
    list: async () => [
      { name: 'a.q', kind: 'link' },
      { name: 'b', kind: 'other' },
    ],
  };
  const { manifest, leftOut } = await packer.scan({ ...requestFor('scheme:/folder'), tree }, ALWAYS);
  expect(manifest.entries).toEqual([]);
  expect(leftOut).toEqual([
    { path: 'a.q', source: 'symlink', rule: 'unknown-target' },
    { path: 'b', source: 'kind', rule: 'not-a-file' },
  ]);
});

test('a tree that never answers can be given up, and holds up nobody', async () => {
  const control = new AbortController();
  const tree: SourceTree = { ...ONE_FILE, read: () => new Promise(() => undefined) };
  const packing = packer.pack({ ...requestFor('scheme:/folder'), tree }, undefined, control.signal);
  const failure = packing.then(
    () => 'packed',
    (error: unknown) => failureOf(error),
  );
  setTimeout(() => control.abort(), 50);
  expect(await failure).toEqual({ kind: 'cancelled' });
  expect(
    (await packer.scan({ ...requestFor('scheme:/folder'), tree: ONE_FILE }, ALWAYS)).manifest.entries,
  ).toHaveLength(1);
});
