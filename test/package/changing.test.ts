/** Files that change while they are read: a zip holds whole states of them, or there is none. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { failureOf } from '../../src/model/failure';
import { casesOf } from '../cases';
import { ALWAYS, newPacker, noise, requestFor, temporaryFolder, unzip, write } from './fixture';

let writer: ChildProcess | undefined;
afterEach(() => writer?.kill('SIGKILL'));

/** Runs a script beside the test, and waits for its first word. */
async function beside(script: string, file: string): Promise<void> {
  const child = spawn(process.execPath, ['-e', script, file], { stdio: ['ignore', 'pipe', 'inherit'] });
  writer = child;
  await new Promise((resolve) => child.stdout.once('data', resolve));
}

const APPENDS = `
  const fs = require('node:fs');
  const file = fs.openSync(process.argv[1], 'a');
  console.log('ready');
  for (let n = 0; n < 4e6; n++) fs.writeSync(file, 'x');
`;

test('a large file that never holds still is refused by name', async () => {
  const root = temporaryFolder();
  write(root, { 'a.q': 'a', 'grows.log': noise(9_000_000) });
  await beside(APPENDS, join(root, 'grows.log'));
  const packer = newPacker();
  const request = requestFor(root);
  const outcome = await packer.pack(request, undefined, ALWAYS).catch((error: unknown) => failureOf(error));
  expect(outcome).toEqual({ kind: 'refused', code: 'file-changing', facts: { path: 'grows.log' } });
  expect(
    (await packer.pack({ ...request, ignore: ['*.log'] }, undefined, ALWAYS)).manifest.entries,
  ).toHaveLength(1);
});

test('a small file that grows is packed as it was at one moment, or refused', async () => {
  const root = temporaryFolder();
  const start = noise(200_000);
  write(root, { 'grows.log': start });
  await beside(APPENDS, join(root, 'grows.log'));
  const packer = newPacker();
  const request = requestFor(root);
  const sizes = new Set<number>();
  for (let round = 0; round < casesOf(60).numRuns; round++) {
    try {
      const { file, manifest } = await packer.pack(request, undefined, ALWAYS);
      const { content } = (await unzip(file))[0]!;
      expect(content.length).toBe(manifest.bytes);
      expect(content.subarray(0, start.length).equals(start)).toBe(true);
      expect(content.subarray(start.length).every((byte) => byte === 0x78)).toBe(true);
      sizes.add(content.length);
    } catch (error) {
      expect(failureOf(error)).toMatchObject({ kind: 'refused', code: 'file-changing' });
      sizes.add(-1);
    }
  }
  expect(sizes.size).toBeGreaterThan(1);
});

const REPLACES = `
  const fs = require('node:fs');
  const [a, b] = [Buffer.alloc(300000, 'a'), Buffer.alloc(200000, 'b')];
  console.log('ready');
  for (let n = 0; n < 4e6; n++) {
    fs.writeFileSync(process.argv[1] + '.new', n % 2 ? a : b);
    fs.renameSync(process.argv[1] + '.new', process.argv[1]);
  }
`;

test('a file that editors replace all the time is packed in one of its states', async () => {
  const root = temporaryFolder();
  write(root, { 'a.q': 'a', 'saved.q': 'a'.repeat(300_000) });
  await beside(REPLACES, join(root, 'saved.q'));
  const packer = newPacker();
  const request = requestFor(root, { ignore: ['*.new'] });
  const states = new Set<string>();
  for (let round = 0; round < casesOf(200).numRuns; round++) {
    const { file, manifest } = await packer.pack(request, undefined, ALWAYS);
    const saved = (await unzip(file)).find(({ path }) => path === 'saved.q')!;
    const text = saved.content.toString();
    expect(text === 'a'.repeat(300_000) || text === 'b'.repeat(200_000)).toBe(true);
    expect(manifest.entries.find(({ path }) => path === 'saved.q')!.size).toBe(text.length);
    states.add(text[0]!);
  }
  expect(states).toEqual(new Set(['a', 'b']));
});

const SWAPS = `
  const fs = require('node:fs');
  const path = process.argv[1];
  const outside = require('node:path').join(path, '../../outside.q');
  console.log('ready');
  for (let n = 0; n < 4e6; n++) {
    fs.writeFileSync(path + '.new', 'inside');
    fs.renameSync(path + '.new', path);
    fs.symlinkSync(outside, path + '.new');
    fs.renameSync(path + '.new', path);
  }
`;

test.skipIf(process.platform === 'win32')(
  'a file that becomes a link between walk and reading is never followed out',
  async () => {
    const top = temporaryFolder();
    write(top, { 'root/a.q': 'inside', 'outside.q': 'OUTSIDE' });
    await beside(SWAPS, join(top, 'root/a.q'));
    const packer = newPacker();
    const request = requestFor(join(top, 'root'), { ignore: ['*.new'] });
    let packed = 0;
    for (let round = 0; round < casesOf(500).numRuns; round++) {
      try {
        const { file } = await packer.pack(request, undefined, ALWAYS);
        for (const { content } of await unzip(file)) expect(content.toString()).toBe('inside');
        packed += 1;
      } catch (error) {
        expect(failureOf(error)).toMatchObject({ kind: 'refused', code: 'file-changing' });
      }
    }
    expect(packed).toBeGreaterThan(0);
  },
);
