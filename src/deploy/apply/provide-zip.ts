/** Puts the plan's zip into S3, complete and unaltered, before a target is told to use it. */

import { isReason } from '../../model/failure';
import { type HeldZip, holdZip } from '../../package/cache/held-zip';
import type { PackedZip, PackRequest } from '../../package/packer';
import { refuse as refuseToPack } from '../../package/refusal';
import type { ConfigurationWithCode } from '../configuration';
import { codeKey } from '../naming';
import type { PlannedSource } from '../plan/plan';
import { refuse } from '../refusal';
import { isZip } from '../stored';
import { goesInParts, storeZip, type UploadEvents } from '../upload/store-zip';
import { LEFT } from './abandoned';
import { type ApplyRun, untilMayWrite } from './context';
import { storedDigest } from './stored-digest';

/** The most tries to pack a folder and open its zip: the zip may disappear before it is opened. */
const MOST_PACKINGS = 3;

type Code = ConfigurationWithCode['code'];
type Folder = Extract<PlannedSource, { kind: 'folder' }>;

export interface ProvidedZip {
  /** Where the zip is, with its version if the bucket has versions. */
  readonly code: Code;
  /** Reads the stored zip back, unless nothing is left to verify. @throws refused `stored-zip-wrong` */
  readonly verify: () => Promise<void>;
  /** SHA-256 of the object, hex. */
  readonly sha256: () => Promise<string>;
}

/**
 * Packs and stores the plan's folder, unless S3 already has the zip. If the plan deploys an existing zip
 * unchanged, only checks that this zip has not changed since the plan.
 * @throws refused `zip-changed`, `folder-not-given`, and the failures of packing and storing.
 */
export async function provideZip(run: ApplyRun): Promise<ProvidedZip> {
  const { source, next } = run.plan;
  if (source.kind === 'zip') {
    await refuseChanged(run, source.at, source.etag);
    return found(run, source.at);
  }
  if (source.stored.kind === 'same' && (await isUnchanged(run, next.code, source.stored.etag))) {
    run.note('reused', { ...next.code, etag: source.stored.etag });
    return found(run, next.code);
  }
  return packAndStore(run, source);
}

/**
 * A zip that was already in S3. Its digest is computed from the stored bytes, which may differ from the bytes
 * that this machine packs from the same code: another version of zlib may have packed them.
 */
function found({ ports, signal }: ApplyRun, code: Code): ProvidedZip {
  return { code, verify: nothingLeft, sha256: () => storedDigest(ports.objects, code, signal) };
}

async function nothingLeft(): Promise<void> {
  // Nothing to verify. A zip that was already in S3 was checked for the plan or before the upload; a zip that
  // this deployment has sent was confirmed by S3.
}

async function refuseChanged(run: ApplyRun, at: Code, etag: string | undefined): Promise<void> {
  if (etag !== undefined && !(await isUnchanged(run, at, etag))) {
    throw refuse('zip-changed', { bucket: at.bucket, key: at.key });
  }
}

async function isUnchanged({ ports, signal }: ApplyRun, at: Code, etag: string): Promise<boolean> {
  return (await ports.objects.head(at, signal))?.etag === etag;
}

async function packAndStore(run: ApplyRun, source: Folder): Promise<ProvidedZip> {
  const { pack } = run;
  if (pack === undefined || pack.root !== source.root)
    throw refuse('folder-not-given', { root: source.root });
  const { zip, held } = await packedAndHeld(run, pack, source);
  try {
    return await store(run, source, { ...zip, file: held.file });
  } finally {
    await held.release();
  }
}

/** Packs the folder and opens the zip at once, since another deployment of the folder may replace the zip file. */
async function packedAndHeld(
  run: ApplyRun,
  pack: PackRequest,
  source: Folder,
): Promise<{ readonly zip: PackedZip; readonly held: HeldZip }> {
  let zip = run.packed?.manifest.digest === source.digest ? run.packed : undefined;
  for (let tries = 0; tries < MOST_PACKINGS; tries += 1) {
    zip ??= await packNow(run, pack, source);
    const held = await holdZip(zip.file);
    if (held !== undefined) return { zip, held };
    zip = undefined;
  }
  throw refuseToPack('cache-unwritable', { path: pack.cacheFolder, code: 'ENOENT' });
}

async function store(run: ApplyRun, source: Folder, zip: PackedZip): Promise<ProvidedZip> {
  const { ports, journal, clock, plan, signal, report, note, earlier = () => undefined } = run;
  note('packed', { size: zip.size, sha256: zip.sha256, reused: zip.reused });

  const at = { bucket: plan.bucket, key: codeKey(plan.prefix, source.digest) };
  // The upload is prepared while this promise is pending.
  const mayPut = untilMayWrite(run).then(async () => {
    report({ step: 'uploading', sent: 0, total: zip.size });
    const uploading = { ...at, size: zip.size };
    // An upload in parts waits until its step is on the disk: after a crash, the clean-up has to know where parts
    // may be.
    if (goesInParts(zip)) await journal.step('uploading', uploading);
    else note('uploading', uploading);
  });
  // `storeZip` awaits the promise and handles its failure.
  mayPut.catch(() => undefined);
  const events: UploadEvents = {
    multipartStarted: ({ uploadId }) => journal.step('multipart', { ...at, uploadId }),
    multipartLeftBehind: (uploads, unseen) =>
      journal.step(LEFT, { ...at, uploads: uploads.map(({ uploadId }) => uploadId), unseen }),
    copyRefused: (error) => journal.step('copy-refused', { error }),
    progress: (sent, total) => report({ step: 'uploading', sent, total }),
  };
  const upload = { objects: ports.objects, clock, events, mayPut, earlier };
  const stored = await storeZip(upload, at, zip, source.stored, signal);
  if (stored.found) {
    note('reused', { ...stored.at, etag: stored.etag });
    return found(run, stored.at);
  }
  note('uploaded', { ...stored.at, etag: stored.etag, sha256: zip.sha256, size: zip.size });
  const sha256 = async (): Promise<string> => zip.sha256;
  // Deploy on save does not read the stored zip back: S3's own confirmation of the bytes is enough.
  if (stored.confirmed && source.stored.kind === 'not-looked')
    return { code: stored.at, verify: nothingLeft, sha256 };
  const verify = async (): Promise<void> => {
    report({ step: 'verifying' });
    const isWhole = await isZip(ports.objects, stored.at, stored.etag, zip, signal).catch(
      (error: unknown) => {
        // The zip was replaced or removed after it was stored.
        if (isReason(error, 'precondition') || isReason(error, 'not-found')) return false;
        throw error;
      },
    );
    if (!isWhole) throw refuse('stored-zip-wrong', { ...stored.at });
    note('verified');
  };
  return { code: stored.at, verify, sha256 };
}

async function packNow(
  { packer, signal, report, note }: ApplyRun,
  request: PackRequest,
  { root, digest }: Folder,
): Promise<PackedZip> {
  report({ step: 'packing' });
  note('packing', { root });
  return packer.pack(request, digest, signal, (progress) => report({ step: 'packing', progress }));
}
