/** Files of rules that were read, and the folders to which they apply. */
import type { RuleSource } from '../packer';

/** The ignore files in the order of their weight: what a later one says counts over an earlier one. */
export const IGNORE_FILES = ['.gitignore', '.kxignore', '.slipwayignore'] as const;
export type IgnoreFileName = (typeof IGNORE_FILES)[number];

/** Those that apply with and without git's own. */
export const OWN_FILES = ['.kxignore', '.slipwayignore'] as const;

export interface RulesText {
  readonly source: RuleSource;
  /** Named in refusals. */
  readonly path: string;
  /** Bytes, one character each. */
  readonly raw: string;
}

/** What counts in all of a git repository, besides the `.gitignore` files in it. */
export interface RepositoryRules {
  /** `core.excludesFile` and `.git/info/exclude`, where they are there, in the order of their weight. */
  readonly files: readonly RulesText[];
  /** `core.ignoreCase` */
  readonly ignoreCase: boolean;
}

/** What counts in a packed folder and does not lie in it. */
export interface OuterRules {
  /** The repository that the folder is part of. `way` leads from its top down to the folder: `code/q`; '' for itself. */
  readonly repository?: RepositoryRules & { readonly way: string };
  /** Ignore files of folders above, the outermost first. `way` as above, never ''. */
  readonly files: readonly OuterFile[];
}

export interface OuterFile extends RulesText {
  readonly source: IgnoreFileName;
  readonly way: string;
}

/** What stands in one folder. */
export interface FolderFiles {
  readonly files: ReadonlyMap<IgnoreFileName, string>;
  /** Where a repository of its own begins there. */
  readonly repository?: RepositoryRules;
}

/** A folder above the packed one, `../..` from there, and the way back down: `code/q`. */
export interface Level {
  readonly up: string;
  readonly way: string;
}

/** Every folder on a way down, the outermost first. */
export function levelsOf(way: string): readonly Level[] {
  const segments = way.split('/').filter((segment) => segment !== '' && segment !== '.');
  return segments.map((_, at) => ({
    up: Array.from({ length: segments.length - at }, () => '..').join('/'),
    way: segments.slice(at).join('/'),
  }));
}
