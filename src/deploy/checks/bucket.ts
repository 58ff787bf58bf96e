/** Checks of the bucket and of the zip in it. */
import { declareCheck } from '../../plan/check';
import { isAbsent, type OptionalRead, whyUnread } from '../../plan/optional-read';
import type { ZipOrFailure } from '../deployed';
import type { ObjectStore, PublicAccessBlock } from '../ports';
import type { StoredBefore } from '../stored';
import { block, pass, type Unread, unknown, warn } from './check';

const BUCKET_REGION = declareCheck('bucket-region', {
  'bucket-region.same': pass(),
  'bucket-region.other': block<{ readonly bucket: string; readonly cluster: string }>('choose-bucket'),
  'bucket-region.no-such-bucket': block('choose-bucket'),
  'bucket-region.unknown': unknown<Unread>(),
});

/** A target reads code only from buckets of its own region. */
export function bucketRegionCheck(region: OptionalRead<string>, clusterRegion: string) {
  if (region.known) {
    return region.value === clusterRegion
      ? BUCKET_REGION.found('bucket-region.same')
      : BUCKET_REGION.found('bucket-region.other', { bucket: region.value, cluster: clusterRegion });
  }
  return isAbsent(region.why)
    ? BUCKET_REGION.found('bucket-region.no-such-bucket')
    : BUCKET_REGION.found('bucket-region.unknown', { why: region.why });
}

const VERSIONING = declareCheck('versioning', {
  'versioning.enabled': pass(),
  'versioning.suspended': warn('enable-versioning'),
  'versioning.off': warn('enable-versioning'),
  'versioning.unknown': unknown<Unread>(),
});

/** Versions are not required, but they make a rollback exact, since an update can name a version. */
export function versioningCheck(versioning: OptionalRead<Awaited<ReturnType<ObjectStore['versioning']>>>) {
  return versioning.known
    ? VERSIONING.found(`versioning.${versioning.value}`)
    : VERSIONING.found('versioning.unknown', { why: versioning.why });
}

const PUBLIC_ACCESS = declareCheck('public-access', {
  'public-access.blocked': pass(),
  'public-access.open': warn<{ readonly off: readonly string[] }>('block-public-access'),
  'public-access.unknown': unknown<Unread>(),
});

/** Judges the bucket's own block of public access. The account's block, if there is one, is not read. */
export function publicAccessCheck(found: OptionalRead<PublicAccessBlock | undefined>) {
  if (!found.known) return PUBLIC_ACCESS.found('public-access.unknown', { why: found.why });
  const off = Object.entries(found.value ?? NO_BLOCK)
    .filter(([, on]) => !on)
    .map(([name]) => name);
  return off.length === 0
    ? PUBLIC_ACCESS.found('public-access.blocked')
    : PUBLIC_ACCESS.found('public-access.open', { off });
}

const NO_BLOCK: PublicAccessBlock = {
  blockPublicAcls: false,
  ignorePublicAcls: false,
  blockPublicPolicy: false,
  restrictPublicBuckets: false,
};

/** Judges the object under the key that the zip will get. */
const STORED_ZIP = declareCheck('stored-zip', {
  'stored-zip.absent': pass(),
  'stored-zip.same': pass(),
  'stored-zip.different': warn(),
  'stored-zip.unknown': unknown<Unread>(),
});

/** Returns no check if the key was not looked up. */
export function storedZipChecks(stored: StoredBefore) {
  if (stored.kind === 'not-looked') return [];
  return [
    stored.kind === 'unknown'
      ? STORED_ZIP.found('stored-zip.unknown', { why: whyUnread(stored.failure) })
      : STORED_ZIP.found(`stored-zip.${stored.kind}`),
  ];
}

/** Judges an existing zip that is deployed unchanged. */
const ZIP = declareCheck('zip', {
  'zip.readable': pass<{ readonly files: number }>(),
  'zip.missing': block('choose-zip'),
  'zip.not-a-zip': block('choose-zip'),
  'zip.unknown': unknown<Unread>(),
});

export function zipCheck(zip: ZipOrFailure) {
  if (zip.kind === 'zip') return ZIP.found('zip.readable', { files: zip.zip.directory.entries.length });
  const { failure } = zip;
  if (failure.kind === 'refused') return ZIP.found('zip.not-a-zip');
  return failure.reason === 'not-found'
    ? ZIP.found('zip.missing')
    : ZIP.found('zip.unknown', { why: whyUnread(failure) });
}
