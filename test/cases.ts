/** How much is tried of what takes long: a tenth in every run of the tests, all of it by `npm run test:cases`. */
import { createHash } from 'node:crypto';
import type { TestAPI } from 'vitest';

const isAll = process.env['SLIPWAY_ALL_CASES'] === '1';
const { SLIPWAY_SEED: chosen } = process.env;
/** The same each time: a change is judged by what it changed. `SLIPWAY_SEED` chooses another. */
const SEED = Number(chosen ?? 20_261_130);

/** For fast-check, which prints the seed of a failure. All of the cases are others each time. */
export function casesOf(all: number): { readonly numRuns: number; readonly seed?: number } {
  if (isAll) return { numRuns: all, ...(chosen !== undefined && { seed: SEED }) };
  return { numRuns: Math.ceil(all / 10), seed: SEED };
}

/** Of a list that is written out: the tenth that the seed draws by their names, at least one. */
export function tenthOf<T>(all: readonly T[], nameOf: (one: T) => string): readonly T[] {
  if (isAll) return all;
  const placeOf = (one: T): number => fraction(`${SEED} ${nameOf(one)}`);
  const drawn = all.toSorted((a, b) => placeOf(a) - placeOf(b));
  const tenth = new Set(drawn.slice(0, Math.ceil(all.length / 10)));
  return all.filter((one) => tenth.has(one));
}

/**
 * Declares one test in ten, and of each table a tenth of its rows, as the seed draws them.
 * @param of Tells tests of the same name apart.
 */
export function oneInTen(
  declare: TestAPI['skip'],
  of: string,
): Pick<TestAPI, 'each'> & ((name: string, body: () => Promise<void>) => void) {
  const one = (name: string, body: () => Promise<void>): void => {
    if (isAll || fraction(`${SEED} ${of} ${name}`) < 0.1) declare(name, body);
  };
  const each = (rows: readonly unknown[]) =>
    declare.each(tenthOf(rows, (row) => `${of} ${JSON.stringify(row)}`));
  return Object.assign(one, { each: each as TestAPI['each'] });
}

/**
 * A number from 0 to 1 that follows from the text, so that whether a case is drawn does not depend on which others there
 * are.
 */
export function fraction(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE() / 2 ** 32;
}
