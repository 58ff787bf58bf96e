/** The questions of a walk about a folder, answered at once: from disk, or from pieces that were fetched before. */
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
   * Path from the topmost folder whose ignore files apply down to the packed folder, such as `code/q`; '' if the two
   * are the same.
   */
  readonly below: string;
  readonly usesGit: boolean;
}

/** Paths are relative to the packed folder, with `/` between segments and '' for the folder itself. */
export interface FolderReader {
  /**
   * Refuses with `folder-missing`, `folder-unreadable` or `file-changing` (for a subfolder that was deleted since the
   * walk found it).
   */
  list(folder: string): readonly SourceItem[];
  /** Undefined if the file was deleted since the walk found it. */
  stat(file: string): FileStat | undefined;
  /** The bytes of an ignore file, one character each. Refuses with `file-unreadable` and `rules-too-large`. */
  text(file: string): string;
  /** The rules that apply in the folder but are defined outside of it. Refuses as {@link text}. */
  outerRules(asked: OuterQuestion): OuterRules;
  /** The rules for an inner folder that is the top of its own git repository. Refuses as {@link text}. */
  repository(folder: string): RepositoryRules | undefined;
  follow(link: string): LinkTarget;
  /**
   * For a name with a replacement character or half of a surrogate pair: whether a name on disk has
   * exactly these bytes, so that the characters are not the result of decoding.
   */
  isExact(folder: string, name: string): boolean;
}
