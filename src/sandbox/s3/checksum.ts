/** S3's additional checksums: their names, how they are computed, and how the checksums of parts are combined. */
import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { ChecksumAlgorithm, StoredChecksum } from './bucket';
import { crc32c, crc64nvme } from './crc';

export const ALGORITHMS: readonly ChecksumAlgorithm[] = ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'];

/** Length of a checksum in bytes. */
export const CHECKSUM_SIZE: Readonly<Record<ChecksumAlgorithm, number>> = {
  CRC32: 4,
  CRC32C: 4,
  CRC64NVME: 8,
  SHA1: 20,
  SHA256: 32,
};

/** The name of the header or trailer with a checksum, such as `x-amz-checksum-crc32`. */
export function checksumHeader(algorithm: ChecksumAlgorithm): string {
  return `x-amz-checksum-${algorithm.toLowerCase()}`;
}

/** The name of the XML element with a checksum, such as `ChecksumCRC32`. */
export function checksumElement(algorithm: ChecksumAlgorithm): string {
  return `Checksum${algorithm}`;
}

/** The checksum in base64. */
export function checksumOf(algorithm: ChecksumAlgorithm, bytes: Buffer): string {
  return digest(algorithm, bytes).toString('base64');
}

export function fullObject(algorithm: ChecksumAlgorithm, bytes: Buffer): StoredChecksum {
  return { algorithm, value: checksumOf(algorithm, bytes), type: 'FULL_OBJECT' };
}

/** The checksum of the parts' checksums, followed by the number of parts. */
export function composite(algorithm: ChecksumAlgorithm, parts: readonly string[]): StoredChecksum {
  const together = Buffer.concat(parts.map((part) => Buffer.from(part, 'base64')));
  return { algorithm, value: `${checksumOf(algorithm, together)}-${parts.length}`, type: 'COMPOSITE' };
}

export function isAlgorithm(name: string): name is ChecksumAlgorithm {
  return ALGORITHMS.some((known) => known === name);
}

function digest(algorithm: ChecksumAlgorithm, bytes: Buffer): Buffer {
  switch (algorithm) {
    case 'CRC32': {
      const four = Buffer.alloc(4);
      four.writeUInt32BE(crc32(bytes));
      return four;
    }
    case 'CRC32C':
      return crc32c(bytes);
    case 'CRC64NVME':
      return crc64nvme(bytes);
    case 'SHA1':
      return createHash('sha1').update(bytes).digest();
    case 'SHA256':
      return createHash('sha256').update(bytes).digest();
  }
}
