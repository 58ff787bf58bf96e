/** The two checksums of S3 that Node lacks: CRC32C and CRC64NVME, both bit-reflected. */

const CRC32C = 0x82f63b78;
/**
 * The polynomial of CRC64NVME, 0x9a6c9329ac4bc9b5, in two halves: a JavaScript number holds integers of up
 * to 53 bits, and BigInt is far too slow here.
 */
const CRC64_HIGH = 0x9a6c9329;
const CRC64_LOW = 0xac4bc9b5;

const table32 = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ CRC32C : crc >>> 1;
  return crc;
});

const table64High = new Uint32Array(256);
const table64Low = new Uint32Array(256);
for (let byte = 0; byte < 256; byte += 1) {
  let high = 0;
  let low = byte;
  for (let bit = 0; bit < 8; bit += 1) {
    const odd = low & 1;
    low = (low >>> 1) | (high << 31);
    high >>>= 1;
    if (odd) {
      low ^= CRC64_LOW;
      high ^= CRC64_HIGH;
    }
  }
  table64High[byte] = high;
  table64Low[byte] = low;
}

/** The CRC32C as four bytes, big-endian. */
export function crc32c(bytes: Buffer): Buffer {
  let crc = 0xffffffff;
  for (let at = 0; at < bytes.length; at += 1) {
    crc = (table32[(crc ^ (bytes[at] ?? 0)) & 0xff] ?? 0) ^ (crc >>> 8);
  }
  const digest = Buffer.alloc(4);
  digest.writeUInt32BE(~crc >>> 0);
  return digest;
}

/** The CRC64NVME as eight bytes, big-endian. */
export function crc64nvme(bytes: Buffer): Buffer {
  let high = 0xffffffff;
  let low = 0xffffffff;
  for (let at = 0; at < bytes.length; at += 1) {
    const index = (low ^ (bytes[at] ?? 0)) & 0xff;
    low = ((low >>> 8) | (high << 24)) ^ (table64Low[index] ?? 0);
    high = (high >>> 8) ^ (table64High[index] ?? 0);
  }
  const digest = Buffer.alloc(8);
  digest.writeUInt32BE(~high >>> 0, 0);
  digest.writeUInt32BE(~low >>> 0, 4);
  return digest;
}
