/** Decides for every file and folder of a tree whether it is in the zip, and if not, by which rule. */
import type { LeftOut, PackRequest } from '../packer';
import { bytesOf } from './bytes';
import { deniedBy } from './deny-list';
import type { PatternRule } from './ignore-file';
import { IncludeRules } from './include-rules';
import {
  type FolderFiles,
  IGNORE_FILES,
  type IgnoreFileName,
  levelsOf,
  type OuterRules,
  type RepositoryRules,
} from './outer-rules';
import { PlacedList, placeIn, type RulesPlace } from './placed-list';

export { IGNORE_FILES } from './outer-rules';

type RuleRequest = Pick<PackRequest, 'include' | 'ignore' | 'useGitignore' | 'below'>;

export type Rule = Pick<LeftOut, 'source' | 'rule'>;

/** The decision about a file or folder: in the zip, left out, or left out but searched for included files. */
export type Decision =
  | { readonly fate: 'in' }
  | { readonly fate: 'out'; readonly rule: Rule }
  | { readonly fate: 'search'; readonly rule: Rule };

const IN: Decision = { fate: 'in' };

/**
 * For each name of an ignore file, the lists of rules in the files of that name, the outermost folder's first.
 * The lists of `.gitignore` begin with those of `core.excludesFile` and `.git/info/exclude`.
 */
type Lists = Readonly<Record<IgnoreFileName, readonly PlacedList[]>>;

interface Held {
  readonly lists: Lists;
  /** `core.ignoreCase` of the repository that the folder belongs to. */
  readonly ignoreCase: boolean;
  /** The rule that leaves this folder out; the folder is then only searched for included files. */
  readonly inherited: Rule | undefined;
}

/** The data that all folders share. */
interface Shared {
  readonly request: RuleRequest;
  readonly target: PlacedList;
  readonly includes: IncludeRules;
}

/**
 * The rules for the content of one folder. Precedence, the strongest first: the built-in deny list (unless
 * `include` names the file), the request's `include`, its `ignore`, `.slipwayignore`, `.kxignore`,
 * `.gitignore`; among files of one name the deepest. As in git, `.git/info/exclude` is weaker than every
 * `.gitignore`, and `core.excludesFile` is the weakest. The patterns of the request, `.slipwayignore` and
 * `.kxignore` are case-sensitive on every system, so that a folder gives the same zip everywhere. The deny
 * list ignores case, and so do the rules in git's three kinds of files if the repository sets
 * `core.ignoreCase`.
 */
export class FolderRules {
  /** All lists, the strongest first. */
  private readonly lists: readonly PlacedList[];
  /**
   * Rules that were made from these rules: under a folder's path, the rules inside the folder; under `..`, these
   * rules with the outer ones. They are kept because the next walk usually needs the same rules. `key`: the
   * ignore files and other data from which they were made, as a text.
   */
  private readonly inner = new Map<string, { readonly key: string; readonly rules: FolderRules }>();

  private constructor(
    private readonly shared: Shared,
    private readonly held: Held,
  ) {
    const { lists } = held;
    this.lists = [...IGNORE_FILES.flatMap((name) => lists[name]), shared.target]
      .filter((list) => !list.isEmpty)
      .reverse();
  }

  /**
   * The rules that the request itself contains, without any ignore file. Refuses with `rules-too-many`,
   * `rules-alike` or `rule-too-long`.
   */
  static of(request: RuleRequest): FolderRules {
    const target = PlacedList.ofLines(request.ignore, { source: 'target', path: 'ignore' });
    const lists = { '.gitignore': [], '.kxignore': [], '.slipwayignore': [] };
    const shared = { request, target, includes: IncludeRules.of(request.include) };
    return new FolderRules(shared, { lists, ignoreCase: false, inherited: undefined });
  }

  get usesGit(): boolean {
    return this.shared.request.useGitignore;
  }

  /** Path of the packed folder relative to the topmost folder whose `.kxignore` and `.slipwayignore` apply. */
  get below(): string {
    return this.shared.request.below ?? '';
  }

  /**
   * The rule that leaves out the folder or a folder above it; if there is such a rule, only the folder's
   * included files are packed.
   */
  get leftOutBy(): Rule | undefined {
    return this.held.inherited;
  }

  /** Whether a file of this name is an ignore file for this request. */
  reads(name: string): name is IgnoreFileName {
    return name === '.slipwayignore' || name === '.kxignore' || (name === '.gitignore' && this.usesGit);
  }

  /** These rules together with those from outside of the packed folder. Refuses as {@link within}. */
  under(outer: OuterRules): FolderRules {
    if (outer.files.length === 0 && outer.repository === undefined) return this;
    return this.keep('..', JSON.stringify(outer), () => this.placedUnder(outer));
  }

  private placedUnder({ repository, files }: OuterRules): FolderRules {
    const ignoreCase = repository?.ignoreCase ?? false;
    const lists: Record<IgnoreFileName, readonly PlacedList[]> = { ...this.held.lists };
    if (repository !== undefined) lists['.gitignore'] = listsOf(repository, wayPlace(repository.way));
    for (const { source, path, raw, way } of files) {
      const file = { source, path, fold: ignoreCase && source === '.gitignore' };
      lists[source] = [...lists[source], PlacedList.ofFile(raw, file, wayPlace(way))];
    }
    const most = Math.max(0, ...[repository?.way ?? '', ...files.map(({ way }) => way)].map(depthOf));
    const unbound = new FolderRules(this.shared, { lists, ignoreCase, inherited: undefined });
    return new FolderRules(this.shared, { lists, ignoreCase, inherited: unbound.ruleOnWay(most) });
  }

