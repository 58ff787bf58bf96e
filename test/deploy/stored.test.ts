/** Whether what lies in S3 under a zip's name is that zip. */
import { readFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ObjectStore } from '../../src/deploy/ports';
import { lookAtStored } from '../../src/deploy/stored';
import { ALWAYS, newPacker, requestFor, temporaryFolder, write } from '../package/fixture';

const AT = { bucket: 'b', key: 'k.zip' };

/** A store that holds this one object. */
function storing(bytes: Buffer): ObjectStore {
  const size = bytes.length;
  const store: Pick<ObjectStore, 'head' | 'read'> = {
    head: async () => ({ etag: 'e', size, metadata: {} }),
    read: async (_, { start, length }) => ({ bytes: bytes.subarray(start, start + length), size, etag: 'e' }),
  };
  return store as ObjectStore;
}

test('a small zip that holds a file too large to be read again is known for what it is', async () => {
  const root = temporaryFolder();
  write(root, { 'a.q': 'a:1', 'zeros.bin': '' });
  truncateSync(join(root, 'zeros.bin'), 48 * 1024 * 1024 + 1);
  const packer = newPacker();
  const { file, manifest } = await packer.pack(requestFor(root), undefined, ALWAYS);
  const zip = readFileSync(file);
  expect(await lookAtStored(storing(zip), AT, manifest, ALWAYS)).toEqual({ kind: 'same', etag: 'e' });
  // The content of a.q: behind its header, and stored as it is because it is so short.
  const at = zip.indexOf('a:1');
  zip[at] = 'b'.charCodeAt(0);
  expect(await lookAtStored(storing(zip), AT, manifest, ALWAYS)).toEqual({ kind: 'different' });
});
