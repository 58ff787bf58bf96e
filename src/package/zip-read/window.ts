/** The part of a remote zip that has been read so far. */
import type { RangeSource } from './far-zip';

/** Bytes, and their offset in the file. */
export class Window {
  readonly view: DataView;

  constructor(
    readonly bytes: Uint8Array,
    /** Offset in the file of the window's first byte. */
    readonly start: number,
  ) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get end(): number {
    return this.start + this.bytes.length;
  }

  /** Whether the window contains bytes `from` to `to - 1` of the file. */
  holds(from: number, to: number): boolean {
    return from >= this.start && to <= this.end;
  }

  /** Bytes `from` to `to - 1` of the file, which the window must contain. */
  slice(from: number, to: number): Window {
    return new Window(this.bytes.subarray(from - this.start, to - this.start), from);
  }

  /**
   * A window that begins at `from` or earlier and has the same end as this window; reads the bytes that are missing.
   */
  async extendedTo(from: number, source: RangeSource, signal: AbortSignal): Promise<Window> {
    if (from >= this.start) return this;
    const before = await source.read(from, this.start - from, signal);
    const bytes = new Uint8Array(this.end - from);
    bytes.set(before.bytes.subarray(0, this.start - from));
    bytes.set(this.bytes, this.start - from);
    return new Window(bytes, from);
  }
}

/** An unsigned 64-bit number. Above 2^53 it is not exact, which does not matter: no valid zip has such a number. */
export function readUint64(view: DataView, at: number): number {
  return Number(view.getBigUint64(at, true));
}
