/** The walk's questions about a folder, answered at once: from disk, or from what was fetched before. */
import type { FileStat } from '../content/steady-file';
import type { OuterRules, RepositoryRules } from '../rules/outer-rules';
import type { SourceItem } from '../source-tree';

export type LinkTarget =
  /** `path`: where the link really leads, relative to the packed folder. */
  | { readonly kind: 'file' | 'folder'; readonly path: string }
  | {
      readonly kind: 'none';
      readonly code: 'leaves-folder' | 'dangling' | 'cycle' | 'not-a-file' | 'unknown-target';
    };

export interface OuterQuestion {
  /** Path from the topmost folder whose ignore files count to the packed folder, such as `code/q`; '' if they are the same. */
  readonly below: string;
  readonly usesGit: boolean;
}

/** Paths are relative to the packed folder, with `/` between segments and '' for the folder itself. */
export interface FolderReader {
  /** Refuses with `folder-missing`, `folder-unreadable` or `file-changing` (a subfolder that just went away). */
  list(folder: string): readonly SourceItem[];
  /** Undefined when the file just went away. */
  stat(file: string): FileStat | undefined;
  /** The bytes of an ignore file, one character each. Refuses with `file-unreadable` and `rules-too-large`. */
  text(file: string): string;
  /** What counts in the folder and does not lie in it. Refuses as {@link text}. */
  outerRules(asked: OuterQuestion): OuterRules;
  /** What counts where a git repository of its own begins in a folder below. Refuses as {@link text}. */
  repository(folder: string): RepositoryRules | undefined;
  follow(link: string): LinkTarget;
  /** Whether a name with a replacement character or half a surrogate pair in it really is what the disk holds. */
  isExact(folder: string, name: string): boolean;
}
