/** What a folder may hold besides plain files: links, pipes, odd names, deep paths, things that may not be read. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { failureOf } from '../../src/model/failure';
import type { PackRequest } from '../../src/package/packer';
import { ALWAYS, asNobody, newPacker, pathsIn, requestFor, temporaryFolder, unzip, write } from './fixture';

const packer = newPacker();
const onWindows = process.platform === 'win32';

async function leftOutOf(root: string): Promise<readonly string[]> {
  const { leftOut } = await packer.scan(requestFor(root), ALWAYS);
  return leftOut.map(({ path, source, rule }) => `${path} ${source} ${rule}`);
}

async function refusalOf(request: PackRequest): Promise<unknown> {
  return packer.scan(request, ALWAYS).then(
    () => 'nothing was refused',
    (error: unknown) => failureOf(error),
  );
}

test('a link to a file inside is that file; one that leaves, dangles or turns in a circle is left out', async () => {
  const top = temporaryFolder();
  const root = join(top, 'root');
  write(root, { 'lib/real.q': 'real' });
  write(top, { 'outside.q': 'outside', 'root-not/other.q': 'other' });
  symlinkSync('lib/real.q', join(root, 'alias.q'));
  symlinkSync('../lib/real.q', join(root, 'lib/inner.q'));
  symlinkSync(join(root, 'alias.q'), join(root, 'twice.q'));
  symlinkSync(join(top, 'outside.q'), join(root, 'out.q'));
  // Its path begins with the folder's, but it is another folder.
  symlinkSync(join(top, 'root-not/other.q'), join(root, 'other.q'));
  symlinkSync('nowhere.q', join(root, 'dangling.q'));
  symlinkSync('circle.q', join(root, 'circle.q'));
  const { file } = await packer.pack(requestFor(root), undefined, ALWAYS);
  const files = await unzip(file);
  expect(files.map(({ path, content, mode }) => `${path} ${content} ${mode.toString(8)}`)).toEqual([
    'alias.q real 100644',
    'lib/inner.q real 100644',
    'lib/real.q real 100644',
    'twice.q real 100644',
  ]);
  expect(await leftOutOf(root)).toEqual([
    'circle.q symlink cycle',
    'dangling.q symlink dangling',
    'other.q symlink leaves-folder',
    'out.q symlink leaves-folder',
  ]);
});

test('a link to a folder inside is followed once, and never in a circle', async () => {
  const root = temporaryFolder();
  write(root, { 'lib/a.q': '', 'lib/deep/b.q': '', 'src/c.q': '' });
  symlinkSync('../lib', join(root, 'src/lib'));
  symlinkSync('..', join(root, 'lib/up'));
  symlinkSync('.', join(root, 'lib/deep/here'));
  symlinkSync('../../src', join(root, 'lib/deep/src'));
  expect(await pathsIn((await packer.pack(requestFor(root), undefined, ALWAYS)).file)).toEqual([
    'lib/a.q',
    'lib/deep/b.q',
    'lib/deep/src/c.q',
    'src/c.q',
    'src/lib/a.q',
    'src/lib/deep/b.q',
  ]);
  expect(await leftOutOf(root)).toEqual([
    'lib/deep/here/ symlink cycle',
    'lib/deep/src/lib/ symlink link-in-link',
    'lib/up/ symlink cycle',
    'src/lib/deep/here/ symlink cycle',
    'src/lib/deep/src/ symlink link-in-link',
    'src/lib/up/ symlink cycle',
  ]);
});

test('links that multiply are not unfolded', async () => {
  const root = temporaryFolder();
  for (const [name, next] of [
    ['a', 'b'],
    ['b', 'c'],
    ['c', 'd'],
  ] as const) {
    write(root, { [`${name}/x.q`]: name });
    for (let number = 0; number < 10; number++) symlinkSync(`../${next}`, join(root, name, `link${number}`));
  }
  write(root, { 'd/x.q': 'd' });
  const { manifest, leftOut } = await packer.scan(requestFor(root), ALWAYS);
  expect(manifest.entries).toHaveLength(4 + 30);
  expect(new Set(leftOut.map(({ rule }) => rule))).toEqual(new Set(['link-in-link']));
});

test.skipIf(onWindows)('a link that rules leave out stops nothing, wherever it leads', async () => {
  const root = temporaryFolder();
  const tooLong = 'x'.repeat(300);
  const links: Readonly<Record<string, string>> = {
    'long.lnk': tooLong,
    'deep.lnk': `${'y/'.repeat(2_000)}z`,
    'loop.lnk': 'loop.lnk',
    'gone.lnk': 'nowhere',
    'null.lnk': '/dev/null',
    'out.lnk': '/',
    'self.lnk': '.',
    'folder-only': tooLong,
    node_modules: tooLong,
    '.venv': tooLong,
  };
  write(root, { 'a.q': '', '.slipwayignore': '*.lnk\nfolder-only/\n.venv\n' });
  for (const [name, target] of Object.entries(links)) symlinkSync(target, join(root, name));
  expect((await leftOutOf(root)).filter((line) => !line.startsWith('.slipwayignore'))).toEqual([
    '.venv .slipwayignore .venv',
    'deep.lnk .slipwayignore *.lnk',
    'folder-only .slipwayignore folder-only/',
    'gone.lnk .slipwayignore *.lnk',
    'long.lnk .slipwayignore *.lnk',
    'loop.lnk .slipwayignore *.lnk',
    'node_modules built-in node_modules/',
    'null.lnk .slipwayignore *.lnk',
    'out.lnk .slipwayignore *.lnk',
    'self.lnk .slipwayignore *.lnk',
  ]);
  symlinkSync(tooLong, join(root, 'wanted'));
  expect(await refusalOf(requestFor(root))).toMatchObject({
    code: 'file-unreadable',
    facts: { path: 'wanted', code: 'ENAMETOOLONG' },
  });
  const { manifest } = await packer.scan(requestFor(root, { ignore: ['wanted'] }), ALWAYS);
  expect(manifest.entries.map(({ path }) => path)).toEqual(['a.q']);
});

test.skipIf(onWindows)('nor does one into a place that may not be read', async () => {
  const top = temporaryFolder();
  const root = join(top, 'root');
  write(top, { 'closed/b.q': '', 'root/a.q': '', 'root/.slipwayignore': 'b.q\n' });
  symlinkSync('../closed/b.q', join(root, 'b.q'));
  chmodSync(join(top, 'closed'), 0);
  const request = requestFor(root);
  const { leftOut } = await asNobody([top, request.cacheFolder], () => packer.scan(request, ALWAYS));
  expect(leftOut).toContainEqual({ path: 'b.q', source: '.slipwayignore', rule: 'b.q' });
  const open = requestFor(root, { include: ['b.q'] });
  const refusal = await asNobody([open.cacheFolder], () => refusalOf(open));
  chmodSync(join(top, 'closed'), 0o700);
  expect(refusal).toMatchObject({ facts: { path: 'b.q', code: 'EACCES' } });
});

test('to rules a link is no folder, as to git; one that leads to a folder is one besides', async () => {
  const root = temporaryFolder();
  write(root, { 'lib/a.q': '', '.slipwayignore': 'one/\ntwo\n!two/\n' });
  for (const name of ['one', 'two', 'three']) symlinkSync('lib', join(root, name));
  const { manifest } = await packer.scan(requestFor(root), ALWAYS);
  expect(manifest.entries.map(({ path }) => path)).toEqual(['lib/a.q', 'three/a.q']);
});

test('a link to a denied file is denied under every name', async () => {
  const root = temporaryFolder();
  write(root, { '.env': 'SECRET', '.git/hooks/x.q': 'HOOK', 'a.q': '' });
  symlinkSync('.env', join(root, 'harmless.q'));
  symlinkSync('.git/hooks', join(root, 'hooks'));
  symlinkSync('.git/hooks/x.q', join(root, 'x.q'));
  const { file } = await packer.pack(requestFor(root), undefined, ALWAYS);
  expect(await pathsIn(file)).toEqual(['a.q']);
  expect(await leftOutOf(root)).toEqual([
    '.env built-in .env*',
    '.git/ built-in .git',
    'harmless.q built-in .env*',
    'hooks/ built-in .git',
    'x.q built-in .git',
  ]);
  const freed = await packer.pack(requestFor(root, { include: ['.env'] }), undefined, ALWAYS);
  expect(await pathsIn(freed.file)).toEqual(['.env', 'a.q', 'harmless.q']);
});

test.skipIf(onWindows)('a packed folder may itself be reached through a link', async () => {
  const top = temporaryFolder();
  write(top, { 'real/a.q': 'a' });
  symlinkSync('real', join(top, 'link'));
  expect(await pathsIn((await packer.pack(requestFor(join(top, 'link')), undefined, ALWAYS)).file)).toEqual([
    'a.q',
  ]);
});

test.skipIf(onWindows)('pipes and sockets are left out and never opened', async () => {
  const root = temporaryFolder();
  write(root, { 'a.q': '' });
  expect(spawnSync('mkfifo', [join(root, 'pipe')]).status).toBe(0);
  const server = createServer();
  await new Promise<void>((done) => server.listen(join(root, 'socket'), done));
  symlinkSync('pipe', join(root, 'to-pipe'));
  expect(await leftOutOf(root)).toEqual([
    'pipe kind not-a-file',
    'socket kind not-a-file',
    'to-pipe symlink not-a-file',
  ]);
  server.close();
});

test('an empty folder makes no difference', async () => {
  const root = temporaryFolder();
  write(root, { 'a.q': '' });
  const before = await packer.scan(requestFor(root), ALWAYS);
  mkdirSync(join(root, 'empty/inner'), { recursive: true });
  expect((await packer.scan(requestFor(root), ALWAYS)).manifest).toEqual(before.manifest);
});

test('an empty folder alone gives an empty zip that can be opened', async () => {
  const { file, manifest } = await packer.pack(requestFor(temporaryFolder()), undefined, ALWAYS);
  expect(manifest).toMatchObject({ entries: [], bytes: 0 });
  expect(await unzip(file)).toEqual([]);
});

test('paths are packed at any length that the system can open', async () => {
  const root = temporaryFolder();
  const path = `${Array.from({ length: 16 }, (_, at) => `${at}-${'ü'.repeat(100)}`).join('/')}/end.q`;
  write(root, { [path]: 'deep' });
  const { file } = await packer.pack(requestFor(root), undefined, ALWAYS);
  expect((await unzip(file)).map((entry) => `${entry.path} ${entry.content}`)).toEqual([`${path} deep`]);
});

test('every letter that a file system takes is kept', async () => {
  const root = temporaryFolder();
  const names = [
    'a b.q',
    "it's.q",
    '日本.q',
    '𝄞.q',
    '\uFFFD.q',
    ...(onWindows ? [] : ['line\nfeed.q', 'ab:c*?.q']),
  ];
  write(root, Object.fromEntries(names.map((name) => [name, name])));
  const { file, manifest } = await packer.pack(requestFor(root), undefined, ALWAYS);
  expect(new Set(manifest.entries.map(({ path }) => path))).toEqual(new Set(names));
  const unzipped = (await unzip(file)).map(({ path, content }) => [path, `${content}`]);
  expect(unzipped).toEqual(manifest.entries.map(({ path }) => [path, path]));
});

test.skipIf(process.platform !== 'linux')(
  'a name that is no Unicode is refused, unless it is left out',
  async () => {
    const root = temporaryFolder();
    write(root, { 'a.q': '' });
    mkdirSync(join(root, 'lib'));
    writeFileSync(
      Buffer.concat([Buffer.from(join(root, 'lib/bad-')), Buffer.from([0xff]), Buffer.from('.q')]),
      '',
    );
    expect(await refusalOf(requestFor(root))).toEqual({
      kind: 'refused',
      code: 'path-not-unicode',
      facts: { path: 'lib/bad-\uFFFD.q' },
    });
    expect(
      (await packer.scan(requestFor(root, { ignore: ['bad-*'] }), ALWAYS)).manifest.entries,
    ).toHaveLength(1);
  },
);

test.skipIf(process.platform !== 'linux')(
  'two names that other systems hold for one are refused',
  async () => {
    const root = temporaryFolder();
    write(root, { 'é.q': 'composed', 'e\u0301.q': 'decomposed' });
    expect(await refusalOf(requestFor(root))).toMatchObject({
      code: 'name-clash',
      facts: { path: 'é.q', other: 'e\u0301.q' },
    });
  },
);

test.skipIf(onWindows)('a backslash in a path is refused, unless it is left out', async () => {
  for (const path of ['lib\\a.q', 'lib\\deep/b.q']) {
    const root = temporaryFolder();
    write(root, { 'a.q': '', '.git\\x/.env\\x': '', [path]: '' });
    symlinkSync('nowhere', join(root, 'dang\\ling'));
    expect(await refusalOf(requestFor(root))).toEqual({
      kind: 'refused',
      code: 'path-backslash',
      facts: { path },
    });
    for (const pattern of ['lib?*', 'lib\\\\*']) {
      write(root, { '.slipwayignore': `${pattern}\n` });
      const { file } = await packer.pack(requestFor(root), undefined, ALWAYS);
      expect(await pathsIn(file)).toEqual(['a.q']);
    }
  }
});

test.skipIf(onWindows)('a path that begins as a drive does is refused, another colon is not', async () => {
  const root = temporaryFolder();
  write(root, { 'ab:c.q': '', 'lib/a:b.q': '' });
  const { file } = await packer.pack(requestFor(root), undefined, ALWAYS);
  expect(await pathsIn(file)).toEqual(['ab:c.q', 'lib/a:b.q']);
  write(root, { 'c:/init.q': '' });
  expect(await refusalOf(requestFor(root))).toMatchObject({
    code: 'path-drive',
    facts: { path: 'c:/init.q' },
  });
});

test('a folder that is not there, or is a file, is missing', async () => {
  const root = temporaryFolder();
  write(root, { file: '' });
  expect(await refusalOf(requestFor(join(root, 'nowhere')))).toMatchObject({
    code: 'folder-missing',
    facts: { code: 'ENOENT' },
  });
  expect(await refusalOf(requestFor(join(root, 'file')))).toMatchObject({ code: 'folder-missing' });
});

test.skipIf(onWindows)('what may not be read is refused by name', async () => {
  const root = temporaryFolder();
  write(root, { 'secret.q': '', 'closed/a.q': '' });
  const refusalWithout = (ignored: string): Promise<unknown> => {
    const request = requestFor(root, { ignore: [ignored] });
    return asNobody([root, request.cacheFolder], () => refusalOf(request));
  };
  chmodSync(join(root, 'secret.q'), 0);
  expect(await refusalWithout('closed')).toMatchObject({
    code: 'file-unreadable',
    facts: { path: 'secret.q', code: 'EACCES' },
  });
  chmodSync(join(root, 'closed'), 0);
  expect(await refusalWithout('secret.q')).toMatchObject({
    code: 'folder-unreadable',
    facts: { path: 'closed', code: 'EACCES' },
  });
  chmodSync(join(root, 'closed'), 0o700);
});

test('an executable bit is part of the digest', async () => {
  const root = temporaryFolder();
  write(root, { 'run.sh': '' });
  const request = requestFor(root);
  const plain = await packer.pack(request, undefined, ALWAYS);
  chmodSync(join(root, 'run.sh'), 0o755);
  const executable = await packer.pack(request, undefined, ALWAYS);
  expect(executable.manifest.digest).not.toBe(plain.manifest.digest);
  expect((await unzip(executable.file))[0]!.mode.toString(8)).toBe('100755');
});

test('a file renamed over another one is noticed, though its size is the same', async () => {
  const root = temporaryFolder();
  write(root, { 'a.q': 'one', 'b.q': 'two' });
  const request = requestFor(root);
  const before = await packer.scan(request, ALWAYS);
  renameSync(join(root, 'b.q'), join(root, 'a.q'));
  const after = await packer.scan(request, ALWAYS);
  expect(after.manifest.entries[0]!.sha256).toBe(before.manifest.entries[1]!.sha256);
});
