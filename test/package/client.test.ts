/** The packer as the extension sees it: cancelled at once, never hanging, never holding up the process. */
import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { buildSync } from 'esbuild';
import { expect, test } from 'vitest';
import { failed, failureOf } from '../../src/model/failure';
import { cancelFlag } from '../../src/package/pack/cancel';
import { HelperPool } from '../../src/package/pack/helper-pool';
import type { PackProgress } from '../../src/package/packer';
import { createPacker } from '../../src/package/packer-client';
import { ALWAYS, newPacker, noise, qText, requestFor, temporaryFolder, WORKER_FILE, write } from './fixture';

async function failureIn(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => 'nothing failed',
    (error: unknown) => failureOf(error),
  );
}

/** Large enough that packing it takes a while, and several threads. */
function largeRoot(): string {
  const root = temporaryFolder();
  write(root, { 'a.csv': qText(6_000_000), 'b.csv': qText(6_000_000, 2), 'c.gz': noise(6_000_000) });
  return root;
}

function hasBegunZip(cacheFolder: string): boolean {
  return (
    existsSync(cacheFolder) &&
    readdirSync(cacheFolder, { recursive: true }).some((path) => /zip/.test(`${path}`))
  );
}

test('an aborted run ends at once, leaves no zip, and the next one works', async () => {
  const packer = newPacker();
  const request = requestFor(largeRoot());
  const control = new AbortController();
  const packing = failureIn(packer.pack(request, undefined, control.signal));
  while (!hasBegunZip(request.cacheFolder)) await delay(1);
  control.abort();
  expect(await packing).toEqual({ kind: 'cancelled' });
  // The next run begins when the thread has given the other one up.
  const small = temporaryFolder();
  write(small, { 'a.q': '' });
  await packer.scan(requestFor(small), ALWAYS);
  const [folder] = readdirSync(request.cacheFolder);
  expect(readdirSync(join(request.cacheFolder, folder!))).toEqual([]);
  expect((await packer.pack(request, undefined, ALWAYS)).manifest.entries).toHaveLength(3);
});

test('a run that is aborted before, or while it waits for another one, never starts', async () => {
  const packer = newPacker();
  const [running, waiting] = [requestFor(largeRoot()), requestFor(largeRoot())];
  expect(await failureIn(packer.scan(waiting, AbortSignal.abort()))).toEqual({ kind: 'cancelled' });
  const first = packer.pack(running, undefined, ALWAYS);
  const control = new AbortController();
  const second = failureIn(packer.pack(waiting, undefined, control.signal));
  control.abort();
  expect(await second).toEqual({ kind: 'cancelled' });
  expect((await first).manifest.entries).toHaveLength(3);
  expect(readdirSync(waiting.cacheFolder)).toEqual([]);
});

test('scanning and packing in one walk find and give what the two give one after the other', async () => {
  const root = temporaryFolder();
  write(root, {
    'init.q': '\\l lib/a.q\n',
    'lib/a.q': `key:"${['AKIA', 'ABCDEFGHIJKLMNOP'].join('')}"\n`,
    '.env': '',
    'b.csv': qText(6_000_000),
  });
  const request = requestFor(root);
  const packer = newPacker();
  for (const text of ['a:1\n', 'a:1\n', 'a:2\n']) {
    write(root, { 'lib/b.q': text });
    const { scan, zip } = await packer.scanAndPack(request, ALWAYS);
    expect(scan).toEqual(await packer.scan(request, ALWAYS));
    expect([scan.leftOut.length, scan.secrets.length, scan.loads.length]).toEqual([1, 1, 1]);
    const { sha256, manifest } = await packer.pack(request, scan.manifest.digest, ALWAYS);
    expect([zip.sha256, zip.manifest]).toEqual([sha256, manifest]);
  }
});

