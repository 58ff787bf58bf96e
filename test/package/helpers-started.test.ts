/** Threads cost time and memory: a packer starts helpers where there is enough for them to do, and none elsewhere. */
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createPacker } from '../../src/package/packer-client';
import type { SourceTree } from '../../src/package/source-tree';
import { ALWAYS, noise, requestFor, temporaryFolder, WORKER_FILE, write } from './fixture';

const HELPERS = Math.min(3, availableParallelism() - 1);

/** Which threads a packer starts: written down by their program. */
function watched() {
  const folder = temporaryFolder();
  const [program, log] = [join(folder, 'program.cjs'), join(folder, 'log')];
  writeFileSync(log, '');
  writeFileSync(
    program,
    `require('node:fs').appendFileSync(${JSON.stringify(log)}, require('node:worker_threads').workerData.role + '\\n');
     ${readFileSync(WORKER_FILE, 'utf8')}`,
  );
  const packer = createPacker({ workerFile: program });
  const started = (): readonly string[] => readFileSync(log, 'utf8').split('\n').filter(Boolean);
  const expectStarted = async (helpers: number): Promise<void> => {
    // A helper may only just be starting.
    await expect.poll(started).toEqual(['coordinator', ...Array.from({ length: helpers }, () => 'helper')]);
    await packer.dispose();
    expect(started()).toHaveLength(1 + helpers);
  };
  return { packer, expectStarted };
}

describe.skipIf(HELPERS === 0)('a packer', () => {
  test.each([
    [1_999_999, 0],
    [2_000_000, HELPERS],
  ])('that has %d bytes to read starts %d helpers', async (bytes, helpers) => {
    const root = temporaryFolder();
    write(root, { 'a.gz': noise(1_000_000), 'b.gz': noise(bytes - 1_000_000) });
    const { packer, expectStarted } = watched();
    await packer.pack(requestFor(root), undefined, ALWAYS);
    await expectStarted(helpers);
  });

  test('that reads a folder through a port starts none', async () => {
    const bytes = noise(1_500_000);
    const tree: SourceTree = {
      list: async () => ['a.gz', 'b.gz'].map((name) => ({ name, kind: 'file' })),
      stat: async () => ({ size: bytes.length, modifiedAt: 0 }),
      read: async () => bytes,
    };
    const request = { ...requestFor('scheme:/folder'), tree };
    const { packer, expectStarted } = watched();
    await packer.pack(request, undefined, ALWAYS);
    await expectStarted(0);
  });

  test.each([
    [3_999, 0],
    [4_000, HELPERS],
  ])('that knows %d files looks at them with %d helpers', async (count, helpers) => {
    const root = temporaryFolder();
    write(root, Object.fromEntries(Array.from({ length: count }, (_, at) => [`d${at % 20}/${at}.q`, ''])));
    const request = requestFor(root);
    const { packer, expectStarted } = watched();
    const before = await packer.scan(request, ALWAYS);
    expect(before.manifest.entries).toHaveLength(count);
    expect(await packer.scan(request, ALWAYS)).toEqual(before);
    await expectStarted(helpers);
  });
});
