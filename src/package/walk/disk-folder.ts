/** A folder on disk, read synchronously: for threads that may block. */
import { lstatSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { refused } from '../../model/failure';
import { type FileStat, fileStat } from '../content/steady-file';
import { codeOf } from '../content/system-error';
import type { ItemKind, SourceItem } from '../source-tree';
import type { FolderReader, LinkTarget } from './folder-reader';
import type { LooksAhead } from './looks-ahead';

/** An ignore file that is larger (bytes) is taken for a mistake. */
export const LARGEST_RULES = 1024 * 1024;

export class DiskFolder implements FolderReader {
  /** Absolute, links resolved. */
  readonly root: string;
  /** As {@link root}. */
  private readonly within: string | undefined;

  /**
   * Refuses with `folder-missing`, `root-leaves-folder`.
   * @param given Any path of the folder.
   * @param ahead Has looked at some of the files already.
   * @param within See {@link import('../packer').PackRequest.within}.
   */
  constructor(
    private readonly given: string,
    private readonly ahead?: LooksAhead,
    within?: string,
  ) {
    this.root = realFolder(given);
    this.within = within === undefined ? undefined : realFolder(within);
    if (this.within !== undefined && !isInside(this.root, this.within)) {
      throw refused('root-leaves-folder', { path: given, target: this.root, folder: this.within });
    }
  }

  /** Whether its path leads to the very place that was read. */
  isWhereItWas(): boolean {
    return realFolder(this.given) === this.root && realFolder(this.root) === this.root;
  }

  /** Absolute path of something in the folder. */
  place(path: string): string {
    return path === '' ? this.root : `${this.root}${sep}${sep === '/' ? path : path.replaceAll('/', sep)}`;
  }

  list(folder: string): readonly SourceItem[] {
    try {
      return readdirSync(this.place(folder), { withFileTypes: true }).map((item) => ({
        name: item.name,
        kind: kindOf(item),
      }));
    } catch (error) {
      const code = codeOf(error);
      if (code === 'ENOENT' || code === 'ENOTDIR')
        throw refused('file-changing', { path: folder, code }, error);
      throw refused('folder-unreadable', { path: folder, code }, error);
    }
  }

  stat(file: string): FileStat | undefined {
    return this.ahead?.find(file) ?? this.look(file);
  }

  private look(file: string): FileStat | undefined {
    try {
      const stats = lstatSync(this.place(file), { throwIfNoEntry: false });
      return stats?.isFile() ? fileStat(stats) : undefined;
    } catch (error) {
      throw refused('file-unreadable', { path: file, code: codeOf(error) }, error);
    }
  }

  text(file: string): string {
    const place = this.place(file);
    try {
      const stats = statSync(place);
      if (!stats.isFile() || stats.size > LARGEST_RULES) throw refused('file-unreadable', { path: file });
      if (this.within !== undefined && !isInside(realpathSync.native(place), this.within)) {
        throw refused('rules-leave-folder', { path: file, folder: this.within });
      }
      return readFileSync(place, 'utf8');
    } catch (error) {
      if (error instanceof Object && 'failure' in error) throw error;
      throw refused('file-unreadable', { path: file, code: codeOf(error) }, error);
    }
  }

  follow(link: string): LinkTarget {
    try {
      const target = realpathSync.native(this.place(link));
      if (!isInside(target, this.root)) return { kind: 'none', code: 'leaves-folder' };
      const kind = kindOf(lstatSync(target));
      if (kind !== 'file' && kind !== 'folder') return { kind: 'none', code: 'not-a-file' };
      return { kind, path: target.slice(this.root.length).split(sep).filter(Boolean).join('/') };
    } catch (error) {
      const code = codeOf(error);
      if (code === 'ELOOP') return { kind: 'none', code: 'cycle' };
      if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'none', code: 'dangling' };
      throw refused('file-unreadable', { path: link, code }, error);
    }
  }

  isExact(folder: string, name: string): boolean {
    const wanted = Buffer.from(name);
    return readdirSync(Buffer.from(join(this.place(folder))), { encoding: 'buffer' }).some((bytes) =>
      bytes.equals(wanted),
    );
  }
}

/** Links resolved. Refuses with `folder-missing`. */
function realFolder(path: string): string {
  try {
    const real = realpathSync.native(path);
    if (statSync(real).isDirectory()) return real;
  } catch (error) {
    throw refused('folder-missing', { path, code: codeOf(error) }, error);
  }
  throw refused('folder-missing', { path });
}

/** Of two real paths. */
function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

interface Kinds {
  isFile(): boolean;
  isDirectory(): boolean;
  isSymbolicLink(): boolean;
}

function kindOf(item: Kinds): ItemKind {
  if (item.isFile()) return 'file';
  if (item.isDirectory()) return 'folder';
  return item.isSymbolicLink() ? 'link' : 'other';
}
