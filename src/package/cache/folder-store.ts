/**
 * The cache of one folder on disk: an index and zips, shared by all windows of a machine.
 *
 * Every file is written under a name of its own and then renamed, so that no window sees half of it. The name of a zip
 * says which packer made it, and only that packer (or, once its process has ended, any other) removes it. Whatever is
 * damaged or missing is made again, silently: the cache saves time and holds nothing that cannot be had anew.
 */
import { createHash, randomBytes } from 'node:crypto';
import {
  closeSync,
  copyFileSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { codeOf } from '../content/system-error';
import { indexText, parseIndex } from './index-text';
import { type KnownFolder, type KnownZip, NOTHING_KNOWN } from './known-folder';
import { belongsToOther, isOwn } from './ownership';
import { writing } from './writing';

const INDEX = 'index.json';
const BLOCK = 1024 * 1024;

export class FolderStore {
  /** What the index said when it was last read or written here, and the state of its file at that time. */
  private memory: { readonly state: string; readonly known: KnownFolder } | undefined;
  /** The state of the zip that was last written here, or found to be whole. */
  private trusted: string | undefined;

  /**
   * @param folder Absolute path of the folder's own cache folder.
   * @param owner See {@link belongsToOther}.
   */
  constructor(
    readonly folder: string,
    private readonly owner: string,
  ) {}

  /** Refuses with `cache-unwritable`. */
  open(): void {
    writing(this.folder, () => mkdirSync(this.folder, { recursive: true, mode: 0o700 }));
  }

  load(): KnownFolder {
    const path = this.pathOf(INDEX);
    const state = stateOf(path);
    if (state === undefined) return NOTHING_KNOWN;
    if (this.memory?.state !== state) {
      this.memory = { state, known: parseIndex(readFileSync(path, 'utf8')) ?? NOTHING_KNOWN };
    }
    return this.memory.known;
  }

  save(known: KnownFolder): void {
    const path = this.pathOf(INDEX);
    const partial = this.freshPath('index');
    writing(this.folder, () => {
      writeFileSync(partial, indexText(known), { mode: 0o600 });
      renameSync(partial, path);
    });
    const state = stateOf(path);
    this.memory = state === undefined ? undefined : { state, known };
    this.clean(known.zip?.name);
  }

  /** Where the bytes of a zip can be written before it has a name. */
  freshPath(stem: string): string {
    return join(this.folder, `${stem}.${this.owner}.${randomBytes(4).toString('hex')}.partial`);
  }

  /** Gives a finished zip its name and returns that. */
  keep(partial: string, digest: string): string {
    const name = this.zipName(digest);
    writing(this.folder, () => renameSync(partial, this.pathOf(name)));
    this.trusted = stateOf(this.pathOf(name));
    return name;
  }

  /** The zip if it is whole: on first use here it is read through, later on its size and times say so. */
  wholeZip(zip: KnownZip | undefined): KnownZip | undefined {
    if (zip === undefined) return undefined;
    const path = this.pathOf(zip.name);
    const state = stateOf(path);
    if (state === undefined || (state !== this.trusted && sha256Of(path) !== zip.sha256)) return undefined;
    this.trusted = state;
    return zip;
  }

  /** The zip under a name that no other packer removes: a second link to the same bytes where that is possible. */
  adopt(zip: KnownZip): KnownZip {
    if (isOwn(zip.name, this.owner)) return zip;
    const name = this.zipName(zip.digest);
    try {
      linkSync(this.pathOf(zip.name), this.pathOf(name));
    } catch (error) {
      // Not every file system has links.
      codeOf(error);
      writing(this.folder, () => copyFileSync(this.pathOf(zip.name), this.pathOf(name)));
    }
    this.trusted = stateOf(this.pathOf(name));
    return { ...zip, name };
  }

  /** Absolute path of a file of this cache. */
  pathOf(name: string): string {
    return join(this.folder, name);
  }

  private zipName(digest: string): string {
    return `${digest.slice(0, 16)}.${this.owner}.${randomBytes(4).toString('hex')}.zip`;
  }

  private clean(current: string | undefined): void {
    for (const name of readdirSync(this.folder)) {
      if (name === INDEX || name === current || belongsToOther(name, this.owner)) continue;
      try {
        rmSync(this.pathOf(name), { force: true });
      } catch (error) {
        // Windows does not remove what somebody has open; the next run will.
        codeOf(error);
      }
    }
  }
}

/** What changes when a file is replaced or written to. Links to it may come and go. */
function stateOf(path: string): string | undefined {
  const stats: Stats | undefined = statSync(path, { throwIfNoEntry: false });
  return stats === undefined ? undefined : `${stats.size} ${stats.mtimeMs} ${stats.ino}`;
}

function sha256Of(path: string): string {
  const hash = createHash('sha256');
  const block = Buffer.allocUnsafe(BLOCK);
  const descriptor = openSync(path, 'r');
  try {
    for (let count = readSync(descriptor, block); count > 0; count = readSync(descriptor, block)) {
      hash.update(block.subarray(0, count));
    }
  } finally {
    closeSync(descriptor);
  }
  return hash.digest('hex');
}
