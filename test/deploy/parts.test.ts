/** How a large zip is cut into parts. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Part, partsOf } from '../../src/deploy/upload/parts';
import { casesOf } from '../cases';

const MiB = 1024 * 1024;

/** Ascending and disjoint ranges of at least 5 MiB, as the packer tells them, inside of `size`. */
const shared = fc
  .array(
    fc.record({
      gap: fc.nat(20 * MiB),
      length: fc.integer({ min: 5 * MiB, max: 200 * MiB }),
      shift: fc.nat(50 * MiB),
    }),
    { maxLength: 8 },
  )
  .map((pieces) => {
    let at = 0;
    return pieces.map(({ gap, length, shift }) => {
      const start = at + gap;
      at = start + length;
      return { start, previousStart: start + shift, length };
    });
  });

function expectWhole(parts: readonly Part[], size: number): void {
  let at = 0;
  for (const [index, part] of parts.entries()) {
    expect(part.number).toBe(index + 1);
    expect(part.start).toBe(at);
    if (index < parts.length - 1) expect(part.length).toBeGreaterThanOrEqual(5 * MiB);
    expect(part.length).toBeGreaterThan(0);
    expect(part.length).toBeLessThanOrEqual(5 * 1024 * MiB);
    at += part.length;
  }
  expect(at).toBe(size);
  expect(parts.length).toBeLessThanOrEqual(10_000);
}

describe('parts', () => {
  test('cover everything in order, within the limits of S3, whatever is shared', () => {
    fc.assert(
      fc.property(shared, fc.nat(30 * MiB), (ranges, rest) => {
        const last = ranges.at(-1);
        const size = (last === undefined ? 0 : last.start + last.length) + rest + 1;
        const parts = partsOf(size, ranges);
        expectWhole(parts, size);
        for (const { start, length, copiedFrom } of parts) {
          if (copiedFrom === undefined) continue;
          const range = ranges.find((one) => one.start <= start && start + length <= one.start + one.length);
          expect(copiedFrom - start).toBe((range?.previousStart ?? Number.NaN) - (range?.start ?? 0));
        }
      }),
      casesOf(1_000),
    );
  });

  test('of something enormous stay below ten thousand', () => {
    expectWhole(partsOf(4 * 1024 * 1024 * MiB), 4 * 1024 * 1024 * MiB);
  });

  test('a small change in the middle sends little', () => {
    const size = 300 * MiB;
    const parts = partsOf(size, [
      { start: 0, previousStart: 0, length: 140 * MiB },
      { start: 140 * MiB + 900, previousStart: 140 * MiB + 800, length: 158 * MiB },
    ]);
    const sent = parts.filter(({ copiedFrom }) => copiedFrom === undefined).map(({ length }) => length);
    expect(sent.reduce((sum, length) => sum + length, 0)).toBeLessThan(8 * MiB);
  });
});
