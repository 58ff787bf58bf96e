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
const LARGEST_RULES = 1024 * 1024;

export class DiskFolder implements FolderReader {
  /** Absolute, links resolved. */
  readonly root: string;

  /** Refuses with `folder-missing`. @param ahead Has looked at some of the files already. */
  constructor(
    root: string,
    private readonly ahead?: LooksAhead,
  ) {
    try {
      this.root = realpathSync.native(root);
      if (!statSync(this.root).isDirectory()) throw refused('folder-missing', { path: root });
    } catch (error) {
      if (error instanceof Object && 'failure' in error) throw error;
      throw refused('folder-missing', { path: root, code: codeOf(error) }, error);
    }
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
      return readFileSync(place, 'utf8');
    } catch (error) {
      if (error instanceof Object && 'failure' in error) throw error;
      throw refused('file-unreadable', { path: file, code: codeOf(error) }, error);
    }
  }

  follow(link: string): LinkTarget {
    try {
      const target = realpathSync.native(this.place(link));
      const inside =
        target === this.root || target.startsWith(this.root.endsWith(sep) ? this.root : this.root + sep);
      if (!inside) return { kind: 'none', code: 'leaves-folder' };
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
