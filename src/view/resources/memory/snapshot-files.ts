/**
 * The files that keep the tree's rows after a window has closed: one for each connection, always replaced
 * as a whole, and readable only by the user.
 */
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as othersTurn } from 'node:timers/promises';
import type { Clock } from '../../../model/clock';
import { parseSnapshot, type Snapshot, snapshotPieces } from './snapshot';

/**
 * The size in bytes above which a file is not read. Slipway limits the number of stored rows, and should
 * never write such a large file.
 */
const MOST_BYTES = 4 * 1024 * 1024;
/**
 * The number of characters after which a write continues in a later turn of the event loop, since more in
 * one turn would block the thread that all extensions share.
 */
const AT_ONCE = 64 * 1024;
const ENDING = '.json';
const PARTIAL = '.partial';
/** Milliseconds after which a partial file counts as left behind by a crash. */
const ABANDONED_MS = 3_600_000;

/**
 * No method rejects. If a file or the folder cannot be read or changed, the failure is logged and the tree
 * works without the stored rows. A file or folder that does not exist is not logged.
 */
export class SnapshotFiles {
  constructor(
    private readonly folder: string,
    private readonly clock: Clock,
    private readonly log: (message: string) => void,
  ) {}

  /** The stored rows of a connection; undefined where there is no usable file. */
  async load(connectionId: string): Promise<Snapshot | undefined> {
    const path = this.pathOf(connectionId);
    try {
      const { size } = await stat(path);
      if (size > MOST_BYTES) throw new RangeError(`${size} bytes`);
      const snapshot = await parseSnapshot(await readFile(path, 'utf8'), connectionId, this.clock.now());
      // Ends this turn of the event loop, since the caller goes on to make the tree's rows from the snapshot.
      await othersTurn();
      return snapshot;
    } catch (thrown) {
      if (codeOf(thrown) !== 'ENOENT') this.log(`${path} is left unread: ${String(thrown)}`);
      return undefined;
    }
  }

  async save(snapshot: Snapshot): Promise<void> {
    const path = this.pathOf(snapshot.connectionId);
    const partial = `${path}.${randomBytes(6).toString('hex')}${PARTIAL}`;
    try {
      await mkdir(this.folder, { recursive: true, mode: 0o700 });
      await writeFile(partial, inTurns(snapshotPieces(snapshot)), { mode: 0o600 });
      await rename(partial, path);
    } catch (thrown) {
      this.log(`${path} could not be written: ${String(thrown)}`);
      await rm(partial, { force: true }).catch(() => undefined);
    }
  }

  /** Removes the files of all connections except these, and partial files that a crash left behind. */
  async keepOnly(connectionIds: readonly string[]): Promise<void> {
    const kept = new Set(connectionIds.map(nameOf));
    try {
      for (const name of await readdir(this.folder)) {
        const path = join(this.folder, name);
        const isGone = name.endsWith(PARTIAL) ? await this.isAbandoned(path) : !kept.has(name);
        if (isGone) await rm(path, { force: true });
      }
    } catch (thrown) {
      if (codeOf(thrown) !== 'ENOENT') this.log(`${this.folder} could not be tidied: ${String(thrown)}`);
    }
  }

  private async isAbandoned(path: string): Promise<boolean> {
    const { mtimeMs } = await stat(path);
    return this.clock.now() - mtimeMs > ABANDONED_MS;
  }

  private pathOf(connectionId: string): string {
    return join(this.folder, nameOf(connectionId));
  }
}

async function* inTurns(pieces: Iterable<string>): AsyncIterable<string> {
  let gathered = '';
  for (const piece of pieces) {
    gathered += piece;
    if (gathered.length < AT_ONCE) continue;
    yield gathered;
    gathered = '';
    await othersTurn();
  }
  yield gathered;
}

/**
 * The name of a connection's file: a hash, since the id contains the name of a profile, which may contain
 * any character.
 */
function nameOf(connectionId: string): string {
  const hash = createHash('sha256').update(connectionId).digest('hex');
  return `${hash.slice(0, 32)}${ENDING}`;
}

function codeOf(thrown: unknown): string | undefined {
  return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : undefined;
}
