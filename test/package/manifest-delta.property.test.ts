/** A manifest that is told as changes to another one arrives as it is. */
import { array, assert, integer, property, uniqueArray } from 'fast-check';
import { expect, test } from 'vitest';
import type { ManifestEntry } from '../../src/package/manifest';
import { applyDelta, manifestDelta } from '../../src/package/pack/manifest-delta';
import { compareUtf8 } from '../../src/package/utf8-order';
import { CASES } from './fixture';

const entry = (number: number, version: number): ManifestEntry => ({
  path: `folder/${number}.q`,
  size: version,
  executable: false,
  sha256: `${number}-${version}`,
  crc32: number,
});

const sorted = (entries: readonly ManifestEntry[]): readonly ManifestEntry[] =>
  [...entries].sort((a, b) => compareUtf8(a.path, b.path));

test('changes lead from any manifest to any other one, and hold no entry that both share', () => {
  const numbers = uniqueArray(integer({ min: 0, max: 30 }), { maxLength: 25 });
  assert(
    property(numbers, numbers, array(integer({ min: 0, max: 30 }), { maxLength: 6 }), (old, next, edited) => {
      const kept = new Map(old.map((number) => [number, entry(number, 1)]));
      const before = sorted([...kept.values()]);
      const now = sorted(
        next.map((number) => (edited.includes(number) ? undefined : kept.get(number)) ?? entry(number, 2)),
      );
      const changes = manifestDelta(before, now);
      expect(applyDelta(before, changes)).toEqual(now);
      expect(changes.entries.some((added) => before.includes(added))).toBe(false);
    }),
    CASES,
  );
});

test('a manifest that is the same needs no changes', () => {
  const entries = [entry(1, 1), entry(2, 1)];
  expect(manifestDelta(entries, [...entries])).toEqual({ splices: [], entries: [] });
});
