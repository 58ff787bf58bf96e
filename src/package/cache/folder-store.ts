/**
 * The cache of one folder on disk: an index and zips, shared by all windows of a machine. A new index or zip
 * is written under a temporary name and then renamed, so that no window sees an incomplete file. The name of
 * a zip contains the name of its owner, usually a packer. Packers leave the zips of other owners alone until
 * the owner's process has ended. A damaged or missing file is made again without a message: the cache only
 * saves time.
 */
import { createHash, randomBytes } from 'node:crypto';
import {
  closeSync,
  fstatSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { readBlocks } from '../content/blocks';
import { codeOf } from '../refusal';
import { removing, writing } from '../writing';
import { indexText, parseIndex } from './index-text';
import { type KnownFolder, type KnownZip, NOTHING_KNOWN } from './known-folder';
import { belongsToOther, isOwn } from './ownership';

const INDEX = 'index.json';

/** A zip that is open for reading. The caller that opened it must close `descriptor`. */
export interface OpenZip {
  readonly zip: KnownZip;
  readonly descriptor: number;
}

export class FolderStore {
  /** The index that this store last read or wrote, and the state of the index file at that time. */
  private memory: { readonly state: string; readonly known: KnownFolder } | undefined;
  /** The state of the zip that this store last wrote or found undamaged. */
  private trusted: string | undefined;
  /** Name of the zip that this store returned last, which {@link clean} keeps. */
  private given: string | undefined;

  /**
   * @param folder Absolute path of the folder in which this cache keeps its files
   * @param owner Name of the packer, as `ownership.ts` defines it: part of the name of every zip and every
   * unfinished file that the packer makes
   */
  constructor(
    readonly folder: string,
    private readonly owner: string,
  ) {}

  /** Creates the cache's folder if it is missing. Refuses with `cache-unwritable`. */
  open(): void {
    writing(this.folder, () => mkdirSync(this.folder, { recursive: true, mode: 0o700 }));
  }

  load(): KnownFolder {
    const path = this.pathOf(INDEX);
    const state = stateOf(path);
    if (state === undefined) return NOTHING_KNOWN;
    if (this.memory?.state !== state) {
      this.memory = { state, known: parseIndex(textIn(path)) ?? NOTHING_KNOWN };
    }
    return this.memory.known;
  }

  /**
   * Writes the index, and removes files that are no longer needed, even if writing failed. Refuses with
   * `cache-unwritable` if the index cannot be written; a file that cannot be removed stays.
   */
  save(known: KnownFolder): void {
    try {
      this.write(known);
    } finally {
      removing(() => this.clean(known.zip?.name));
    }
  }

  private write(known: KnownFolder): void {
    const path = this.pathOf(INDEX);
    const partial = this.freshPath('index');
    writing(this.folder, () => {
      writeFileSync(partial, indexText(known), { mode: 0o600 });
      renameSync(partial, path);
    });
    const state = stateOf(path);
    this.memory = state === undefined ? undefined : { state, known };
  }

  /** A new path for a file that is still being written: the index or a zip. */
  freshPath(stem: string): string {
    return join(this.folder, `${stem}.${this.owner}.${randomBytes(4).toString('hex')}.partial`);
  }

  /** Gives a finished zip its final name, and returns the name. */
  keep(partial: string, digest: string): string {
    const name = this.zipName(digest);
    writing(this.folder, () => renameSync(partial, this.pathOf(name)));
    this.trusted = stateOf(this.pathOf(name));
    this.given = name;
    return name;
  }

  /**
   * Opens a zip; undefined if it is missing or damaged. The zip is read completely to check it, unless its
   * size, time and inode are those of the zip that this store last wrote or found undamaged. While the zip is
   * open, it can be read, even if another packer deletes (unlinks) the file.
   */
  openZip(zip: KnownZip | undefined): OpenZip | undefined {
    if (zip === undefined) return undefined;
    const descriptor = openIfThere(this.pathOf(zip.name));
    if (descriptor === undefined) return undefined;
    const state = describe(fstatSync(descriptor));
    if (state !== this.trusted && sha256Of(descriptor) !== zip.sha256) {
      closeSync(descriptor);
      return undefined;
    }
    this.trusted = state;
    return { zip, descriptor };
  }

  /**
   * Returns the zip as a file of this packer, which no other packer deletes while this one runs. For a zip of another
   * packer, a second hard link to the same bytes is created or, if that is not possible, a copy.
   */
  adopt({ zip, descriptor }: OpenZip): KnownZip {
    if (isOwn(zip.name, this.owner)) return this.giveOut(zip);
    const name = this.zipName(zip.digest);
    const path = this.pathOf(name);
    try {
      linkSync(this.pathOf(zip.name), path);
    } catch (error) {
      // The other packer has deleted its zip, or the file system has no hard links.
      codeOf(error);
      writing(path, () => copyTo(path, descriptor));
    }
    this.trusted = stateOf(path);
    return this.giveOut({ ...zip, name });
  }

  private giveOut(zip: KnownZip): KnownZip {
    this.given = zip.name;
    return zip;
  }

  /** Absolute path of a file of this cache. */
  pathOf(name: string): string {
    return join(this.folder, name);
  }

  private zipName(digest: string): string {
    return `${digest.slice(0, 16)}.${this.owner}.${randomBytes(4).toString('hex')}.zip`;
  }

  private clean(current: string | undefined): void {
    const needed = new Set([INDEX, current, this.given]);
    for (const name of readdirSync(this.folder)) {
      if (needed.has(name) || belongsToOther(name, this.owner)) continue;
      removing(() => rmSync(this.pathOf(name), { force: true }));
    }
  }
}

/**
 * The parts of a file's stat that change when the file is replaced or written to. The number of links and the
 * change time are left out, since {@link FolderStore.adopt} changes them.
 */
function describe({ size, mtimeMs, ino }: Stats): string {
  return `${size} ${mtimeMs} ${ino}`;
}

function stateOf(path: string): string | undefined {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats === undefined ? undefined : describe(stats);
}

/**
 * The text of the index file. Empty if the file cannot be read: this counts as a damaged index, since no
 * valid index is empty.
 */
function textIn(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    codeOf(error);
    return '';
  }
}

function openIfThere(path: string): number | undefined {
  try {
    return openSync(path, 'r');
  } catch (error) {
    codeOf(error);
    return undefined;
  }
}

function sha256Of(descriptor: number): string {
  const hash = createHash('sha256');
  readBlocks(descriptor, 0, fstatSync(descriptor).size, (block) => hash.update(block));
  return hash.digest('hex');
}

function copyTo(path: string, descriptor: number): void {
  const target = openSync(path, 'wx', 0o600);
  try {
    readBlocks(descriptor, 0, fstatSync(descriptor).size, (block) => writeFileSync(target, block));
  } finally {
    closeSync(target);
  }
}
