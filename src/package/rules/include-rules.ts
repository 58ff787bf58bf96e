/**
 * The request's `include` patterns, which bring files back: a file of the deny list only if a pattern names
 * it. An ignore file cannot bring back files of the deny list, since the user confirms changes of the
 * request's rules but not of an ignore file.
 */
import { bytesOf } from './bytes';
import { names } from './deny-list';
import type { PatternRule } from './ignore-file';
import { PlacedList } from './placed-list';

/** gitignore patterns that mean "pack this". */
export class IncludeRules {
  private constructor(private readonly taking: Taking) {}

  /**
   * @param patterns bring back the files that they match, whichever rule left these files out; a file of
   * the deny list comes back only if a pattern names it
   */
  static of(patterns: readonly string[]): IncludeRules {
    const file = { source: 'target', path: 'include' } as const;
    return new IncludeRules(new Taking(PlacedList.ofLines(patterns, file)));
  }

  takes(path: string, isFolder: boolean): boolean {
    return isTaken(this.taking.list, path, isFolder);
  }

  /**
   * True if a pattern that names `denied`, a pattern of the deny list, matches the path or a folder above it.
   */
  frees(path: string, isFolder: boolean, denied: string): boolean {
    return isTaken(this.taking.naming(denied).list, path, isFolder);
  }

  /**
   * Whether a left-out folder must be searched for files that a pattern brings back. The leading folders of a
   * pattern, those before its first wildcard and its last segment, decide: the search is needed if they lead to
   * this folder, or to a folder inside or above it. A pattern without leading folders causes no search.
   * @param denied The pattern of the deny list that left the folder out: only include patterns that name it
   * then count.
   */
  mayTakeFrom(folder: string, denied: string | undefined): boolean {
    return (denied === undefined ? this.taking : this.taking.naming(denied)).leadsInto(folder);
  }
}

/** Patterns that bring files back, and the folders that they may lead into. */
class Taking {
  private readonly named = new Map<string, Taking>();
  /** The folders with which patterns begin. `ways` also contains all folders above these. */
  private readonly beginnings = new Set<string>();
  private readonly ways = new Set<string>();

  constructor(readonly list: PlacedList) {
    for (const { written } of list.list.rules) {
      const beginning = literalFolder(written);
      if (beginning === '') continue;
      this.beginnings.add(beginning);
      for (const folder of foldersTo(beginning)) this.ways.add(folder);
    }
  }

  /** Only those patterns that name `denied`, a pattern of the deny list. */
  naming(denied: string): Taking {
    const known = this.named.get(denied);
    if (known !== undefined) return known;
    const named = new Taking(this.list.only(({ written }) => names(written, denied)));
    this.named.set(denied, named);
    return named;
  }

  leadsInto(folder: string): boolean {
    return this.ways.has(folder) || foldersTo(folder).some((outer) => this.beginnings.has(outer));
  }
}

/** True if the list matches the path or a folder above it. */
function isTaken(list: PlacedList, path: string, isFolder: boolean): boolean {
  if (list.isEmpty) return false;
  const bytes = bytesOf(path);
  return foldersTo(bytes).some((at) => means(list.findBelow(at, at === bytes ? isFolder : true)));
}

/** A path and the folders above it, the outermost first. */
function foldersTo(path: string): readonly string[] {
  const folders: string[] = [];
  for (let end = path.indexOf('/'); end !== -1; end = path.indexOf('/', end + 1))
    folders.push(path.slice(0, end));
  return [...folders, path];
}

function means(rule: PatternRule | undefined): boolean {
  return rule !== undefined && !rule.pattern.negative;
}

/** The leading folders of a pattern: `a/b` for `/a/b/*.q`; '' if there are none, as in `*.q` or `/a`. */
function literalFolder(pattern: string): string {
  const segments = pattern.replace(/^\//, '').split('/').slice(0, -1);
  const wild = segments.findIndex((segment) => /[\\*?[\]!]/.test(segment));
  return (wild === -1 ? segments : segments.slice(0, wild)).join('/');
}
