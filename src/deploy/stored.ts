/** Whether what lies in S3 under a zip's name is that zip. What anybody may have put there is never trusted. */
import { webcrypto } from 'node:crypto';
import type { CodeLocation } from '../model/code';
import { type AwsFailure, failureOf } from '../model/failure';
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
 * Up to this size (bytes) a zip is read as a whole and judged by its content; above it, and a file of it that no reader
 * takes, by its directory, which holds names, sizes and CRCs.
 */
const READ_WHOLE = 8 * 1024 * 1024;

/** What lay under the zip's name when the plan was made. A different or unreadable one is replaced. */
export type StoredBefore =
  | { readonly kind: 'absent' }
  | { readonly kind: 'same'; readonly etag: string; readonly versionId?: string }
  | { readonly kind: 'different' }
  | { readonly kind: 'unknown'; readonly failure: AwsFailure }
  /** Nobody looked: it is stored unless something is there, and then looked at. */
  | { readonly kind: 'not-looked' };

/** Looks under a zip's name before it is made. */
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
    const found = { ...at, ...(versionId !== undefined && { versionId }) };
    return (await holdsManifest(objects, found, { etag, size }, manifest, signal))
      ? { kind: 'same', etag, ...(versionId !== undefined && { versionId }) }
      : { kind: 'different' };
  } catch (error) {
    const failure = failureOf(error);
    if (failure.kind === 'refused') return { kind: 'different' };
    if (failure.kind === 'aws') return { kind: 'unknown', failure };
    throw error;
  }
}

/** Whether the object, as `etag` pins it, holds exactly the manifest's files. @throws what reading throws. */
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

/** Whether the object, as `etag` pins it, is this very zip: byte for byte up to a size, by its directory above it. */
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

/** Whether the zip is to be stored only where nothing is; something that was found and differs is replaced. */
export function isPutIfAbsent({ kind }: StoredBefore): boolean {
  return kind !== 'different' && kind !== 'unknown';
}

/** `null` is what S3 calls an object that was put while no versions were kept: as the latest one it pins nothing. */
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

/** Off the event loop. */
async function sha256(bytes: Uint8Array): Promise<string> {
  return Buffer.from(await webcrypto.subtle.digest('SHA-256', bytes)).toString('hex');
}
