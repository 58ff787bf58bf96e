/** ListObjects, ListObjectsV2, ListObjectVersions and ListMultipartUploads. */
import type { SandboxReply } from '../sandbox-service';
import type { Bucket, ObjectVersion } from './bucket';
import type { BucketCall } from './call';
import { describe, isAfter, namer, ownerElement, pageRequest } from './list-parts';
import { type Page, type PageRequest, pageOf } from './paging';
import { refuse } from './refusal';
import type { Upload } from './uploads';
import { document, group, isoTime, leaf } from './xml';

const XML = { 'content-type': 'application/xml' };

export function listObjectsV2(call: BucketCall): SandboxReply {
  const { request, bucket } = call;
  const { query } = request;
  if (query.get('list-type') !== '2') refuse('NotImplemented');
  const token = query.get('continuation-token');
  const startAfter = query.get('start-after') ?? '';
  const from = token === null ? { after: startAfter } : readToken(token);
  const wanted = pageRequest(query, 'max-keys', from.afterPrefix);
  const page = pageOf(currentAfter(bucket, from.after), wanted);
  const name = namer(query);
  return listReply(
    'ListBucketResult',
    call,
    wanted,
    page,
    leaf('StartAfter', startAfter === '' ? undefined : name(startAfter)),
    leaf('ContinuationToken', token ?? undefined),
    leaf('KeyCount', page.items.length + page.prefixes.length),
    leaf('NextContinuationToken', page.next && writeToken(endOf(page.next), page.next)),
    ...page.items.map((version) =>
      group('Contents', describe(version, name), owner(query, bucket.settings.owner)),
    ),
  );
}

/** Version 1 of ListObjects, which boto3's resources and older tools use. */
export function listObjects(call: BucketCall): SandboxReply {
  const { request, bucket } = call;
  const { query } = request;
  const marker = query.get('marker') ?? '';
  const wanted = pageRequest(query, 'max-keys', marker);
  const page = pageOf(currentAfter(bucket, marker), wanted);
  const name = namer(query);
  // S3 sends `NextMarker` only if the list is grouped by a delimiter. In other lists, the last key of the
  // page is the marker for the next page.
  const next = wanted.delimiter === '' ? undefined : page.next;
  return listReply(
    'ListBucketResult',
    call,
    wanted,
    page,
    leaf('Marker', name(marker)),
    leaf('NextMarker', next && name(endOf(next))),
    ...page.items.map((version) =>
      group('Contents', describe(version, name), ownerElement(bucket.settings.owner)),
    ),
  );
}

/**
 * The current version of each object whose key comes after `marker`. Leaves out the objects that a delete
 * marker hides.
 */
function currentAfter(bucket: Bucket, marker: string): readonly ObjectVersion[] {
  return bucket
    .all()
    .filter(
      (version) => version.content && bucket.latest(version.key) === version && isAfter(version.key, marker),
    );
}

export function listObjectVersions(call: BucketCall): SandboxReply {
  const { request, bucket } = call;
  const { query } = request;
  const keyMarker = query.get('key-marker') ?? '';
  const versionMarker = query.get('version-id-marker') ?? '';
  if (versionMarker !== '' && keyMarker === '') {
    refuse('InvalidArgument', {
      message: 'A version-id marker cannot be specified without a key marker.',
      fields: { ArgumentName: 'version-id-marker', ArgumentValue: versionMarker },
    });
  }
  const wanted = pageRequest(query, 'max-keys', keyMarker);
  const page = pageOf(versionsAfter(bucket.all(), keyMarker, versionMarker), wanted);
  const name = namer(query);
  const { next } = page;
  return listReply(
    'ListVersionsResult',
    call,
    wanted,
    page,
    leaf('KeyMarker', name(keyMarker)),
    leaf('VersionIdMarker', versionMarker),
    leaf('NextKeyMarker', next && name(endOf(next))),
    leaf('NextVersionIdMarker', next && 'item' in next ? next.item.versionId : undefined),
    ...page.items.map((version) =>
      group(
        version.content ? 'Version' : 'DeleteMarker',
        leaf('VersionId', version.versionId),
        leaf('IsLatest', bucket.latest(version.key) === version),
        describe(version, name),
        ownerElement(bucket.settings.owner),
      ),
    ),
  );
}

/** The key, or the common prefix, that ends a page. */
function endOf(last: NonNullable<Page<{ readonly key: string }>['next']>): string {
  return 'item' in last ? last.item.key : last.prefix;
}