test('progress never shrinks, says its totals, and does not come too often', async () => {
  const root = temporaryFolder();
  for (let number = 0; number < 400; number++)
    write(root, { [`lib${number % 9}/f${number}.q`]: qText(20_000, number + 1) });
  const seen: PackProgress[] = [];
  const { manifest } = await newPacker().pack(requestFor(root), undefined, ALWAYS, (progress) =>
    seen.push(progress),
  );
  expect(seen.length).toBeGreaterThan(0);
  expect(seen.length).toBeLessThan(200);
  const packing = seen.filter(({ phase }) => phase === 'packing');
  for (const { files, bytes, totalFiles, totalBytes } of packing) {
    expect(files).toBeLessThanOrEqual(400);
    expect(bytes).toBeLessThanOrEqual(manifest.bytes);
    expect([totalFiles, totalBytes]).toEqual([400, manifest.bytes]);
  }
  expect(packing.map(({ bytes }) => bytes)).toEqual(packing.map(({ bytes }) => bytes).sort((a, b) => a - b));
});

test('runs that are asked for together are carried out one after the other', async () => {
  const packer = newPacker();
  const roots = Array.from({ length: 5 }, (_, number) => {
    const root = temporaryFolder();
    write(root, { [`only${number}.q`]: '' });
    return root;
  });
  const scans = await Promise.all(roots.map((root) => packer.scan(requestFor(root), ALWAYS)));
  expect(scans.map(({ manifest }) => manifest.entries[0]!.path)).toEqual(
    roots.map((_, number) => `only${number}.q`),
  );
});

/** A program that crashes when it is first started, and is the real one from then on. */
function crashingOnce(): string {
  const folder = temporaryFolder();
  const program = join(folder, 'crashing.cjs');
  writeFileSync(
    program,
    `const { existsSync, writeFileSync } = require('node:fs');
     const marker = ${JSON.stringify(join(folder, 'crashed'))};
     if (existsSync(marker)) require(${JSON.stringify(WORKER_FILE)});
     else require('node:worker_threads').parentPort.once('message', () => {
       writeFileSync(marker, '');
       throw new Error('crashed on purpose');
     });`,
  );
  return program;
}

test('when its thread crashes the run fails, and the next one has another thread', async () => {
  const packer = createPacker({ workerFile: crashingOnce() });
  const root = temporaryFolder();
  write(root, { 'a.q': '' });
  expect(await failureIn(packer.scan(requestFor(root), ALWAYS))).toEqual({
    kind: 'unexpected',
    message: 'crashed on purpose',
  });
  expect((await packer.scan(requestFor(root), ALWAYS)).manifest.entries).toHaveLength(1);
  await packer.dispose();
});

test('a program that is not there fails, and does not hang', async () => {
  const packer = createPacker({ workerFile: join(temporaryFolder(), 'nowhere.js') });
  expect(await failureIn(packer.scan(requestFor(temporaryFolder()), ALWAYS))).toMatchObject({
    kind: 'unexpected',
  });
});

test('a program that cannot even be started fails, and so does the run behind it', async () => {
  const packer = createPacker({ workerFile: 'neither-absolute-nor-relative.js' });
  const request = requestFor(temporaryFolder());
  const runs = [failureIn(packer.scan(request, ALWAYS)), failureIn(packer.scan(request, ALWAYS))];
  for (const failure of await Promise.all(runs)) expect(failure).toMatchObject({ kind: 'unexpected' });
  await packer.dispose();
});

test('an order that cannot cross to the thread fails, and the next one is carried out', async () => {
  const packer = newPacker();
  const root = temporaryFolder();
  write(root, { 'a.q': '' });
  const request = { ...requestFor(root), crosses: () => 'never' };
  expect(await failureIn(packer.scan(request, ALWAYS))).toMatchObject({ kind: 'unexpected' });
  expect((await packer.scan(requestFor(root), ALWAYS)).manifest.entries).toHaveLength(1);
});

