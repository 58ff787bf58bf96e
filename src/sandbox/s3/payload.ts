/**
 * Reads the bytes of a write: removes aws-chunked framing, and checks the MD5 and the checksum that the
 * client sent.
 */
import { createHash } from 'node:crypto';
import { present } from '../present';
import type { SandboxRequest } from '../sandbox-service';
import type { ChecksumAlgorithm } from './bucket';
import { ALGORITHMS, CHECKSUM_SIZE, checksumHeader, checksumOf } from './checksum';
import { refuse } from './refusal';

export interface Payload {
  readonly bytes: Buffer;
  /** The checksum that the client sent, verified against the bytes. */
  readonly checksum?: { readonly algorithm: ChecksumAlgorithm; readonly value: string };
}

/**
 * Reads the bytes of a write, and checks their digests:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html
 */
export function readPayload({ headers, body }: SandboxRequest): Payload {
  if (headers['content-length'] === undefined && headers['x-amz-decoded-content-length'] === undefined) {
    refuse('MissingContentLength');
  }
  const { bytes, trailers } = isChunked(headers) ? unchunk(headers, body) : { bytes: body, trailers: {} };
  checkMd5(headers['content-md5'], bytes);
  const sent = ALGORITHMS.flatMap((algorithm) => {
    const value = headers[checksumHeader(algorithm)] ?? trailers[checksumHeader(algorithm)];
    return value === undefined ? [] : [{ algorithm, value }];
  });
  if (sent.length > 1) {
    refuse('InvalidRequest', {
      message: 'Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.',
    });
  }
  const checksum = sent[0];
  if (checksum) verifyChecksum(checksum.algorithm, checksum.value, bytes);
  else if (headers['x-amz-sdk-checksum-algorithm'] !== undefined) {
    refuse('InvalidRequest', {
      message:
        'x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.',
    });
  }
  return { bytes, ...present({ checksum }) };
}

/** Refuses unless `value` is the checksum of `bytes`. */
export function verifyChecksum(algorithm: ChecksumAlgorithm, value: string, bytes: Buffer): void {
  if (!isBase64(value, CHECKSUM_SIZE[algorithm])) {
    refuse('InvalidRequest', { message: `Value for ${checksumHeader(algorithm)} header is invalid.` });
  }
  if (checksumOf(algorithm, bytes) !== value) {
    refuse('BadDigest', {
      message: `The ${algorithm} you specified did not match the calculated checksum.`,
    });
  }
}

function checkMd5(sent: string | undefined, bytes: Buffer): void {
  if (sent === undefined) return;
  if (!isBase64(sent, 16)) refuse('InvalidDigest', { fields: { 'Content-MD5': sent } });
  const calculated = createHash('md5').update(bytes).digest('base64');
  if (calculated !== sent) {
    refuse('BadDigest', {
      message: 'The Content-MD5 you specified did not match what we received.',
      fields: { ExpectedDigest: sent, CalculatedDigest: calculated },
    });
  }
}

function isBase64(text: string, size: number): boolean {
  const bytes = Buffer.from(text, 'base64');
  return bytes.length === size && bytes.toString('base64') === text;
}

function isChunked(headers: Readonly<Record<string, string>>): boolean {
  return headers['x-amz-content-sha256']?.startsWith('STREAMING-') ?? false;
}

interface Unchunked {
  readonly bytes: Buffer;
  /** Trailers by their lower-case names. */
  readonly trailers: Readonly<Record<string, string>>;
}

/**
 * Removes the aws-chunked framing from a body, and reads the trailers:
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
 */
function unchunk(headers: Readonly<Record<string, string>>, body: Buffer): Unchunked {
  const chunks: Buffer[] = [];
  let at = 0;
  for (;;) {
    const lineEnd = body.indexOf('\r\n', at);
    const size = /^([0-9a-f]{1,8})(;|$)/i.exec(body.toString('latin1', at, Math.max(at, lineEnd)))?.[1];
    if (lineEnd < 0 || size === undefined) refuse('IncompleteBody');
    const start = lineEnd + 2;
    const end = start + Number.parseInt(size, 16);
    at = end;
    if (end === start) break;
    if (body.toString('latin1', end, end + 2) !== '\r\n') refuse('IncompleteBody');
    chunks.push(body.subarray(start, end));
    at = end + 2;
  }
  const bytes = Buffer.concat(chunks);
  if (headers['x-amz-decoded-content-length'] !== String(bytes.length)) {
    refuse('IncompleteBody', {
      fields: {
        NumberBytesExpected: headers['x-amz-decoded-content-length'] ?? '',
        NumberBytesProvided: bytes.length,
      },
    });
  }
  return { bytes, trailers: readTrailers(headers['x-amz-trailer'], body.toString('latin1', at)) };
}

/** Reads the trailers. Refuses unless they are exactly those that were announced. */
function readTrailers(announced: string | undefined, text: string): Readonly<Record<string, string>> {
  const lines = text.split('\r\n').filter((line) => line !== '');
  const trailers = Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  const names = announced === undefined ? [] : announced.split(',').map((name) => name.trim().toLowerCase());
  const found = Object.keys(trailers);
  if (names.length !== found.length || !names.every((name) => found.includes(name)))
    refuse('MalformedTrailerError');
  return trailers;
}
