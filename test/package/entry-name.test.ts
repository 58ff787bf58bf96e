/** What an entry of a zip is called: by its flag, by its Unicode field, by the system that it was made on. */
import { crc32 } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { nameOf, type RawName } from '../../src/package/zip-read/entry-name';

const UNIX = 3;
const DOS = 0;
const raw = (name: string | Buffer, change: Partial<RawName> = {}): RawName => ({
  bytes: typeof name === 'string' ? Buffer.from(name) : name,
  saysUtf8: false,
  system: DOS,
  unicodePath: undefined,
  ...change,
});

/** The Unicode path field for entries whose own name is `own`. */
function field(own: Buffer, name: string | Buffer, version = 1): Buffer {
  const head = Buffer.alloc(5);
  head[0] = version;
  head.writeUInt32LE(crc32(own), 1);
  return Buffer.concat([head, Buffer.from(name)]);
}

describe('an entry is called', () => {
  test('what its bytes say in UTF-8 where its flag says so, a byte order mark included', () => {
    expect(nameOf(raw('Kürzel.q', { saysUtf8: true }))).toBe('Kürzel.q');
    expect(nameOf(raw('\ufeffa.q', { saysUtf8: true }))).toBe('\ufeffa.q');
  });

  test('what its bytes say in code page 437 otherwise, unless Unix or macOS wrote UTF-8', () => {
    expect(nameOf(raw(Buffer.from([0x81, 0x9b, 0x41])))).toBe('ü¢A');
    expect(nameOf(raw('ü', { system: UNIX }))).toBe('ü');
    expect(nameOf(raw('ü', { system: 19 }))).toBe('ü');
    expect(nameOf(raw(Buffer.from([0x81]), { system: UNIX }))).toBe('ü');
    expect(nameOf(raw('ü'))).toBe('├╝');
  });

  describe('what its Unicode field says', () => {
    const own = Buffer.from('K?rzel.q');

    test('where the field was made for that very name', () => {
      expect(nameOf(raw(own, { unicodePath: field(own, 'Kürzel.q') }))).toBe('Kürzel.q');
      expect(nameOf(raw(own, { system: UNIX, unicodePath: field(own, 'Kürzel.q') }))).toBe('Kürzel.q');
    });

    test.each([
      ['was made for another name', field(Buffer.from('other'), 'Kürzel.q')],
      ['is of another version', field(own, 'Kürzel.q', 2)],
      ['is too short', Buffer.from([1, 0, 0, 0])],
      ['is no UTF-8', field(own, Buffer.from([0xff]))],
    ])('but not where the field %s', (_, unicodePath) => {
      expect(nameOf(raw(own, { unicodePath }))).toBe('K?rzel.q');
    });

    test('and the flag of the name itself counts before it', () => {
      expect(nameOf(raw(own, { saysUtf8: true, unicodePath: field(own, 'Kürzel.q') }))).toBe('K?rzel.q');
    });
  });

  test('by slashes, and from the folder on that it is unpacked into', () => {
    expect(nameOf(raw('lib\\util.q'))).toBe('lib/util.q');
    expect(nameOf(raw('lib\\util.q', { system: UNIX }))).toBe('lib\\util.q');
    expect(['./a.q', '/a.q', '././a.q', '//a.q'].map((name) => nameOf(raw(name)))).toEqual(
      Array.from({ length: 4 }, () => 'a.q'),
    );
    expect(nameOf(raw('.hidden'))).toBe('.hidden');
  });
});
