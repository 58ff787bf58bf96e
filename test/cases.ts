/** How many cases a long property is tried with: a tenth in every run of the tests, all of them by `npm run test:cases`. */

const isAll = process.env['SLIPWAY_ALL_CASES'] === '1';
const { SLIPWAY_SEED: chosen } = process.env;

/**
 * For fast-check, which prints the seed of a failure. The tenth is the same each time: a change is judged by what it
 * changed. All of them are others each time. `SLIPWAY_SEED` chooses.
 */
export function casesOf(all: number): { readonly numRuns: number; readonly seed?: number } {
  if (isAll) return { numRuns: all, ...(chosen !== undefined && { seed: Number(chosen) }) };
  return { numRuns: Math.ceil(all / 10), seed: Number(chosen ?? 20_261_130) };
}
