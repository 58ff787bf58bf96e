/** A zip unpacks to exactly the files that were packed, by every reader at hand. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ALWAYS, newPacker, noise, qText, requestFor, temporaryFolder, unzip, write } from './fixture';

const packer = newPacker();
const root = temporaryFolder();
const FILES: Record<string, string | Buffer> = {
  'init.q': '\\l lib/util.q\n',
  'lib/util.q': qText(90_000),
  'lib.q': 'a',
  'lib-old.q': 'b',
  'empty.q': '',
  'Kürzel/ñandú 𝄞.csv': 'sym,price\n',
  'data/noise.bin': noise(70_000),
  // Larger than what one thread packs as a whole: a text, noise, and a part of each.
  'data/large.csv': qText(3_300_000),
  'data/large.gz': noise(2_500_000, 7),
  'data/mixed.bin': Buffer.concat([
    Buffer.from(qText(1_500_000, 3)),
    noise(1_300_000, 9),
    Buffer.from(qText(400_000, 4)),
  ]),
};
write(root, FILES);
write(root, { 'bin/run.sh': '#!/bin/sh\n' });
chmodSync(join(root, 'bin/run.sh'), 0o755);
mkdirSync(join(root, 'empty/folder'), { recursive: true });

const packed = await packer.pack(requestFor(root), undefined, ALWAYS);
const sorted = [...Object.keys(FILES), 'bin/run.sh'].sort((a, b) =>
  Buffer.compare(Buffer.from(a), Buffer.from(b)),
);

test('holds every file under its path, with its content and its executable bit, in the order of bytes', async () => {
  const files = await unzip(packed.file);
  expect(files.map(({ path }) => path)).toEqual(sorted);
  for (const { path, mode, content } of files) {
    expect(content.equals(readFileSync(join(root, path))), path).toBe(true);
    expect(mode.toString(8)).toBe(path === 'bin/run.sh' ? '100755' : '100644');
  }
});

test('says in the manifest what the files are', () => {
  expect(packed.manifest.entries.map(({ path }) => path)).toEqual(sorted);
  for (const { path, size, sha256, executable } of packed.manifest.entries) {
    const content = readFileSync(join(root, path));
    expect({ path, size, sha256, executable }).toEqual({
      path,
      size: content.length,
      sha256: createHash('sha256').update(content).digest('hex'),
      executable: path === 'bin/run.sh',
    });
  }
});

test('says its own size and checksum', () => {
  const bytes = readFileSync(packed.file);
  expect(packed.size).toBe(bytes.length);
  expect(packed.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
});

test('has a digest that anyone can compute from its description', () => {
  const lines = packed.manifest.entries.map(
    ({ path, executable, size, sha256 }) => `${path}\0${executable ? 'x' : '-'}\0${size}\0${sha256}\n`,
  );
  const digest = createHash('sha256')
    .update(`slipway-manifest 1\n${lines.join('')}`)
    .digest('hex');
  expect(packed.manifest.digest).toBe(digest);
});

test('is found out by the scan to be the same', async () => {
  const scan = await packer.scan(requestFor(root), ALWAYS);
  expect(scan.manifest).toEqual(packed.manifest);
});

const READERS = [
  { name: 'unzip', command: ['unzip', '-tq'] },
  { name: 'python3', command: ['python3', '-m', 'zipfile', '-t'] },
  { name: '7z', command: ['7z', 't', '-bso0'] },
  { name: 'jar', command: ['jar', 'tf'] },
] as const;
const installed = READERS.filter(({ name }) => spawnSync(name, ['--help']).error === undefined);
const names = (readers: typeof installed): string => readers.map(({ name }) => name).join(', ');

test(`two of ${names([...READERS])} are installed at least; here ${names(installed)}`, () => {
  expect(installed.length).toBeGreaterThanOrEqual(2);
});

test.each(installed)('$name finds nothing wrong with it', ({ command: [program, ...options] }) => {
  const { status, stdout, stderr } = spawnSync(program, [...options, packed.file], { encoding: 'utf8' });
  expect(`${status} ${stderr}`, stdout).toMatch(/^0 /);
});