/**
 * The reply of a list of objects or versions: the elements that these lists share, then the list's own
 * elements, then the common prefixes.
 */
function listReply(
  root: string,
  { request: { query }, bucket }: BucketCall,
  wanted: PageRequest,
  { next, prefixes }: Page<unknown>,
  ...own: readonly string[]
): SandboxReply {
  const name = namer(query);
  const body = document(
    root,
    leaf('Name', bucket.name),
    leaf('Prefix', name(wanted.prefix)),
    leaf('Delimiter', wanted.delimiter === '' ? undefined : name(wanted.delimiter)),
    leaf('MaxKeys', wanted.size),
    leaf('EncodingType', query.get('encoding-type') ?? undefined),
    leaf('IsTruncated', next !== undefined),
    ...own,
    ...prefixes.map((prefix) => group('CommonPrefixes', leaf('Prefix', name(prefix)))),
  );
  return { status: 200, headers: XML, body };
}

export function listMultipartUploads({ request, bucket, uploads }: BucketCall): SandboxReply {
  const { query } = request;
  const keyMarker = query.get('key-marker') ?? '';
  const idMarker = query.get('upload-id-marker') ?? '';
  const wanted = pageRequest(query, 'max-uploads', undefined);
  const entries = uploads
    .of(bucket.name)
    .map((upload) => ({ key: upload.settings.key, versionId: upload.id, upload }));
  const page = pageOf(versionsAfter(entries, keyMarker, idMarker), wanted);
  const last = page.next && 'item' in page.next ? page.next.item : undefined;
  const name = namer(query);
  return {
    status: 200,
    headers: XML,
    body: document(
      'ListMultipartUploadsResult',
      leaf('Bucket', bucket.name),
      leaf('Prefix', name(wanted.prefix)),
      leaf('KeyMarker', name(keyMarker)),
      leaf('UploadIdMarker', idMarker),
      leaf('NextKeyMarker', last && name(last.key)),
      leaf('NextUploadIdMarker', last?.versionId),
      leaf('MaxUploads', wanted.size),
      leaf('EncodingType', query.get('encoding-type') ?? undefined),
      leaf('IsTruncated', page.next !== undefined),
      ...page.items.map(({ upload }) => describeUpload(upload, name)),
    ),
  };
}

function describeUpload({ id, initiatedAt, settings }: Upload, name: (key: string) => string): string {
  return group(
    'Upload',
    leaf('Key', name(settings.key)),
    leaf('UploadId', id),
    leaf('StorageClass', 'STANDARD'),
    leaf('Initiated', isoTime(initiatedAt)),
    leaf('ChecksumAlgorithm', settings.checksum?.algorithm),
    leaf('ChecksumType', settings.checksum?.type),
  );
}

function owner(query: URLSearchParams, id: string): string {
  return query.get('fetch-owner') === 'true' ? ownerElement(id) : '';
}

/**
 * The entries after a marker: those after the entry with this `key` and `id`. If `id` is empty, those of
 * later keys; if `key` is empty, all.
 */
function versionsAfter<T extends { readonly key: string; readonly versionId: string }>(
  all: readonly T[],
  key: string,
  id: string,
): readonly T[] {
  if (key === '') return all;
  if (id === '') return all.filter((one) => isAfter(one.key, key));
  const at = all.findIndex((one) => one.key === key && one.versionId === id);
  if (at >= 0) return all.slice(at + 1);
  // The entry was deleted since the last page, and its place is not known any more. All entries of the key
  // and of later keys are listed: better some twice than some never.
  return all.filter((one) => !isAfter(key, one.key));
}

interface Start {
  readonly after: string;
  readonly afterPrefix?: string;
}

function writeToken(after: string, next: object): string {
  return Buffer.from(JSON.stringify(['item' in next ? 'key' : 'prefix', after])).toString('base64url');
}

function readToken(token: string): Start {
  try {
    const [kind, after]: unknown[] = JSON.parse(Buffer.from(token, 'base64url').toString('utf8'));
    if (kind === 'key' && typeof after === 'string') return { after };
    if (kind === 'prefix' && typeof after === 'string') return { after, afterPrefix: after };
  } catch {
    // This server did not issue the token; the next statement refuses it.
  }
  refuse('InvalidArgument', {
    message: 'The continuation token provided is incorrect',
    fields: { ArgumentName: 'continuation-token', ArgumentValue: token },
  });
}
