/** However a folder is edited, packing it again gives the very bytes that packing it afresh gives. */
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { array, assert, asyncProperty, boolean, constantFrom, integer, oneof, record } from 'fast-check';
import { expect, test } from 'vitest';
import { casesOf } from '../cases';
import { ALWAYS, newPacker, noise, qText, requestFor, temporaryFolder, write } from './fixture';

const PATHS = [
  'a.q',
  'b.q',
  'lib/a.q',
  'lib/b.csv',
  'lib/deep/c.bin',
  'lib/deep/d.q',
  'lib-x.q',
  'z/ü.q',
  'z/last.bin',
];
const path = constantFrom(...PATHS);
const size = oneof(integer({ min: 0, max: 9_000 }), constantFrom(0, 1, 70_000));

interface Edit {
  readonly act: keyof typeof ACTS;
  readonly path: string;
  readonly to: string;
  readonly size: number;
  readonly seed: number;
  readonly deflates: boolean;
}

const root = temporaryFolder();

/** What people and tools do to files; what is not there is left alone. */
const ACTS = {
  write: (_: string, { path, size, seed, deflates }: Edit) =>
    write(root, { [path]: deflates ? qText(size, seed) : noise(size, seed) }),
  // The same size, maybe within the same tick of the file system's clock.
  overwrite: (at: string, { seed }: Edit) => writeFileSync(at, noise(statSync(at).size, seed)),
  append: (at: string) => appendFileSync(at, 'more:1;\n'),
  delete: (at: string) => rmSync(at),
  rename: (at: string, { to }: Edit) => {
    mkdirSync(dirname(join(root, to)), { recursive: true });
    renameSync(at, join(root, to));
  },
  touch: (at: string, { seed }: Edit) => utimesSync(at, seed * 1_000, seed * 1_000),
  chmod: (at: string, { seed }: Edit) => chmodSync(at, seed % 2 === 0 ? 0o644 : 0o755),
} as const;

const edit = record<Edit>({
  act: constantFrom('write', 'write', 'overwrite', 'append', 'delete', 'rename', 'touch', 'chmod'),
  path,
  to: path,
  size,
  seed: integer({ min: 1, max: 99 }),
  deflates: boolean(),
});

function apply(change: Edit): void {
  const place = join(root, change.path);
  if (change.act === 'write' || existsSync(place)) ACTS[change.act](place, change);
}

test('a zip made out of the one before is the same as one made afresh', async () => {
  write(root, Object.fromEntries(PATHS.map((name, at) => [name, qText(300 * at, at + 1)])));
  const packer = newPacker();
  const warm = requestFor(root);
  const others = temporaryFolder();
  let fresh = 0;
  let reused = 0;
  await assert(
    asyncProperty(array(edit, { minLength: 1, maxLength: 3 }), async (edits) => {
      for (const change of edits) apply(change);
      const again = await packer.pack(warm, undefined, ALWAYS);
      // A run writes its index when it has answered; the one before is over by now.
      rmSync(join(others, String(fresh - 1)), { recursive: true, force: true });
      const afresh = await packer.pack(
        { ...warm, cacheFolder: join(others, String(fresh)) },
        undefined,
        ALWAYS,
      );
      expect(again.manifest).toEqual(afresh.manifest);
      expect(again.sha256).toBe(afresh.sha256);
      expect(readFileSync(again.file).equals(readFileSync(afresh.file))).toBe(true);
      expect(afresh.reused).toBe(0);
      fresh += 1;
      reused += again.reused;
    }),
    casesOf(1000),
  );
  // Otherwise nothing was put to the test.
  expect(reused).toBeGreaterThan(2 * fresh);
  await packer.dispose();
  expect(
    readdirSync(join(warm.cacheFolder, readdirSync(warm.cacheFolder)[0]!))
      .sort()
      .map((name) => name.split('.').at(-1)),
  ).toEqual(['zip', 'json']);
});
