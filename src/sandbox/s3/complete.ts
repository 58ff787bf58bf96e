/** CompleteMultipartUpload: checks the list of parts, joins the parts, and verifies the joined object. */
import { createHash } from 'node:crypto';
import type { SandboxReply } from '../sandbox-service';
import { checksumElements, versionHeader } from './attributes';
import type { StoredChecksum } from './bucket';
import type { BucketCall } from './call';
import { ALGORITHMS, checksumElement, checksumHeader, composite, fullObject } from './checksum';
import { checkWrite } from './conditions';
import { openUpload } from './multipart';
import { verifyChecksum } from './payload';
import { refuse } from './refusal';
import type { Upload, UploadedPart } from './uploads';
import { childText, document, leaf, parseXml, type XmlElement } from './xml';

/**
 * The minimum size of each part except the last:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html
 */
const MIN_PART_BYTES = 5 * 1024 * 1024;

export function completeMultipartUpload(call: BucketCall): SandboxReply {
  const { request, bucket, key, uploads } = call;
  const upload = openUpload(call);
  const parts = readParts(request.body.toString('utf8'), upload);
  const bytes = Buffer.concat(parts.map((part) => part.bytes));
  checkSize(request.headers['x-amz-mp-object-size'], bytes.length);
  const checksum = checksumOfWhole(request.headers, upload, parts, bytes);
  checkWrite(request.headers, key, bucket.latest(key));
  const partChecksums = parts.flatMap((part) => (part.checksum === undefined ? [] : [part.checksum]));
  const version = bucket.put(key, bytes, {
    ...upload.settings.attributes,
    etag: etagOf(parts),
    checksum,
    partSizes: parts.map((part) => part.bytes.length),
    ...(partChecksums.length === parts.length && { partChecksums }),
  });
  uploads.end(upload);
  return {
    status: 200,
    headers: { 'content-type': 'application/xml', ...versionHeader(bucket, version) },
    body: document(
      'CompleteMultipartUploadResult',
      leaf('Location', `http://${request.headers['host']}${request.path}`),
      leaf('Bucket', bucket.name),
      leaf('Key', key),
      leaf('ETag', `"${version.content?.etag}"`),
      checksumElements(checksum),
    ),
  };
}

function readParts(body: string, upload: Upload): readonly UploadedPart[] {
  const root = parseXml(body);
  const listed = root?.children.filter(({ name }) => name === 'Part') ?? [];
  if (root?.name !== 'CompleteMultipartUpload' || listed.length === 0) refuse('MalformedXML');
  const parts = listed.map((element) => readPart(element, upload));
  if (parts.some(({ number }, at) => at > 0 && number <= (parts[at - 1]?.number ?? 0))) {
    refuse('InvalidPartOrder', { fields: { UploadId: upload.id } });
  }
  const small = parts.slice(0, -1).find((part) => part.bytes.length < MIN_PART_BYTES);
  if (small) {
    refuse('EntityTooSmall', {
      fields: {
        ProposedSize: small.bytes.length,
        MinSizeAllowed: MIN_PART_BYTES,
        PartNumber: small.number,
        ETag: small.etag,
      },
    });
  }
  return parts;
}

function readPart(element: XmlElement, upload: Upload): UploadedPart {
  const number = Number(childText(element, 'PartNumber'));
  const etag = childText(element, 'ETag')?.replace(/^"(.*)"$/, '$1');
  if (!Number.isInteger(number) || etag === undefined) refuse('MalformedXML');
  const fields = { UploadId: upload.id, PartNumber: number, ETag: etag };
  const part = upload.part(number);
  if (!part || part.etag !== etag) refuse('InvalidPart', { fields });
  for (const algorithm of ALGORITHMS) {
    const listed = childText(element, checksumElement(algorithm));
    if (listed === undefined || algorithm !== upload.algorithm) continue;
    if (listed !== part.checksum) refuse('InvalidPart', { fields });
  }
  const { checksum } = upload.settings;
  if (
    checksum?.type === 'COMPOSITE' &&
    childText(element, checksumElement(checksum.algorithm)) === undefined
  ) {
    refuse('InvalidRequest', {
      message: `The upload was created using a ${checksum.algorithm.toLowerCase()} checksum. The complete request must include the checksum for each part. It was missing for part ${number} in the request.`,
    });
  }
  return part;
}

function checkSize(declared: string | undefined, actual: number): void {
  if (declared === undefined || declared === String(actual)) return;
  refuse('InvalidRequest', {
    message: `The provided 'x-amz-mp-object-size' header value ${declared} does not match what was computed: ${actual}`,
  });
}

function checksumOfWhole(
  headers: Readonly<Record<string, string>>,
  upload: Upload,
  parts: readonly UploadedPart[],
  bytes: Buffer,
): StoredChecksum {
  // By default S3 computes CRC64NVME over the whole object.
  const { algorithm, type } = upload.settings.checksum ?? { algorithm: 'CRC64NVME', type: 'FULL_OBJECT' };
  const wanted = headers['x-amz-checksum-type'];
  if (wanted !== undefined && wanted !== type) {
    refuse('InvalidRequest', {
      message: `The upload was created using the ${type} checksum mode. The complete request must use the same checksum mode.`,
    });
  }
  const whole =
    type === 'COMPOSITE'
      ? composite(
          algorithm,
          parts.map(({ checksum }) => checksum ?? ''),
        )
      : fullObject(algorithm, bytes);
  const sent = headers[checksumHeader(algorithm)];
  if (sent === undefined) return whole;
  if (type === 'FULL_OBJECT') verifyChecksum(algorithm, sent, bytes);
  else if (sent !== whole.value) {
    refuse('BadDigest', { message: `The ${algorithm} you specified did not match the calculated checksum.` });
  }
  return whole;
}

/** The MD5 of the parts' MD5s, followed by the number of parts. */
function etagOf(parts: readonly UploadedPart[]): string {
  const together = Buffer.concat(parts.map(({ etag }) => Buffer.from(etag, 'hex')));
  return `${createHash('md5').update(together).digest('hex')}-${parts.length}`;
}
