/**
 * Finds out whether the object in S3 under a zip's key is that zip. Anybody may have put the object there,
 * so the key alone proves nothing: the content is compared.
 */

import { webcrypto } from 'node:crypto';
import type { CodeLocation } from '../model/code';
import { type AwsFailure, failureOf } from '../model/failure';
import { present } from '../model/present';
import type { Manifest } from '../package/manifest';
import {
  directoryMatches,
  LARGEST_ENTRY,
  type RangeSource,
  readZipDirectory,
  readZipEntry,
} from '../package/zip-directory';
import { openZip } from './deployed';
import type { ObjectStore } from './ports';

/**
 * Bytes. A zip up to this size is read completely and compared by its content. A larger zip is compared
 * only by its directory: names, sizes and CRCs. So is a file in a smaller zip that is too large to be
 * unpacked here.
 */
const READ_WHOLE = 8 * 1024 * 1024;

/**
 * The object under the zip's key before the upload, at the time of the plan or later. A different or
 * unreadable object is replaced.
 */
export type StoredBefore =
  | { readonly kind: 'absent' }
  | { readonly kind: 'same'; readonly etag: string; readonly versionId?: string }
  | { readonly kind: 'different' }
  | { readonly kind: 'unknown'; readonly failure: AwsFailure }
  /**
   * The plan did not look up the key. The upload looks it up, unless it can put the zip on the condition that
   * the key has no object.
   */
  | { readonly kind: 'not-looked' };

/** Compares the object under a zip's key with the zip's manifest. The zip itself need not be packed yet. */
export async function lookAtStored(
  objects: ObjectStore,
  at: CodeLocation,
  manifest: Manifest,
  signal: AbortSignal,
): Promise<StoredBefore> {
  try {
    const head = await objects.head(at, signal);
    if (head === undefined) return { kind: 'absent' };
    const { etag, size } = head;
    const versionId = at.versionId ?? realVersion(head.versionId);
    const found = { ...at, ...present({ versionId }) };
    return (await holdsManifest(objects, found, { etag, size }, manifest, signal))
      ? { kind: 'same', etag, ...present({ versionId }) }
      : { kind: 'different' };
  } catch (error) {
    const failure = failureOf(error);
    if (failure.kind === 'refused') return { kind: 'different' };
    if (failure.kind === 'aws') return { kind: 'unknown', failure };
    throw error;
  }
}

/** Returns true if the object with this ETag contains exactly the manifest's files. @throws the failures of reading */
async function holdsManifest(
  objects: ObjectStore,
  at: CodeLocation,
  { etag, size }: { readonly etag: string; readonly size: number },
  manifest: Manifest,
  signal: AbortSignal,
): Promise<boolean> {
  if (size > READ_WHOLE) {
    const { directory } = await openZip(objects, at, signal, etag);
    return directoryMatches(manifest, directory);
  }
  const { bytes } = await objects.read(at, { start: 0, length: size, ifMatch: etag }, signal);
  const source = inMemory(bytes);
  const directory = await readZipDirectory(source, signal);
  if (!directoryMatches(manifest, directory)) return false;
  const expected = new Map(manifest.entries.map(({ path, sha256 }) => [path, sha256]));
  for (const entry of directory.entries.filter(({ size: length }) => length <= LARGEST_ENTRY)) {
    const content = await readZipEntry(source, entry, signal);
    if ((await sha256(content)) !== expected.get(entry.path)) return false;
  }
  return true;
}

/**
 * Returns true if the object with this ETag is this very zip, judged by its bytes, or by its directory if it is large.
 */
export async function isZip(
  objects: ObjectStore,
  at: CodeLocation,
  etag: string,
  zip: { readonly size: number; readonly sha256: string; readonly manifest: Manifest },
  signal: AbortSignal,
): Promise<boolean> {
  if (zip.size > READ_WHOLE) {
    const { directory } = await openZip(objects, at, signal, etag);
    return directory.size === zip.size && directoryMatches(zip.manifest, directory);
  }
  const { bytes, size } = await objects.read(at, { start: 0, length: zip.size, ifMatch: etag }, signal);
  return size === zip.size && (await sha256(bytes)) === zip.sha256;
}

/**
 * Returns true if the zip may be put only on the condition that the key has no object. Only a different or
 * unreadable object is replaced.
 */
export function isPutIfAbsent({ kind }: StoredBefore): boolean {
  return kind !== 'different' && kind !== 'unknown';
}

/**
 * Undefined for the version id `null`: S3 gives this id to objects that are put while versioning is off, so
 * the bytes under this id may change.
 */
export function realVersion(versionId: string | undefined): string | undefined {
  return versionId === 'null' ? undefined : versionId;
}

function inMemory(bytes: Uint8Array): RangeSource {
  return {
    async read(start, length) {
      const from = start < 0 ? Math.max(0, bytes.length + start) : start;
      return { bytes: bytes.subarray(from, from + length), size: bytes.length };
    },
  };
}

/** The digest in hex. WebCrypto computes it on another thread, so that the event loop is not blocked. */
async function sha256(bytes: Uint8Array): Promise<string> {
  return Buffer.from(await webcrypto.subtle.digest('SHA-256', bytes)).toString('hex');
}
