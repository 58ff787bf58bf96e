/** The code of a deployment: where it will lie in S3, and what is known of its files. */
import type { CodeConfiguration, CodeLocation } from '../../model/code';
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

/** Its location has no version where S3 gives that on upload. */
export interface Code extends CheckedCode {
  readonly source: PlannedSource;
}

interface Stored {
  readonly at: CodeLocation;
  readonly stored: StoredBefore;
}

/**
 * Of a scanned folder: its digest names the zip, wherever that lies already.
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

/** The same name is the same code: enough to know that there is nothing to do. */
function unlooked(at: CodeLocation, { code }: CodeConfiguration): Stored {
  const isSame = code !== undefined && sameCode(at, { bucket: code.bucket, key: code.key });
  return { at: isSame ? code : at, stored: { kind: 'not-looked' } };
}

/** The version that runs is preferred, so that unchanged code is an unchanged configuration. */
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
  return { at: { ...at, ...(versionId !== undefined && { versionId }) }, stored };
}

/** Of a zip that is there, pinned to the version that was found. @throws cancellation and missing credentials. */
export async function codeOfZip(at: CodeLocation, objects: ObjectStore, signal: AbortSignal): Promise<Code> {
  const zip = await tryOpenZip(objects, at, signal);
  if (zip.kind === 'unreadable') return { source: { kind: 'zip', at }, at, zip };
  const { etag, versionId, directory } = zip.zip;
  const version = at.versionId ?? realVersion(versionId);
  const pinned = { ...at, ...(version !== undefined && { versionId: version }) };
  return { source: { kind: 'zip', at: pinned, etag }, at: pinned, files: directory.entries, zip };
}
