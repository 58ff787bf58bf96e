/** Whatever is done to a zip's bytes, reading it ends with an answer or a refusal, and never fetches without bound. */
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { array, assert, asyncProperty, constantFrom, integer, record } from 'fast-check';
import { expect, test } from 'vitest';
import { failureOf } from '../../src/model/failure';
import { readZipDirectory, readZipEntry } from '../../src/package/zip-directory';
import { ALWAYS, CASES } from './fixture';
import { CountedSource } from './range-source';

const FOLDER = resolve(import.meta.dirname, '../fixtures/zips');
const ZIPS = readdirSync(FOLDER).filter((name) => /\.(zip|jar)$/.test(name));

const damage = record({
  name: constantFrom(...ZIPS),
  /** Counted from the end, because that is where a zip is fragile. */
  flips: array(record({ at: integer({ min: 1, max: 1_500 }), bits: integer({ min: 1, max: 255 }) }), {
    maxLength: 3,
  }),
  cut: constantFrom(0, 0, 0, 0, 0, 0, 1, 22, 60),
});

test('a damaged zip is read or refused', async () => {
  const outcomes = { read: 0, refused: 0 };
  await assert(
    asyncProperty(damage, async ({ name, flips, cut }) => {
      const bytes = Buffer.from(readFileSync(resolve(FOLDER, name)));
      for (const { at, bits } of flips) {
        const place = bytes.length - at;
        if (place >= 0) bytes[place] = (bytes[place] ?? 0) ^ bits;
      }
      const zip = new CountedSource(bytes.subarray(0, bytes.length - cut));
      try {
        const { entries } = await readZipDirectory(zip, ALWAYS);
        expect(zip.bytesRead).toBeLessThanOrEqual(3 * bytes.length);
        for (const entry of entries) {
          const content = await readZipEntry(zip, entry, ALWAYS);
          expect(content.length).toBe(entry.size);
        }
        outcomes.read += 1;
      } catch (error) {
        const failure = failureOf(error);
        if (failure.kind !== 'refused') throw error;
        expect(failure.code).toMatch(/^zip-(damaged|unsupported)$/);
        outcomes.refused += 1;
      }
    }),
    CASES,
  );
  // Both happen often: the property is not about one of them alone.
  expect(Math.min(outcomes.read, outcomes.refused)).toBeGreaterThan(50);
});
