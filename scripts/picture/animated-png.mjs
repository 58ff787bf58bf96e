// Joins PNGs of one form into an animated one, which shows them one after the other, over and over.
// See https://www.w3.org/TR/png-3/#apng-frame-based-animation.

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');
const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});

/**
 * @param {readonly Buffer[]} frames PNGs of the same size and colour type.
 * @param {number} frameMs How long each shows, in milliseconds.
 * @returns {Buffer} A PNG; who does not know animations shows its first frame.
 * @throws Where there is none, one is no PNG, or one has another form than the first.
 */
export function animatedPng(frames, frameMs) {
  const [first] = frames;
  if (first === undefined) throw new Error('there is no picture');
  const header = headerOf(first);
  let sequence = 0;
  const pictures = frames.flatMap((frame, at) => {
    if (!headerOf(frame).equals(header)) throw new Error(`picture ${at + 1} has another form than the first`);
    const control = chunk('fcTL', frameControl(sequence++, header, frameMs));
    const parts = chunksOf(frame).filter(({ type }) => type === 'IDAT');
    return [
      control,
      ...parts.map(({ data }) =>
        at === 0 ? chunk('IDAT', data) : chunk('fdAT', Buffer.concat([uint32(sequence++), data])),
      ),
    ];
  });
  const forever = uint32(0);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('acTL', Buffer.concat([uint32(frames.length), forever])),
    ...pictures,
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** @param {number} sequence @param {Buffer} header @param {number} frameMs */
function frameControl(sequence, header, frameMs) {
  const control = Buffer.alloc(26);
  control.writeUInt32BE(sequence, 0);
  header.copy(control, 4, 0, 8); // the whole width and height, from the corner
  control.writeUInt16BE(frameMs, 20);
  control.writeUInt16BE(1000, 22);
  return control;
}

/** @param {Buffer} png @returns {Buffer} Size and colour type. */
function headerOf(png) {
  const header = chunksOf(png).find(({ type }) => type === 'IHDR');
  if (header === undefined) throw new Error('a PNG without a header');
  return header.data;
}

/** @param {Buffer} png @returns {{ type: string, data: Buffer }[]} */
export function chunksOf(png) {
  if (!png.subarray(0, SIGNATURE.length).equals(SIGNATURE)) throw new Error('not a PNG');
  const chunks = [];
  for (let at = SIGNATURE.length; at < png.length; ) {
    const length = png.readUInt32BE(at);
    chunks.push({
      type: png.toString('latin1', at + 4, at + 8),
      data: png.subarray(at + 8, at + 8 + length),
    });
    at += length + 12;
  }
  return chunks;
}

/** @param {string} type @param {Buffer} data */
function chunk(type, data) {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  return Buffer.concat([uint32(data.length), named, uint32(crcOf(named))]);
}

/** @param {Buffer} bytes */
function crcOf(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (CRC_TABLE[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

/** @param {number} value */
function uint32(value) {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
