/**
 * The request's rules that bring files back, and what they may free from the deny list. An ignore file frees nothing from
 * it: nobody is asked when one changes, as the user is when the request's rules do.
 */
import { bytesOf } from './bytes';
import { names } from './deny-list';
import type { PatternRule } from './ignore-file';
import { PlacedList } from './placed-list';

/** gitignore patterns that mean "take it". */
export class IncludeRules {
  private constructor(private readonly taking: Taking) {}

  /** @param patterns What brings back whatever left a file out, the deny list only where a pattern names it. */
  static of(patterns: readonly string[]): IncludeRules {
    const file = { source: 'target', path: 'include' } as const;
    return new IncludeRules(new Taking(PlacedList.ofLines(patterns, file)));
  }

  takes(path: string, isFolder: boolean): boolean {
    return isTaken(this.taking.list, path, isFolder);
  }

  /** True if a pattern that names `denied` (a pattern of the deny list) matches the path. */
  frees(path: string, isFolder: boolean, denied: string): boolean {
    return isTaken(this.taking.naming(denied).list, path, isFolder);
  }

  /**
   * Whether a folder that is left out must be looked into all the same, because a pattern starts with folders (without
   * wildcards) that lead into it. `denied`: the pattern of the deny list that left it out, which must then be named.
   */
  mayTakeFrom(folder: string, denied: string | undefined): boolean {
    return (denied === undefined ? this.taking : this.taking.naming(denied)).leadsInto(folder);
  }
}

/** Patterns that bring files back, and the folders they may lead into. */
class Taking {
  private readonly named = new Map<string, Taking>();
  /** The folders with which patterns begin, and the folders on the way there. */
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

  /** The patterns among these that name one of the deny list. */
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

/** True if the list matches the path, or a folder that it is in. */
function isTaken(list: PlacedList, path: string, isFolder: boolean): boolean {
  if (list.isEmpty) return false;
  const bytes = bytesOf(path);
  return foldersTo(bytes).some((at) => means(list.findBelow(at, at === bytes ? isFolder : true)));
}

/** A path and the folders that it is in, the outermost first. */
function foldersTo(path: string): readonly string[] {
  const folders: string[] = [];
  for (let end = path.indexOf('/'); end !== -1; end = path.indexOf('/', end + 1))
    folders.push(path.slice(0, end));
  return [...folders, path];
}

function means(rule: PatternRule | undefined): boolean {
  return rule !== undefined && !rule.pattern.negative;
}

/** `a/b` of `/a/b/*.q`; '' for a pattern that may match anywhere. */
function literalFolder(pattern: string): string {
  const segments = pattern.replace(/^\//, '').split('/').slice(0, -1);
  const wild = segments.findIndex((segment) => /[\\*?[\]!]/.test(segment));
  return (wild === -1 ? segments : segments.slice(0, wild)).join('/');
}
