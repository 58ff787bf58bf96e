/**
 * Deflates many contents, one after the other, with the same zlib state: setting up and freeing a state of
 * 400 KB takes longer than deflating a small file. The output is the same as with a new state for each
 * content.
 */
import { constants, createDeflateRaw, deflateRawSync } from 'node:zlib';

/**
 * zlib's highest memory level. It makes blocks longer, so that fewer code tables are needed: zlib deflates
 * faster, and the result is not longer.
 */
export const MEM_LEVEL = 9;

export class Deflater {
  /** @param memLevel zlib's parameter for how much memory it uses, 1 to 9. */
  constructor(private readonly memLevel = MEM_LEVEL) {}

  private current: { readonly level: number; readonly state: ZlibState | undefined } | undefined;

  /**
   * Deflates `bytes` into `target` from offset `at` on, where `target` must have room for the uncompressed
   * `bytes`.
   * @returns the length of the result; undefined if the result would not be shorter than `bytes`: the bytes in
   * `target` from `at` on are then not usable
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

/** Does the same as {@link ZlibState.deflate}, but only with documented functions of Node. */
function deflateAnew(bytes: Uint8Array, levels: Levels, target: Uint8Array, at: number): number {
  const data = deflateRawSync(bytes, levels);
  if (data.length >= bytes.length) return 0;
  target.set(data, at);
  return bytes.length - data.length;
}

/**
 * Undocumented members of a `node:zlib` stream: no documented function deflates synchronously with an
 * existing state. If they disappear, each content gets a new state.
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
  /** Two numbers of bytes, as zlib's last write left them: the free room in the output, then the unread input. */
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

/** Zeros that overwrite zlib's window buffer, which is twice as long as the window of 32 KB. */
const WINDOWS = new Uint8Array(64 * 1024);
const ROOM_FOR_WINDOWS = new Uint8Array(4096);
/**
 * Written into `_writeState` before a run: if it is still there afterwards, zlib has not run. The output
 * never has this much free room.
 */
const NOT_RUN = 0xffff_ffff;

class ZlibState {
  /** How many bytes at the beginning of zlib's window buffer may come from earlier contents. */
  private stale = 0;

  private constructor(private readonly beneath: Beneath) {}

  static of(levels: Levels): ZlibState | undefined {
    const stream: object = createDeflateRaw(levels);
    return isBeneath(stream) ? new ZlibState(stream) : undefined;
  }

  /**
   * Deflates `bytes` into `target` from offset `at` on. The result may take no more bytes than `bytes` has.
   * @returns how many bytes shorter the result is than `bytes`; 0 if the result is unusable because it is not
   * shorter; undefined if zlib has refused to run
   */
  deflate(bytes: Uint8Array, target: Uint8Array, at: number): number | undefined {
    // zlib also hashes some bytes after the content's end: these bytes must not come from an earlier
    // content.
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
