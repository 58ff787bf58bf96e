/** What an index file says is what was known, however the zip and the files have come apart since. */
import { assert, boolean, constantFrom, integer, property, record, uniqueArray } from 'fast-check';
import { expect, test } from 'vitest';
import { indexText, parseIndex } from '../../src/package/cache/index-text';
import type { KnownEntry, KnownFile } from '../../src/package/cache/known-folder';
import { compareUtf8 } from '../../src/package/utf8-order';
import { CASES } from './fixture';

const content = record({
  path: constantFrom('a.q', 'b/c.q', 'b/d.csv', 'b/é.q', 'b.q', 'data/z.bin', '𝄞.q'),
  version: integer({ min: 1, max: 2 }),
  executable: boolean(),
});
const contents = uniqueArray(content, { selector: ({ path }) => path }).map((found) =>
  found
    .map(({ path, version, executable }) => ({
      path,
      size: version,
      executable,
      sha256: `${path}-${version}`,
      crc32: version,
    }))
    .sort((a, b) => compareUtf8(a.path, b.path)),
);

test('files and entries come back as they were', () => {
  assert(
    property(contents, contents, (there, zipped) => {
      const files = there.map((entry): KnownFile => {
        const { size, executable } = entry;
        const stat = { size, modifiedMs: 1.5, changedMs: 2.5, inode: 3, device: 4, executable };
        return { stat, entry, secrets: [], loads: [], racy: false };
      });
      const entries = zipped.map(
        (entry, at): KnownEntry => ({ ...entry, method: 8, compressedSize: 1, offset: at }),
      );
      const zip = {
        name: 'zip',
        size: 1,
        sha256: 'of the zip',
        digest: 'of the manifest',
        level: 3,
        entries,
      };
      expect(parseIndex(indexText({ files, zip }))).toEqual({ files, zip });
    }),
    CASES,
  );
});
