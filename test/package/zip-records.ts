/** The records of a zip as a test wants them, byte by byte: APPNOTE.TXT 4.3.12 to 4.3.16. */

export const MOST_32 = 0xffff_ffff;
export const [DOS, UNIX, MACOS] = [0, 3, 19] as const;

export interface Header {
  readonly name?: string;
  readonly system?: number;
  readonly attributes?: number;
  readonly size?: number;
  readonly compressedSize?: number;
  readonly offset?: number;
  readonly extra?: Buffer;
  readonly comment?: string;
}

/** A header of a central directory. */
export function header(says: Header = {}): Buffer {
  const { name = 'a.q', extra = Buffer.alloc(0), comment = '' } = says;
  const bytes = Buffer.alloc(46);
  bytes.writeUInt32LE(0x0201_4b50, 0);
  bytes.writeUInt8(says.system ?? UNIX, 5);
  bytes.writeUInt32LE(says.compressedSize ?? 0, 20);
  bytes.writeUInt32LE(says.size ?? 0, 24);
  bytes.writeUInt16LE(name.length, 28);
  bytes.writeUInt16LE(extra.length, 30);
  bytes.writeUInt16LE(comment.length, 32);
  bytes.writeUInt32LE(says.attributes ?? 0, 38);
  bytes.writeUInt32LE(says.offset ?? 0, 42);
  return Buffer.concat([bytes, Buffer.from(name), extra, Buffer.from(comment)]);
}

/** An extra field. */
export function field(id: number, content: Buffer, length = content.length): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16LE(id, 0);
  head.writeUInt16LE(length, 2);
  return Buffer.concat([head, content]);
}

/** Numbers of 64 bits. */
export function wide(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(8 * values.length);
  for (const [at, value] of values.entries()) bytes.writeBigUInt64LE(BigInt(value), 8 * at);
  return bytes;
}

export interface End {
  readonly disks?: readonly [number, number];
  readonly count?: number;
  readonly length?: number;
  readonly start?: number;
  readonly comment?: Buffer;
}

export function endRecord({ disks = [0, 0], count = 0, length = 0, start = 0, comment }: End): Buffer {
  const bytes = Buffer.alloc(22);
  bytes.writeUInt32LE(0x0605_4b50, 0);
  bytes.writeUInt16LE(disks[0], 4);
  bytes.writeUInt16LE(disks[1], 6);
  bytes.writeUInt16LE(count, 10);
  bytes.writeUInt32LE(length, 12);
  bytes.writeUInt32LE(start, 16);
  bytes.writeUInt16LE(comment?.length ?? 0, 20);
  return Buffer.concat([bytes, comment ?? Buffer.alloc(0)]);
}

export function endRecord64({ disks = [0, 0], count = 0, length = 0, start = 0 }: End): Buffer {
  const bytes = Buffer.alloc(56);
  bytes.writeUInt32LE(0x0606_4b50, 0);
  bytes.writeUInt32LE(disks[0], 16);
  bytes.writeUInt32LE(disks[1], 20);
  bytes.set(wide(count), 32);
  bytes.set(wide(length), 40);
  bytes.set(wide(start), 48);
  return bytes;
}

export function locator(at: number, disks = 1): Buffer {
  const bytes = Buffer.alloc(20);
  bytes.writeUInt32LE(0x0706_4b50, 0);
  bytes.set(wide(at), 8);
  bytes.writeUInt32LE(disks, 16);
  return bytes;
}
