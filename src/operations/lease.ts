/**
 * Decides which one of several windows follows operations and notifies the user. The lease is a series of
 * numbered files: the window that created the file with the highest number holds it, and the time of
 * modification of this file is the heartbeat.
 *
 * Guarantee: each file is created by only one process (`O_EXCL`), and the file with the highest number is never
 * removed, so at most one process has the highest number. The holder must call `hold` before each action that
 * it takes for all windows. `hold` first gives the sign of life, if one is due, and then checks for a higher
 * number; it returns false if the holder's own sign of life is older than the lapse. The next window waits
 * until the holder releases the lease, has given no sign of life for longer than the lapse, or is certainly
 * gone. One case remains: a holder that is stopped for longer than the lapse, between the answer of `hold`
 * and the action, may take that one action late. This is harmless: polling AWS twice changes nothing, and a
 * window notifies of an end only if the ledger, read once more, does not have that end yet.
 */

import { mkdir, readFile, stat, unlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../model/clock';
import { namesIn, unlessMissing } from './ledger-files';
import { isGone } from './liveness';
import { fileErrorCode } from './problems';
import { refuse } from './refusal';

/**
 * Milliseconds: `hold` gives a sign of life if the holder's last one is at least `BEAT_MS` old; the lease
 * lapses `LAPSE_MS` after the last one.
 */
const BEAT_MS = 5_000;
const LAPSE_MS = 20_000;

export interface Lease {
  /**
   * Takes the lease, or renews it if this window holds it. Resolves with true if this window then holds the
   * lease. Refusal `lease-unavailable` (facts: code) if the lease's files cannot be written.
   */
  hold(): Promise<boolean>;
  /** Releases the lease, so that the next window can take it at once. */
  release(): Promise<void>;
}

/** The lease of a ledger. `folder` and `writer` are the ledger's folder and this process's name in it. */
export function createLease(folder: string, writer: string, clock: Clock): Lease {
  return new FileLease(join(folder, 'lease'), writer, clock);
}

interface Held {
  readonly number: number;
  /** Time of the last sign of life; the clock is read before the file is touched. */
  readonly beatAt: number;
}

class FileLease implements Lease {
  private held: Held | undefined;
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly folder: string,
    private readonly writer: string,
    private readonly clock: Clock,
  ) {}

  hold(): Promise<boolean> {
    return this.inTurn(async () => {
      this.held = await (this.held === undefined ? this.take() : this.keep(this.held));
      return this.held !== undefined && !this.isLapsed(this.held);
    });
  }

  release(): Promise<void> {
    return this.inTurn(async () => {
      const held = this.held;
      this.held = undefined;
      if (held !== undefined) await unlessMissing(utimes(this.path(held.number), 0, 0));
    });
  }

  /** Runs pieces of work one after the other, so that none changes `held` while another one uses it. */
  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.last.then(work, work).catch((error: unknown) => {
      const code = fileErrorCode(error);
      throw code === undefined ? error : refuse('lease-unavailable', { code }, error);
    });
    this.last = turn;
    return turn;
  }

  private async keep(held: Held): Promise<Held | undefined> {
    if (this.isLapsed(held)) return this.take();
    const now = this.clock.now();
    // If the clock was set back, the last sign of life seems to lie in the future; without the second
    // condition, the next one would come too late.
    const isDue = now - held.beatAt >= BEAT_MS || now < held.beatAt;
    const beaten = isDue ? { ...held, beatAt: now } : held;
    if (isDue) await unlessMissing(this.beat(beaten));
    return (await this.highest()) === held.number ? beaten : undefined;
  }

  private async take(): Promise<Held | undefined> {
    const last = await this.highest();
    if (last > 0 && !(await this.isFree(last))) return undefined;
    const held = { number: last + 1, beatAt: this.clock.now() };
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    try {
      await writeFile(this.path(held.number), this.writer, { flag: 'wx', mode: 0o600 });
      await this.beat(held);
    } catch (error) {
      // Another window created the file first (`EEXIST`), or took a higher number and removed this file
      // (`ENOENT`).
      if (fileErrorCode(error) === 'EEXIST' || fileErrorCode(error) === 'ENOENT') return undefined;
      throw error;
    }
    // If this process was slow, another window may already have used this number. That window's file was then
    // removed, so that `wx` did not fail, but a file with a higher number exists.
    if ((await this.highest()) !== held.number) {
      await unlessMissing(unlink(this.path(held.number)));
      return undefined;
    }
    for (const number of await this.numbers()) {
      if (number < held.number) await unlessMissing(unlink(this.path(number)));
    }
    return held;
  }

  /**
   * Returns true if the holder of this number has released the lease, has ended, has given no sign of life
   * for longer than the lapse, or is this process itself.
   */
  private async isFree(number: number): Promise<boolean> {
    const file = await unlessMissing(stat(this.path(number)));
    const holder = await unlessMissing(readFile(this.path(number), 'utf8'));
    if (file === undefined || holder === undefined) return false;
    const now = this.clock.now();
    const longEnough = LAPSE_MS + BEAT_MS;
    return (
      holder === this.writer ||
      now - file.mtimeMs > longEnough ||
      isGone(holder, file.mtimeMs, now, longEnough)
    );
  }

  private isLapsed(held: Held): boolean {
    return this.clock.now() - held.beatAt >= LAPSE_MS;
  }

  private beat({ number, beatAt }: Held): Promise<void> {
    return utimes(this.path(number), beatAt / 1000, beatAt / 1000);
  }

  private path(number: number): string {
    return join(this.folder, String(number));
  }

  private async highest(): Promise<number> {
    return Math.max(0, ...(await this.numbers()));
  }

  private async numbers(): Promise<readonly number[]> {
    return (await namesIn(this.folder)).filter((name) => /^\d+$/.test(name)).map(Number);
  }
}
