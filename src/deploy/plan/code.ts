/** The code of a deployment: its location in S3, and its files as far as they are known. */

import type { CodeConfiguration, CodeLocation } from '../../model/code';
import { present } from '../../model/present';
import type { Manifest } from '../../package/manifest';
import type { Scan } from '../../package/packer';
import { sameCode } from '../configuration';
import { tryOpenZip } from '../deployed';
import { codeKey } from '../naming';
import type { ObjectStore } from '../ports';
import { lookAtStored, realVersion, type StoredBefore } from '../stored';
import type { CheckedCode } from './all-checks';
import type { PlanInput } from './input';
import type { PlannedSource } from './plan';

/** `at` has no version yet if S3 assigns one on upload. */
export interface Code extends CheckedCode {
  readonly source: PlannedSource;
}

interface Stored {
  readonly at: CodeLocation;
  readonly stored: StoredBefore;
}

/**
 * The code of a scanned folder. The zip's key contains the digest of the folder's manifest, and that zip may
 * already be in S3.
 * @throws cancellation and missing credentials.
 */
export async function codeOfFolder(
  { destination: { bucket, prefix }, unread = false }: PlanInput,
  { root, scan }: { readonly root: string; readonly scan: Scan },
  current: CodeConfiguration,
  objects: ObjectStore,
  signal: AbortSignal,
): Promise<Code> {
  const { manifest } = scan;
  const key = codeKey(prefix, manifest.digest);
  const { at, stored } = unread
    ? unlooked({ bucket, key }, current)
    : await whereStored({ bucket, key }, manifest, current, objects, signal);
  const source: PlannedSource = {
    kind: 'folder',
    root,
    digest: manifest.digest,
    files: manifest.entries.length,
    bytes: manifest.bytes,
    stored,
  };
  return { source, at, files: manifest.entries, scan, stored };
}

/**
 * Where the zip will be, as far as that is known without a look into S3. If the target already runs the
 * code with this key, the result is the target's present location, including the version: the key contains
 * the digest of the code.
 */
function unlooked(at: CodeLocation, { code }: CodeConfiguration): Stored {
  const isSame = code !== undefined && sameCode(at, { bucket: code.bucket, key: code.key });
  return { at: isSame ? code : at, stored: { kind: 'not-looked' } };
}

/**
 * Looks for the zip in S3, first in the version that the target already has, so that unchanged code leaves
 * the configuration unchanged.
 */
async function whereStored(
  at: CodeLocation,
  manifest: Manifest,
  { code }: CodeConfiguration,
  objects: ObjectStore,
  signal: AbortSignal,
): Promise<Stored> {
  if (code?.versionId !== undefined && sameCode(at, { bucket: code.bucket, key: code.key })) {
    const stored = await lookAtStored(objects, code, manifest, signal);
    if (stored.kind === 'same') return { at: code, stored };
  }
  const stored = await lookAtStored(objects, at, manifest, signal);
  const versionId = stored.kind === 'same' ? stored.versionId : undefined;
  return { at: { ...at, ...present({ versionId }) }, stored };
}

/** The code of a zip in S3, pinned to the version that was found. @throws cancellation and missing credentials. */
export async function codeOfZip(at: CodeLocation, objects: ObjectStore, signal: AbortSignal): Promise<Code> {
  const zip = await tryOpenZip(objects, at, signal);
  if (zip.kind === 'unreadable') return { source: { kind: 'zip', at }, at, zip };
  const { etag, versionId, directory } = zip.zip;
  const version = at.versionId ?? realVersion(versionId);
  const pinned = { ...at, ...present({ versionId: version }) };
  return { source: { kind: 'zip', at: pinned, etag }, at: pinned, files: directory.entries, zip };
}
