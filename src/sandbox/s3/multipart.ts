/**
 * Requests about one multipart upload, except its completion: create, add a part, copy a part, list the
 * parts, abort.
 */

import { present } from '../present';
import type { SandboxReply } from '../sandbox-service';
import { attributesOf } from './attributes';
import type { StoredChecksum } from './bucket';
import { type BucketCall, countOf } from './call';
import { checksumElement, checksumHeader, checksumOf } from './checksum';
import { copySourceOf } from './copy-source';
import { type Payload, readPayload } from './payload';
import { readCopyRange } from './ranges';
import { refuse } from './refusal';
import type { Upload, UploadedPart } from './uploads';
import { checkKey, wantedAlgorithm } from './write';
import { document, group, isoTime, leaf } from './xml';

const XML = { 'content-type': 'application/xml' };

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html */
const MAX_PART_NUMBER = 10_000;

export function createMultipartUpload({ request, bucket, key, uploads }: BucketCall): SandboxReply {
  checkKey(key);
  const checksum = wantedChecksum(request.headers);
  const upload = uploads.create({
    bucket: bucket.name,
    key,
    attributes: attributesOf(request.headers),
    ...present({ checksum }),
  });
  return {
    status: 200,
    headers: {
      ...XML,
      'x-amz-server-side-encryption':
        upload.settings.attributes.headers?.['x-amz-server-side-encryption'] ?? 'AES256',
      ...(checksum && {
        'x-amz-checksum-algorithm': checksum.algorithm,
        'x-amz-checksum-type': checksum.type,
      }),
    },
    body: document(
      'InitiateMultipartUploadResult',
      leaf('Bucket', bucket.name),
      leaf('Key', key),
      leaf('UploadId', upload.id),
    ),
  };
}

export function uploadPart(call: BucketCall): SandboxReply {
  const upload = openUpload(call);
  const number = partNumberOf(call.request.query);
  const payload = readPayload(call.request);
  const { checksum } = payload;
  if (checksum && upload.algorithm && checksum.algorithm !== upload.algorithm) {
    refuse('InvalidRequest', {
      message: `Checksum Type mismatch occurred, expected checksum Type: ${upload.algorithm.toLowerCase()}, actual checksum Type: ${checksum.algorithm.toLowerCase()}`,
    });
  }
  const part = keepPart(call, upload, number, payload);
  return {
    status: 200,
    headers: {
      etag: `"${part.etag}"`,
      'x-amz-server-side-encryption': 'AES256',
      ...(checksum && { [checksumHeader(checksum.algorithm)]: checksum.value }),
    },
  };
}

export function uploadPartCopy(call: BucketCall): SandboxReply {
  const upload = openUpload(call);
  const number = partNumberOf(call.request.query);
  const source = copySourceOf(call);
  const { bytes } = source.version.content;
  const header = call.request.headers['x-amz-copy-source-range'];
  const range = header === undefined ? undefined : readCopyRange(header, bytes.length);
  const copied = range ? bytes.subarray(range.first, range.last + 1) : bytes;
  const part = keepPart(call, upload, number, { bytes: copied });
  return {
    status: 200,
    headers: { ...XML, ...source.headers },
    body: document(
      'CopyPartResult',
      leaf('LastModified', isoTime(part.lastModified)),
      leaf('ETag', `"${part.etag}"`),
      partChecksum(upload, part),
    ),
  };
}

export function listParts(call: BucketCall): SandboxReply {
  const upload = openUpload(call);
  const { query } = call.request;
  const most = countOf(query, 'max-parts', 1000);
  const marker = countOf(query, 'part-number-marker', MAX_PART_NUMBER);
  const after = query.get('part-number-marker') ? marker : 0;
  const left = upload.parts().filter(({ number }) => number > after);
  const page = left.slice(0, most);
  const truncated = left.length > page.length;
  return {
    status: 200,
    headers: XML,
    body: document(
      'ListPartsResult',
      leaf('Bucket', call.bucket.name),
      leaf('Key', call.key),
      leaf('UploadId', upload.id),
      leaf('PartNumberMarker', after),
      leaf('NextPartNumberMarker', truncated ? page.at(-1)?.number : undefined),
      leaf('MaxParts', most),
      leaf('IsTruncated', truncated),
      leaf('ChecksumAlgorithm', upload.algorithm),
      leaf('ChecksumType', upload.settings.checksum?.type),
      leaf('StorageClass', 'STANDARD'),
      ...page.map((part) =>
        group(
          'Part',
          leaf('PartNumber', part.number),
          leaf('LastModified', isoTime(part.lastModified)),
          leaf('ETag', `"${part.etag}"`),
          leaf('Size', part.bytes.length),
          partChecksum(upload, part),
        ),
      ),
    ),
  };
}

export function abortMultipartUpload(call: BucketCall): SandboxReply {
  call.uploads.end(openUpload(call));
  return { status: 204 };
}

export function openUpload({ request, bucket, key, uploads }: BucketCall): Upload {
  const id = request.query.get('uploadId') ?? '';
  return uploads.find(id, bucket.name, key) ?? refuse('NoSuchUpload', { fields: { UploadId: id } });
}

/**
 * Adds a part to the upload. If the upload has a checksum algorithm, every part gets a checksum: also a
 * copied part, and a part that was sent without a checksum.
 */
function keepPart(
  { uploads }: BucketCall,
  upload: Upload,
  number: number,
  { bytes, checksum }: Payload,
): UploadedPart {
  const { algorithm } = upload;
  const own = checksum?.algorithm === algorithm ? checksum?.value : algorithm && checksumOf(algorithm, bytes);
  const part = uploads.part(number, bytes, own);
  upload.put(part);
  return part;
}

function partChecksum({ algorithm }: Upload, { checksum }: UploadedPart): string {
  return algorithm ? leaf(checksumElement(algorithm), checksum) : '';
}

function partNumberOf(query: URLSearchParams): number {
  const given = query.get('partNumber') ?? '';
  const number = /^\d{1,6}$/.test(given) ? Number(given) : 0;
  if (number < 1 || number > MAX_PART_NUMBER) {
    refuse('InvalidArgument', {
      message: `Part number must be an integer between 1 and ${MAX_PART_NUMBER}, inclusive`,
      fields: { ArgumentName: 'partNumber', ArgumentValue: given },
    });
  }
  return number;
}

/**
 * The checksum algorithm and type that an upload requests. The types that each algorithm allows are listed in
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html
 */
function wantedChecksum(
  headers: Readonly<Record<string, string>>,
): Pick<StoredChecksum, 'algorithm' | 'type'> | undefined {
  const algorithm = wantedAlgorithm(headers);
  const type = headers['x-amz-checksum-type'];
  if (!algorithm) {
    if (type === undefined) return undefined;
    refuse('InvalidRequest', {
      message: 'The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.',
    });
  }
  const usual = algorithm === 'CRC64NVME' ? 'FULL_OBJECT' : 'COMPOSITE';
  const wanted = type ?? usual;
  const fits =
    (wanted === 'COMPOSITE' && algorithm !== 'CRC64NVME') ||
    (wanted === 'FULL_OBJECT' && algorithm.startsWith('CRC'));
  if (!fits) {
    refuse('InvalidRequest', {
      message: `The ${wanted} checksum type cannot be used with the ${algorithm.toLowerCase()} checksum algorithm.`,
    });
  }
  return { algorithm, type: wanted === 'COMPOSITE' ? 'COMPOSITE' : 'FULL_OBJECT' };
}
