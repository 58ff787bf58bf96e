/** Zips as no good tool makes them. https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT */
import { crc32 } from 'node:zlib';

export interface OddEntry {
  readonly name: string;
  /** In front of its data; as in the directory where absent. */
  readonly localName?: string;
  /** Unix mode with the type; absent: the zip was made where there are none. */
  readonly mode?: number;
  readonly data?: string;
  readonly flags?: number;
}

export interface OddEnd {
  readonly comment?: string;
  /** How many entries the end record tells. */
  readonly entries?: number;
}

export function oddZip(entries: readonly OddEntry[], { comment = '', entries: told }: OddEnd = {}): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const data = Buffer.from(entry.data ?? '');
    const local = Buffer.concat([...header(0x04034b50, entry, entry.localName ?? entry.name, data), data]);
    locals.push(local);
    centrals.push(Buffer.concat(header(0x02014b50, entry, entry.name, data, offset)));
    offset += local.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(told ?? entries.length, 8);
  end.writeUInt16LE(told ?? entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  end.writeUInt16LE(Buffer.byteLength(comment), 20);
  return Buffer.concat([...locals, directory, end, Buffer.from(comment)]);
}

/** @param offset of the local header: absent in itself */
function header(
  signature: number,
  entry: OddEntry,
  name: string,
  data: Buffer,
  offset?: number,
): readonly Buffer[] {
  const { mode, flags = 0 } = entry;
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0);
  common.writeUInt16LE(flags, 2);
  common.writeUInt16LE(0x21, 8);
  common.writeUInt32LE(crc32(data), 10);
  common.writeUInt32LE(data.length, 14);
  common.writeUInt32LE(data.length, 18);
  common.writeUInt16LE(Buffer.byteLength(name), 22);
  const start = Buffer.alloc(4);
  start.writeUInt32LE(signature, 0);
  if (offset === undefined) return [start, common, Buffer.from(name)];
  const maker = Buffer.from([20, mode === undefined ? 0 : 3]);
  const rest = Buffer.alloc(14);
  rest.writeUInt32LE(((mode ?? 0) << 16) >>> 0, 6);
  rest.writeUInt32LE(offset, 10);
  return [start, maker, common, rest, Buffer.from(name)];
}
