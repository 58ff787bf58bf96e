/** Rules that bring files back: those of the request, and what they (or a `!` line) may free from the deny list. */
import ignore, { type Ignore } from 'ignore';
import { names } from './deny-list';

/** gitignore patterns that mean "take it". */
export class IncludeRules {
  private readonly matcher: Ignore | undefined;
  private readonly naming = new Map<string, Ignore | undefined>();

  /**
   * @param patterns What brings back whatever left a file out, the deny list only where a pattern names it.
   * @param freeing Patterns that free from the deny list (where they name it) and do nothing else.
   */
  constructor(
    private readonly patterns: readonly string[],
    private readonly freeing: readonly string[],
  ) {
    this.matcher = matcherOf(patterns);
  }

  /** @param path Ends with a slash for a folder. */
  takes(path: string): boolean {
    return this.matcher?.test(path).ignored ?? false;
  }

  /** Whether a pattern that names `denied` (a pattern of the deny list) matches the path. */
  frees(path: string, denied: string): boolean {
    if (!this.naming.has(denied)) {
      const all = [...this.patterns, ...this.freeing];
      this.naming.set(denied, matcherOf(all.filter((pattern) => names(pattern, denied))));
    }
    return this.naming.get(denied)?.test(path).ignored ?? false;
  }

  /**
   * Whether a folder that is left out must be looked into all the same, because a pattern starts with folders (without
   * wildcards) that lead into it. `denied`: the pattern of the deny list that left it out, which must then be named.
   */
  mayTakeFrom(folder: string, denied: string | undefined): boolean {
    return this.patterns
      .filter((pattern) => denied === undefined || names(pattern, denied))
      .map(literalFolder)
      .some((beginning) => beginning !== '' && (leadsTo(beginning, folder) || leadsTo(folder, beginning)));
  }
}

function matcherOf(patterns: readonly string[]): Ignore | undefined {
  return patterns.length === 0
    ? undefined
    : ignore({ ignorecase: false }).add(patterns.map((pattern) => wholePattern(pattern)));
}

/** A pattern of `slipway.json` is no line of a file: what the library takes for a line's end is part of a name. */
export function wholePattern(pattern: string): string {
  return pattern.replace(/[\r\n]$/, '[$&]');
}

/** `a/b` of `/a/b/*.q`; '' for a pattern that may match anywhere. */
function literalFolder(pattern: string): string {
  const segments = pattern.replace(/^\//, '').split('/').slice(0, -1);
  const wild = segments.findIndex((segment) => /[\\*?[\]!]/.test(segment));
  return (wild === -1 ? segments : segments.slice(0, wild)).join('/');
}

function leadsTo(outer: string, inner: string): boolean {
  return `${inner}/`.startsWith(`${outer}/`);
}