  /**
   * The rule that leaves out the packed folder or a folder above it; of several, that of the topmost folder.
   * @param levels number of folders to examine: the packed folder and those above it
   */
  private ruleOnWay(levels: number): Rule | undefined {
    for (let level = levels - 1; level >= 0; level -= 1) {
      const rule = firstOf(this.lists, (list) => list.findOnWay(level));
      if (rule !== undefined && !rule.pattern.negative) return { source: rule.source, rule: rule.written };
    }
    return undefined;
  }

  /**
   * The rules inside a folder: these rules and those of its ignore files. If the folder is the top of a
   * repository, git's rules for that repository replace those for the outer one. Refuses with `rules-not-text`,
   * `rules-too-large`, `rules-too-many`, `rules-alike`, `rule-too-long`.
   * @param searchedUnder the rule that leaves the folder out, if the folder is only searched for included files
   */
  within(folder: string, found: FolderFiles, searchedUnder?: Rule): FolderRules {
    const { files, repository } = found;
    if (files.size === 0 && repository === undefined && searchedUnder === this.held.inherited) return this;
    const key = JSON.stringify([...files, repository, searchedUnder]);
    return this.keep(folder, key, () => this.placedIn(folder, found, searchedUnder));
  }

  private placedIn(
    folder: string,
    { files, repository }: FolderFiles,
    inherited: Rule | undefined,
  ): FolderRules {
    const place = placeIn(folder);
    const ignoreCase = repository?.ignoreCase ?? this.held.ignoreCase;
    const lists: Record<IgnoreFileName, readonly PlacedList[]> = { ...this.held.lists };
    // git's rules for the outer repository do not apply inside an inner one.
    if (repository !== undefined) lists['.gitignore'] = listsOf(repository, place);
    for (const [name, raw] of files) {
      const path = folder === '' ? name : `${folder}/${name}`;
      const file = { source: name, path, fold: ignoreCase && name === '.gitignore' };
      lists[name] = [...lists[name], PlacedList.ofFile(raw, file, place)];
    }
    return new FolderRules(this.shared, { lists, ignoreCase, inherited });
  }

  private keep(folder: string, key: string, make: () => FolderRules): FolderRules {
    const known = this.inner.get(folder);
    if (known?.key === key) return known.rules;
    const rules = make();
    this.inner.set(folder, { key, rules });
    return rules;
  }

  /**
   * @param path Relative to the packed folder, without a slash at its end.
   * @param isFolder Whether to decide as for a folder: here, a link to a folder counts as a folder; in git, never.
   */
  decide(path: string, name: string, isFolder: boolean): Decision {
    const denied = deniedBy(name, isFolder);
    const { inherited } = this.held;
    if (denied === undefined && inherited === undefined && this.lists.length === 0) return IN;
    if (denied !== undefined && !this.shared.includes.frees(path, isFolder, denied)) {
      return this.out(path, isFolder, { source: 'built-in', rule: denied });
    }
    if (this.shared.includes.takes(path, isFolder) && this.mayLeave(path, isFolder)) return IN;
    if (inherited !== undefined) return this.out(path, isFolder, inherited);
    const bytes = bytesOf(path);
    const rule = firstOf(this.lists, (list) => list.find(bytes, isFolder));
    return rule === undefined || rule.pattern.negative
      ? IN
      : this.out(path, isFolder, { source: rule.source, rule: rule.written });
  }

  /**
   * The rule of the deny list that keeps a link's target out of the zip, since the rule matches the target or a
   * folder above it; undefined if there is no such rule. The link's own name does not matter.
   * @param path the link's target, relative to the packed folder
   */
  deniedTarget(path: string, isFolder: boolean): Rule | undefined {
    const segments = path.split('/');
    for (const [at, name] of segments.entries()) {
      const folder = isFolder || at < segments.length - 1;
      const denied = deniedBy(name, folder);
      const place = segments.slice(0, at + 1).join('/');
      if (denied !== undefined && !this.shared.includes.frees(place, folder, denied)) {
        return { source: 'built-in', rule: denied };
      }
    }
    return undefined;
  }

  private mayLeave(path: string, isFolder: boolean): boolean {
    const { inherited } = this.held;
    return inherited?.source !== 'built-in' || this.shared.includes.frees(path, isFolder, inherited.rule);
  }

  private out(path: string, isFolder: boolean, rule: Rule): Decision {
    const denied = rule.source === 'built-in' ? rule.rule : undefined;
    return { fate: isFolder && this.shared.includes.mayTakeFrom(path, denied) ? 'search' : 'out', rule };
  }
}

function listsOf({ files, ignoreCase }: RepositoryRules, place: RulesPlace): readonly PlacedList[] {
  return files.map(({ source, path, raw }) =>
    PlacedList.ofFile(raw, { source, path, fold: ignoreCase }, place),
  );
}

function wayPlace(way: string): RulesPlace {
  return way === '' ? placeIn('') : { above: bytesOf(way) };
}

function depthOf(way: string): number {
  return levelsOf(way).length;
}

/** The rule from the strongest list that has a rule for the path. */
function firstOf(
  lists: readonly PlacedList[],
  find: (list: PlacedList) => PatternRule | undefined,
): PatternRule | undefined {
  for (const list of lists) {
    const rule = find(list);
    if (rule !== undefined) return rule;
  }
  return undefined;
}
