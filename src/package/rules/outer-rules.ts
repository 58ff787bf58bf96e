/** Texts of ignore files, and the folders to which they apply. */
import type { RuleSource } from '../packer';

/** The names of ignore files; the rules of a later name override those of an earlier one. */
export const IGNORE_FILES = ['.gitignore', '.kxignore', '.slipwayignore'] as const;
export type IgnoreFileName = (typeof IGNORE_FILES)[number];

/** The ignore files that apply whether or not git's rules apply. */
export const OWN_FILES = ['.kxignore', '.slipwayignore'] as const;

export interface RulesText {
  readonly source: RuleSource;
  /** The path that refusals name. */
  readonly path: string;
  /** One character for each byte. */
  readonly raw: string;
}

/** The rules that apply in a whole git repository, in addition to its `.gitignore` files. */
export interface RepositoryRules {
  /**
   * `core.excludesFile` and `.git/info/exclude` if they exist; the rules of the later one override the earlier one's.
   */
  readonly files: readonly RulesText[];
  /** `core.ignoreCase` */
  readonly ignoreCase: boolean;
}

/** Rules that apply in the packed folder but are defined outside of it. */
export interface OuterRules {
  /**
   * The rules of the repository that contains the folder. `way`: the path from the repository's top down to the
   * folder, such as `code/q`; '' if the folder is the top.
   */
  readonly repository?: RepositoryRules & { readonly way: string };
  /**
   * Ignore files in the folders above the packed one; among files of the same name, the outermost first. `way`:
   * the path from the ignore file's folder down to the packed folder, never ''.
   */
  readonly files: readonly OuterFile[];
}

export interface OuterFile extends RulesText {
  readonly source: IgnoreFileName;
  readonly way: string;
}

/** The rules that one folder contains. */
export interface FolderFiles {
  readonly files: ReadonlyMap<IgnoreFileName, string>;
  /** Present if the folder is the top of its own repository. */
  readonly repository?: RepositoryRules;
}

/** A folder above the packed one: `up` is the path to it (`../..`), `way` the path back down (`code/q`). */
export interface Level {
  readonly up: string;
  readonly way: string;
}

/**
 * The folder in which the path `way` begins, and the folders between it and the packed folder, the
 * outermost first.
 */
export function levelsOf(way: string): readonly Level[] {
  const segments = way.split('/').filter((segment) => segment !== '' && segment !== '.');
  return segments.map((_, at) => ({
    up: Array.from({ length: segments.length - at }, () => '..').join('/'),
    way: segments.slice(at).join('/'),
  }));
}
