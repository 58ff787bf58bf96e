/** The sandbox's FinSpace takes good zips apart, and no bad one. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCodeZip } from '../../src/sandbox/finspace/code-zip';
import { zipOf } from '../../src/sandbox/seed/zip';
import { anyText } from '../any-text';

const path = fc
  .array(fc.stringMatching(/^[a-z0-9_-]{1,8}$/), { minLength: 1, maxLength: 3 })
  .map((parts) => `${parts.join('/')}.q`);
const files = fc.dictionary(path, anyText(), { minKeys: 1, maxKeys: 5 });

test('every file is found, in any tree', async () => {
  await fc.assert(
    fc.asyncProperty(files, async (tree) => {
      expect(await readCodeZip(zipOf(tree))).toEqual({ kind: 'readable', files: Object.keys(tree) });
    }),
    { numRuns: 1000 },
  );
});

test('a flipped bit in the packed bytes is found', async () => {
  const text = 'select from trade where sym=`AAPL\n'.repeat(5);
  const name = 'lib/query.q';
  const zip = zipOf({ [name]: text });
  const start = 30 + name.length;
  const end = zip.lastIndexOf(Buffer.from('PK\u0001\u0002', 'latin1'));
  for (let at = start; at < end; at += 1)
    for (let bit = 0; bit < 8; bit += 1) {
      const damaged = Buffer.from(zip);
      damaged[at] = (damaged[at] ?? 0) ^ (1 << bit);
      expect((await readCodeZip(damaged)).kind, `byte ${at}, bit ${bit}`).toBe('unreadable');
    }
});

test.each([
  ['nothing', Buffer.alloc(0)],
  ['something else', Buffer.from('not a zip at all, though long enough to have an end record')],
  ['half a zip', zipOf({ 'a.q': 'a' }).subarray(0, 60)],
])('%s is no zip', async (_, bytes) => {
  expect((await readCodeZip(bytes)).kind).toBe('unreadable');
});
