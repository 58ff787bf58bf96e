/** A zip file that is being written: every byte goes to disk once and through SHA-256 once, in order. */
import { createHash } from 'node:crypto';
import { closeSync, openSync, rmSync } from 'node:fs';
import { readBlocks } from '../content/blocks';
import { removing, writeFully, writing } from '../writing';

export class ZipFile {
  private readonly hash = createHash('sha256');
  readonly descriptor: number;
  private open = true;
  private written = 0;
  /** All bytes before this offset are hashed. If room is left for a header, the room begins here. */
  private hashed = 0;

  /**
   * Creates the file, readable only for its owner. Refuses with `cache-unwritable` if the file cannot be
   * created; {@link append}, {@link fillRoom} and {@link finish} do so if they cannot write.
   */
  constructor(readonly path: string) {
    this.descriptor = writing(path, () => openSync(path, 'wx+', 0o600));
  }

  /** Offset at which the next bytes will be written. */
  get position(): number {
    return this.written;
  }

  append(bytes: Uint8Array): void {
    writeFully(this, bytes, this.written);
    if (this.hashed === this.written) this.addToHash(bytes);
    this.written += bytes.length;
  }

  /**
   * Leaves room for a header that depends on the bytes after it. Call {@link fillRoom} before leaving room again.
   */
  leaveRoom(length: number): void {
    this.written += length;
  }

  /** Fills the room that was left, then hashes this room and all bytes after it. */
  fillRoom(bytes: Uint8Array): void {
    writeFully(this, bytes, this.hashed);
    readBlocks(this.descriptor, this.hashed, this.written - this.hashed, (block) => this.addToHash(block));
  }

  /** Hashes and counts bytes that another thread writes into the file at {@link position}. */
  addWritten(bytes: Uint8Array): void {
    this.addToHash(bytes);
    this.written += bytes.length;
  }

  /** Closes the file, and returns the SHA-256 of all its bytes, in hex. */
  finish(): string {
    this.open = false;
    // Some file systems tell only now that the disk is full.
    writing(this.path, () => closeSync(this.descriptor));
    return this.hash.digest('hex');
  }

  /**
   * Removes the file, finished or not. Ignores a system error: the failure to report is the earlier one that led
   * to this call.
   */
  discard(): void {
    removing(() => {
      if (this.open) closeSync(this.descriptor);
    });
    this.open = false;
    removing(() => rmSync(this.path, { force: true }));
  }

  private addToHash(bytes: Uint8Array): void {
    this.hash.update(bytes);
    this.hashed += bytes.length;
  }
}
