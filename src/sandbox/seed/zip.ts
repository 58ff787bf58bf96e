/** A tiny zip writer, so that the buckets really contain the seeded code. */
import { crc32, deflateRawSync } from 'node:zlib';

const UTF8_NAMES = 0x0800;
const DEFLATED = 8;
/** 1980-01-01, the earliest date that the zip format can express. */
const FIRST_DAY = 0x21;

/**
 * @param files text by path
 * @see https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */
export function zipOf(files: Readonly<Record<string, string>>): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const [path, text] of Object.entries(files)) {
    const name = Buffer.from(path);
    const data = Buffer.from(text);
    const packed = deflateRawSync(data);
    const common = commonFields(name, data, packed);
    const local = Buffer.concat([bytes([0x04034b50, 4]), common, name, packed]);
    locals.push(local);
    centrals.push(
      Buffer.concat([
        bytes([0x02014b50, 4], [20, 2]),
        common,
        bytes([0, 2], [0, 4], [0, 4], [offset, 4]),
        name,
      ]),
    );
    offset += local.length;
  }
  const directory = Buffer.concat(centrals);
  const count = centrals.length;
  const end = bytes(
    [0x06054b50, 4],
    [0, 4],
    [count, 2],
    [count, 2],
    [directory.length, 4],
    [offset, 4],
    [0, 2],
  );
  return Buffer.concat([...locals, directory, end]);
}

/**
 * The fields that the local header and the central directory share: from "version needed to extract" to
 * "extra field length".
 */
function commonFields(name: Buffer, data: Buffer, packed: Buffer): Buffer {
  return bytes(
    [20, 2],
    [UTF8_NAMES, 2],
    [DEFLATED, 2],
    [0, 2],
    [FIRST_DAY, 2],
    [crc32(data), 4],
    [packed.length, 4],
    [data.length, 4],
    [name.length, 2],
    [0, 2],
  );
}

/** Writes each number in little-endian order, in `length` bytes. */
function bytes(...fields: readonly (readonly [value: number, length: number])[]): Buffer {
  return Buffer.concat(
    fields.map(([value, length]) => {
      const field = Buffer.alloc(length);
      field.writeUIntLE(value, 0, length);
      return field;
    }),
  );
}
