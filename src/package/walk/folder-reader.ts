/**
 * The questions of a walk about a folder, answered synchronously: from disk, or from pieces that were fetched
 * before.
 */
import type { FileStat } from '../content/steady-file';
import type { OuterRules, RepositoryRules } from '../rules/outer-rules';
import type { SourceItem } from '../source-tree';

export type LinkTarget =
  /** `path`: the link's target with links resolved, relative to the packed folder. */
  | { readonly kind: 'file' | 'folder'; readonly path: string }
  | {
      readonly kind: 'none';
      readonly code: 'leaves-folder' | 'dangling' | 'cycle' | 'not-a-file' | 'unknown-target';
    };

export interface OuterQuestion {
  /**
   * Path of the packed folder, such as `code/q`, relative to the topmost folder whose Slipway ignore files
   * (such as `.slipwayignore`) apply; '' if the two folders are the same.
   */
  readonly below: string;
  readonly usesGit: boolean;
}

/** Paths are relative to the packed folder, with `/` between segments and '' for the folder itself. */
export interface FolderReader {
  /**
   * Refuses with `folder-unreadable`, or with `file-changing` for a folder that was deleted since it was found.
   */
  list(folder: string): readonly SourceItem[];
  /**
   * Undefined if the file was deleted or replaced by something else since the walk found it, or if its stat has
   * yet to be fetched. Refuses with `file-unreadable`.
   */
  stat(file: string): FileStat | undefined;
  /**
   * The bytes of an ignore file, one character each. Refuses with `file-unreadable`, `rules-too-large` or
   * `rules-leave-folder`.
   */
  text(file: string): string;
  /** The rules that apply in the folder but are defined outside of it. Refuses as {@link text}. */
  outerRules(asked: OuterQuestion): OuterRules;
  /**
   * The rules for an inner folder that is the top of its own git repository; undefined for any other folder.
   * Refuses with `file-unreadable` and `rules-too-large`.
   */
  repository(folder: string): RepositoryRules | undefined;
  follow(link: string): LinkTarget;
  /**
   * True if the folder has a name with exactly these characters. Asked about a name that contains a replacement
   * character or half of a surrogate pair, since this character may be the result of decoding.
   */
  isExact(folder: string, name: string): boolean;
}
