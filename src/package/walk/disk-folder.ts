/** A folder on disk, read synchronously: for threads that may block. */

import { lstatSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { type FileStat, fileStat } from '../content/steady-file';
import { readIfThere } from '../git/files';
import { gitRulesAbove, gitRulesAt } from '../git/git-rules';
import { codeOf, refuse } from '../refusal';
import { LARGEST_RULES } from '../rules/ignore-text';
import {
  type Level,
  levelsOf,
  type OuterFile,
  type OuterRules,
  OWN_FILES,
  type RepositoryRules,
} from '../rules/outer-rules';
import type { ItemKind, SourceItem } from '../source-tree';
import type { FolderReader, LinkTarget, OuterQuestion } from './folder-reader';
import type { StatPrefetch } from './stat-prefetch';

export class DiskFolder implements FolderReader {
  /** Absolute, links resolved. */
  readonly root: string;
  /** Absolute, links resolved. */
  private readonly within: string | undefined;

  /**
   * Refuses with `folder-missing`, `root-leaves-folder`.
   * @param asked absolute path
   * @param ahead reads the stats of some files before they are asked for
   * @param within See {@link import('../packer').PackRequest.within}.
   */
  constructor(
    private readonly asked: string,
    private readonly ahead?: StatPrefetch,
    within?: string,
  ) {
    this.root = realFolder(asked);
    this.within = within === undefined ? undefined : realFolder(within);
    if (this.within !== undefined && !isInside(this.root, this.within)) {
      throw refuse('root-leaves-folder', { path: asked, target: this.root, folder: this.within });
    }
  }

  /** True if the folder's path still leads to the same folder. Refuses with `folder-missing`. */
  isWhereItWas(): boolean {
    return realFolder(this.asked) === this.root && realFolder(this.root) === this.root;
  }

  /** Absolute path of something in the folder; of the folder itself for ''. */
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
        throw refuse('file-changing', { path: folder, code }, error);
      throw refuse('folder-unreadable', { path: folder, code }, error);
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
      throw refuse('file-unreadable', { path: file, code: codeOf(error) }, error);
    }
  }

  text(file: string): string {
    const raw = this.rulesAt(this.place(file), file);
    if (raw === undefined) throw refuse('file-unreadable', { path: file });
    return raw;
  }

  outerRules({ below, usesGit }: OuterQuestion): OuterRules {
    const git = usesGit ? gitRulesAbove(this.root) : { files: [] };
    return { ...git, files: [...git.files, ...levelsOf(below).flatMap((level) => this.ownRulesAt(level))] };
  }

  /**
   * Slipway's own ignore files ({@link OWN_FILES}) in one of the folders above the packed one. These are the
   * folders of the path that the user sees: links are not resolved.
   */
  private ownRulesAt({ up, way }: Level): readonly OuterFile[] {
    return OWN_FILES.flatMap((source) => {
      const path = `${up}/${source}`;
      const raw = this.rulesAt(join(this.asked, up, source), path);
      return raw === undefined ? [] : [{ source, path, raw, way }];
    });
  }

  /**
   * The text of an ignore file; undefined if there is none. Refuses with `rules-leave-folder`, and as {@link
   * readIfThere}.
   */
  private rulesAt(place: string, path: string): string | undefined {
    const raw = readIfThere(place, LARGEST_RULES);
    if (raw !== undefined && this.within !== undefined && !isInside(realpathSync.native(place), this.within))
      throw refuse('rules-leave-folder', { path, folder: this.within });
    return raw;
  }

  repository(folder: string): RepositoryRules | undefined {
    return gitRulesAt(this.place(folder));
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
      throw refuse('file-unreadable', { path: link, code }, error);
    }
  }

  isExact(folder: string, name: string): boolean {
    const wanted = Buffer.from(name);
    return readdirSync(Buffer.from(join(this.place(folder))), { encoding: 'buffer' }).some((bytes) =>
      bytes.equals(wanted),
    );
  }
}

/** The path with links resolved. Refuses with `folder-missing`. */
function realFolder(path: string): string {
  try {
    const real = realpathSync.native(path);
    if (statSync(real).isDirectory()) return real;
  } catch (error) {
    throw refuse('folder-missing', { path, code: codeOf(error) }, error);
  }
  throw refuse('folder-missing', { path });
}

/** Returns true if `path` is `folder` or lies in it. The links of both paths must already be resolved. */
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
