/** A zip that is being sent, and packings of the same folder meanwhile. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { holdZip } from '../../src/package/cache/held-zip';
import { ALWAYS, newPacker, requestFor, temporaryFolder, write } from './fixture';

test('stays whole while its folder is packed again, by its own packer too, until it is released', async () => {
  const root = temporaryFolder();
  write(root, { 'a.q': 'a' });
  const [packer, other] = [newPacker(), newPacker()];
  const request = requestFor(root);
  const zip = await packer.pack(request, undefined, ALWAYS);
  const bytes = readFileSync(zip.file);
  const held = await holdZip(zip.file);
  for (const content of ['b', 'c', 'd']) {
    write(root, { 'a.q': content });
    for (const one of [packer, other]) await one.pack(request, undefined, ALWAYS);
  }
  // The next run begins when the one before has written everything down.
  await packer.scan(request, ALWAYS);
  expect(existsSync(zip.file)).toBe(false);
  expect(readFileSync(held!.file)).toEqual(bytes);
  await held?.release();
  expect(existsSync(held!.file)).toBe(false);
  expect(await holdZip(zip.file)).toBeUndefined();
});
