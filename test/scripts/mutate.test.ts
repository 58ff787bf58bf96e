/** Mutants are drawn again by their seed, mean what they say, and sleep until they are woken. */
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { transformSync } from 'esbuild';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { candidates } from '../../scripts/mutate/candidates.mjs';
import { copyWith } from '../../scripts/mutate/copy.mjs';
import { draw } from '../../scripts/mutate/draw.mjs';
import { reaching } from '../../scripts/mutate/reaching.mjs';
import { switched } from '../../scripts/mutate/switched.mjs';
import { asNobody } from '../package/fixture';

const folder = mkdtempSync(join(tmpdir(), 'slipway-mutate-'));
afterAll(() => rmSync(folder, { recursive: true }));

const SOURCE = `export const told: string[] = [];
export function grade(points: number, most: number | undefined): string {
  if (points < 0) throw new Error('negative');
  told.push('asked');
  const limit = most ?? 10;
  return points >= limit && limit !== 0 ? 'full' : 'part';
}
export const isFull = (points: number): boolean => grade(points, undefined) === 'full';
export const twice = (points: number): number => points * 2;
`;
const file = join(folder, 'grade.ts');
writeFileSync(file, SOURCE);
const all = candidates([file]);

test('every kind of small fault is found at its place, and nothing while a module is loaded', () => {
  const found = all.map(({ line, operator, original, replacement }) => [
    line,
    operator,
    original,
    replacement,
  ]);
  expect(found).toEqual([
    [3, 'negate a condition', 'points < 0', '!(points < 0)'],
    [3, 'remove a guard', "if (points < 0) throw new Error('negative');", undefined],
    [3, 'move a boundary', 'points < 0', 'points <= 0'],
    [4, 'remove a call', "told.push('asked');", undefined],
    [5, 'remove a guard', 'most ?? 10', 'most'],
    [5, 'remove a guard', 'most ?? 10', '10'],
    [6, 'change what is returned', expect.stringContaining('points >= limit &&'), "''"],
    [6, 'negate a condition', 'points >= limit && limit !== 0', '!(points >= limit && limit !== 0)'],
    [6, 'remove a guard', 'points >= limit && limit !== 0', 'points >= limit'],
    [6, 'remove a guard', 'points >= limit && limit !== 0', 'limit !== 0'],
    [6, 'move a boundary', 'points >= limit', 'points > limit'],
    [6, 'negate a condition', 'limit !== 0', 'limit === 0'],
    [
      8,
      'change what is returned',
      "grade(points, undefined) === 'full'",
      "!(grade(points, undefined) === 'full')",
    ],
    [8, 'negate a condition', "grade(points, undefined) === 'full'", "grade(points, undefined) !== 'full'"],
    [9, 'change what is returned', 'points * 2', '(points * 2) + 1'],
  ]);
});

test('a seed brings the same sample back, without any twice', () => {
  const numbers = Array.from({ length: 500 }, (_, index) => index);
  const drawn = draw(numbers, 30, 7);
  expect(drawn).toEqual(draw(numbers, 30, 7));
  expect(new Set(drawn).size).toBe(30);
  expect(drawn).not.toEqual(draw(numbers, 30, 8));
  expect(draw(numbers, 1_000, 7)).toEqual(numbers);
});

test('all of them stand in one program, where one at a time is awake', () => {
  const drawn = all.map((mutant, index) => ({ ...mutant, id: `${index + 1}` }));
  const text = switched(SOURCE, drawn, './switch.mjs');
  expect(text.split('\n')).toHaveLength(SOURCE.split('\n').length);
  const program = join(folder, 'grade.mjs');
  writeFileSync(program, transformSync(text, { loader: 'ts' }).code);
  copyFileSync(resolve(import.meta.dirname, '../../scripts/mutate/switch.mjs'), join(folder, 'switch.mjs'));
  const say = `import { grade, told } from ${JSON.stringify(program)};
    const of = (...args) => { try { return grade(...args); } catch { return 'refused'; } };
    console.log([of(10, 10), of(9), of(0, 0), of(-1), of(0, 5), told.length].join());`;
  const run = (env: NodeJS.ProcessEnv): string =>
    execFileSync(process.execPath, ['--input-type=module', '-e', say], { env: { ...process.env, ...env } })
      .toString()
      .trim();
  const asItIs = 'full,part,part,refused,part,4';
  const record = join(folder, 'seen');
  expect(run({ SLIPWAY_MUTANTS_SEEN: record })).toBe(asItIs);
  // The functions of lines 8 and 9 are not called.
  expect(
    readFileSync(record, 'utf8')
      .trim()
      .split('\n')
      .map(Number)
      .toSorted((a, b) => a - b),
  ).toEqual(Array.from({ length: 12 }, (_, index) => index + 1));
  // Id, and what the functions say while that mutant is awake.
  const woken = [
    ['2', 'full,part,part,part,part,5'],
    ['3', 'full,part,refused,refused,refused,2'],
    ['4', 'full,part,part,refused,part,0'],
    ['9', 'full,part,full,refused,part,4'],
    ['11', 'part,part,part,refused,part,4'],
  ] as const;
  for (const [id, said] of woken) expect(run({ SLIPWAY_MUTANT: id })).toBe(said);
});

test('a test that is nobody for a while reaches the copy', async () => {
  const copy = copyWith(resolve(import.meta.dirname, '../..'), []);
  onTestFinished(() => rmSync(copy, { recursive: true }));
  const read = await asNobody([], async () => readFileSync(join(copy, 'src/package/worker.ts'), 'utf8'));
  expect(read).toContain('startHelper');
});

test('the tests that reach a file are those that import it or start a program of it', () => {
  const root = resolve(import.meta.dirname, '../..');
  const tests = ['package/walk', 'operations/kill', 'scripts/outcome'].map((name) =>
    join(root, `test/${name}.test.ts`),
  );
  const of = (source: string) =>
    reaching(root, tests, new Set([join(root, source)])).map((path) => tests.indexOf(path));
  expect(of('src/package/zip/layout.ts')).toEqual([0]);
  expect(of('src/operations/lease.ts')).toEqual([1]);
  expect(of('scripts/test/outcome.mjs')).toEqual([2]);
});