/** The real program, but the first of its helpers that is given a job ends. */
function losingHelper(): string {
  const folder = temporaryFolder();
  const program = join(folder, 'losing.cjs');
  writeFileSync(
    program,
    `{
       const { writeFileSync } = require('node:fs');
       const { parentPort, workerData } = require('node:worker_threads');
       if (workerData.role === 'helper') parentPort.once('message', () => {
         try { writeFileSync(${JSON.stringify(join(folder, 'lost'))}, '', { flag: 'wx' }); } catch { return; }
         process.exit(3);
       });
     }
     ${readFileSync(WORKER_FILE, 'utf8')}`,
  );
  return program;
}

test.skipIf(availableParallelism() < 2)(
  'when a helper ends the run fails, and the next one has another helper',
  async () => {
    const packer = createPacker({ workerFile: losingHelper() });
    const request = requestFor(largeRoot());
    expect(await failureIn(packer.pack(request, undefined, ALWAYS))).toEqual({
      kind: 'unexpected',
      message: 'a packing thread ended with code 3',
    });
    expect((await packer.pack(request, undefined, ALWAYS)).manifest.entries).toHaveLength(3);
    await packer.dispose();
  },
);

test('where no helper can be started the thread works alone', async () => {
  const done: string[] = [];
  const pool = new HelperPool('neither-absolute-nor-relative.js', 2, (job) => {
    done.push(job.kind);
    throw failed({ kind: 'refused', code: 'done', facts: {} });
  });
  const { run } = pool.runner(cancelFlag());
  const jobs = [1, 2].map(() => failureIn(run({ kind: 'hash-files', sources: [] })));
  expect(await Promise.all(jobs)).toMatchObject([{ code: 'done' }, { code: 'done' }]);
  expect([done, pool.broken]).toEqual([['hash-files', 'hash-files'], false]);
});

test('when a helper ends, its jobs fail, and so do those that come later', async () => {
  const program = join(temporaryFolder(), 'ends.cjs');
  writeFileSync(program, `require('node:worker_threads').parentPort.once('message', () => process.exit(3));`);
  const pool = new HelperPool(program, 2, () => {
    throw new Error('there are idle helpers');
  });
  expect(pool.broken).toBe(false);
  const runner = pool.runner(cancelFlag());
  for (let round = 0; round < 3; round++) {
    const jobs = [1, 2, 3].map(() => failureIn(runner.run({ kind: 'hash-files', sources: [] })));
    for (const failure of await Promise.all(jobs)) {
      expect(failure).toEqual({ kind: 'unexpected', message: 'a packing thread ended with code 3' });
    }
    expect(pool.broken).toBe(true);
  }
  await pool.end();
});

test('a process with an idle packer ends by itself', () => {
  const folder = temporaryFolder();
  write(folder, { 'root/a.q': 'a' });
  buildSync({
    entryPoints: [resolve(import.meta.dirname, '../../src/package/packer-client.ts')],
    outfile: join(folder, 'client.cjs'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
  });
  writeFileSync(
    join(folder, 'main.cjs'),
    `const { createPacker } = require('./client.cjs');
     const request = { root: ${JSON.stringify(join(folder, 'root'))}, cacheFolder: ${JSON.stringify(join(folder, 'cache'))}, include: [], ignore: [], useGitignore: false };
     createPacker({ workerFile: ${JSON.stringify(WORKER_FILE)} })
       .pack(request, undefined, new AbortController().signal)
       .then(({ manifest }) => console.log(manifest.entries.length, 'packed'));`,
  );
  const { stdout, status, signal } = spawnSync(process.execPath, [join(folder, 'main.cjs')], {
    encoding: 'utf8',
    timeout: 50_000,
  });
  expect([stdout, status, signal]).toEqual(['1 packed\n', 0, null]);
});

test('a thread that was ended for being idle is started again', async () => {
  const packer = newPacker({ idleMs: 1 });
  const root = temporaryFolder();
  write(root, { 'a.q': 'a' });
  const request = requestFor(root);
  for (let round = 0; round < 4; round++) {
    appendFileSync(join(root, 'a.q'), 'b');
    expect(existsSync((await packer.pack(request, undefined, ALWAYS)).file)).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
});
