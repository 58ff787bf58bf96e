/** Decides for every file and folder of a tree whether it is in the zip, and by which rule it is not. */
import ignore, { type Ignore } from 'ignore';
import type { LeftOut, PackRequest } from '../packer';
import { deniedBy } from './deny-list';
import { type PatternRule, parseIgnoreFile } from './ignore-file';
import { IncludeRules, wholePattern } from './include-rules';

type RuleRequest = Pick<PackRequest, 'include' | 'ignore' | 'useGitignore'>;

export type Rule = Pick<LeftOut, 'source' | 'rule'>;

/** The ignore files in the order of their weight: what a later one says counts over an earlier one. */
export const IGNORE_FILES = ['.gitignore', '.kxignore', '.slipwayignore'] as const;
export type IgnoreFileName = (typeof IGNORE_FILES)[number];

/** What becomes of a file or folder: in the zip, left out, or a left-out folder that may hold included files. */
export type Decision =
  | { readonly fate: 'in' }
  | { readonly fate: 'out'; readonly rule: Rule }
  | { readonly fate: 'search'; readonly rule: Rule };

const IN: Decision = { fate: 'in' };

/**
 * The rules that hold inside of one folder. Weight, from the strongest: the built-in deny list (unless a rule names
 * the file), the request's `include`, its `ignore`, `.slipwayignore`, `.kxignore`, `.gitignore`; among files of one
 * name the deepest. Patterns tell capitals apart on every system, so that a folder gives the same zip everywhere.
 */
export class FolderRules {
  private readonly rules: readonly PatternRule[];
  private readonly matcher: Ignore | undefined;
  private readonly includes: IncludeRules;
  /** By folder: kept because a matcher remembers its answers, which makes the next walk cheap. */
  private readonly inner = new Map<string, { readonly key: string; readonly rules: FolderRules }>();

  private constructor(
    private readonly request: RuleRequest,
    private readonly patterns: Readonly<Record<IgnoreFileName, readonly PatternRule[]>>,
    /** The rule that left out the folder which is only searched for included files. */
    private readonly inherited: Rule | undefined,
  ) {
    const target = request.ignore.map(
      (text): PatternRule => ({ source: 'target', written: text, pattern: wholePattern(text) }),
    );
    this.rules = [...IGNORE_FILES.flatMap((name) => patterns[name]), ...target];
    this.matcher = this.rules.length === 0 ? undefined : matcherOf(this.rules);
    const freeing = patterns['.slipwayignore'].filter(({ pattern }) => pattern.startsWith('!'));
    this.includes = new IncludeRules(
      request.include,
      freeing.map(({ pattern }) => pattern.slice(1)),
    );
  }

  static of(request: RuleRequest): FolderRules {
    return new FolderRules(request, { '.gitignore': [], '.kxignore': [], '.slipwayignore': [] }, undefined);
  }

  /** Whether a file of this name holds rules for this request. */
  reads(name: string): name is IgnoreFileName {
    return (
      name === '.slipwayignore' ||
      name === '.kxignore' ||
      (name === '.gitignore' && this.request.useGitignore)
    );
  }

  /** The rules inside of a folder, given the ignore files that stand in it and the rule that it is searched under. */
  within(folder: string, files: ReadonlyMap<IgnoreFileName, string>, searchedUnder?: Rule): FolderRules {
    if (files.size === 0 && searchedUnder === this.inherited) return this;
    const key = JSON.stringify([...files, searchedUnder]);
    const known = this.inner.get(folder);
    if (known?.key === key) return known.rules;
    const patterns = { ...this.patterns };
    for (const [name, text] of files) {
      patterns[name] = [...patterns[name], ...parseIgnoreFile(text, folder, name)];
    }
    const rules = new FolderRules(this.request, patterns, searchedUnder);
    this.inner.set(folder, { key, rules });
    return rules;
  }

  /** @param path Relative to the packed folder, without a slash at its end. */
  decide(path: string, name: string, isFolder: boolean): Decision {
    const denied = deniedBy(name, isFolder);
    if (denied === undefined && this.inherited === undefined && this.matcher === undefined) return IN;
    const marked = isFolder ? `${path}/` : path;
    if (denied !== undefined && !this.includes.frees(marked, denied)) {
      return this.out(path, isFolder, { source: 'built-in', rule: denied });
    }
    if (this.includes.takes(marked) && this.mayLeave(marked)) return IN;
    if (this.inherited !== undefined) return this.out(path, isFolder, this.inherited);
    const matched = this.rules[Number(this.matcher?.test(marked).rule?.mark ?? -1)];
    return matched === undefined
      ? IN
      : this.out(path, isFolder, { source: matched.source, rule: matched.written });
  }

  /**
   * The rule of the deny list that keeps the place a link leads to out of the zip, under whatever name it is linked.
   * @param path Of the link's target, relative to the packed folder.
   */
  deniedTarget(path: string, isFolder: boolean): Rule | undefined {
    const segments = path.split('/');
    for (const [at, name] of segments.entries()) {
      const folder = isFolder || at < segments.length - 1;
      const denied = deniedBy(name, folder);
      const place = segments.slice(0, at + 1).join('/');
      if (denied !== undefined && !this.includes.frees(folder ? `${place}/` : place, denied)) {
        return { source: 'built-in', rule: denied };
      }
    }
    return undefined;
  }

  private mayLeave(marked: string): boolean {
    return this.inherited?.source !== 'built-in' || this.includes.frees(marked, this.inherited.rule);
  }

  private out(path: string, isFolder: boolean, rule: Rule): Decision {
    const denied = rule.source === 'built-in' ? rule.rule : undefined;
    return { fate: isFolder && this.includes.mayTakeFrom(path, denied) ? 'search' : 'out', rule };
  }
}

/** The library names the pattern that matched, not whose it was: the mark is the rule's place in the list. */
function matcherOf(rules: readonly PatternRule[]): Ignore {
  return ignore({ ignorecase: false }).add(rules.map(({ pattern }, at) => ({ pattern, mark: String(at) })));
}
