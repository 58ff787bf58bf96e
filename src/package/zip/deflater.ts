/**
 * Deflates one content after the other with one state of zlib, to the same bytes as with a new state each: to set one
 * up, of 400 KB, and to give it back takes longer than to deflate a small file.
 */
import { constants, createDeflateRaw, deflateRawSync } from 'node:zlib';

/** The most that zlib takes: longer blocks, each with its own code table, deflate in less time to no more bytes. */
export const MEM_LEVEL = 9;

export class Deflater {
  /** @param memLevel zlib's own name for how much memory it takes, 1 to 9. */
  constructor(private readonly memLevel = MEM_LEVEL) {}

  private current: { readonly level: number; readonly state: ZlibState | undefined } | undefined;

  /**
   * Writes what `bytes` deflate to into `target` from `at` on, where there must be room for `bytes` themselves. Returns
   * its length, or undefined where it is no shorter than `bytes`; the room then holds nothing of use.
   */
  deflate(bytes: Uint8Array, level: number, target: Uint8Array, at: number): number | undefined {
    const { memLevel } = this;
    if (this.current?.level !== level) this.current = { level, state: ZlibState.of({ level, memLevel }) };
    const left =
      this.current.state?.deflate(bytes, target, at) ?? deflateAnew(bytes, { level, memLevel }, target, at);
    return left > 0 ? bytes.length - left : undefined;
  }
}

interface Levels {
  readonly level: number;
  readonly memLevel: number;
}

/** As {@link ZlibState.deflate}, by what Node documents. */
function deflateAnew(bytes: Uint8Array, levels: Levels, target: Uint8Array, at: number): number {
  const data = deflateRawSync(bytes, levels);
  if (data.length >= bytes.length) return 0;
  target.set(data, at);
  return bytes.length - data.length;
}

/**
 * What lies beneath a stream of `node:zlib`. Nothing that Node documents deflates synchronously in a state that is
 * there already; npm's own reader of packages depends on the same members, and where they are missing one day, each
 * content gets a new state.
 */
interface Beneath {
  readonly _handle: {
    reset(): void;
    writeSync(
      flush: number,
      input: Uint8Array,
      inputAt: number,
      inputLength: number,
      output: Uint8Array,
      outputAt: number,
      outputLength: number,
    ): void;
  };
  /** What the last write has left: room for output, then input. */
  readonly _writeState: Uint32Array;
}

function isBeneath(stream: object): stream is Beneath {
  const { _handle: handle, _writeState: left } = stream as Partial<Beneath>;
  return (
    typeof handle?.reset === 'function' &&
    typeof handle.writeSync === 'function' &&
    left instanceof Uint32Array
  );
}

/** zlib keeps two windows of 32 KB. */
const WINDOWS = new Uint8Array(64 * 1024);
const ROOM_FOR_WINDOWS = new Uint8Array(4096);
/** Says that zlib has refused to run: no content is as long. */
const NOT_RUN = 0xffff_ffff;

class ZlibState {
  /** So many bytes at the beginning of the windows may stem from earlier contents. */
  private stale = 0;

  private constructor(private readonly beneath: Beneath) {}

  static of(levels: Levels): ZlibState | undefined {
    const stream: object = createDeflateRaw(levels);
    return isBeneath(stream) ? new ZlibState(stream) : undefined;
  }

  /** How much room was left of as many bytes as the content has; undefined where zlib has refused to run. */
  deflate(bytes: Uint8Array, target: Uint8Array, at: number): number | undefined {
    // zlib hashes some bytes behind the content's end, which must not be those of another content.
    if (bytes.length < this.stale) {
      this.run(WINDOWS.subarray(0, this.stale), ROOM_FOR_WINDOWS, 0, ROOM_FOR_WINDOWS.length);
      this.stale = 0;
    }
    this.stale = Math.max(this.stale, Math.min(bytes.length, WINDOWS.length));
    return this.run(bytes, target, at, bytes.length);
  }

  private run(bytes: Uint8Array, target: Uint8Array, at: number, room: number): number | undefined {
    const { _handle: handle, _writeState: left } = this.beneath;
    left.fill(NOT_RUN);
    handle.reset();
    handle.writeSync(constants.Z_FINISH, bytes, 0, bytes.length, target, at, room);
    return left[0] === NOT_RUN ? undefined : left[0];
  }
}
