/**
 * Decides without a walk whether a file concerns a folder's zip: reads only git's rules and the ignore files
 * in the folders above the file.
 */

import { getOrMake, loadOnce } from '../../model/cache';
import { failureOf } from '../../model/failure';
import { present } from '../../model/present';
import type { PackRequest } from '../packer';
import { FolderRules } from './folder-rules';
import {
  type FolderFiles,
  IGNORE_FILES,
  levelsOf,
  type OuterFile,
  type OuterRules,
  OWN_FILES,
  type RepositoryRules,
} from './outer-rules';

export type SingleFilesRequest = Pick<PackRequest, 'include' | 'ignore' | 'useGitignore' | 'below'>;

/** Reads git's rules: `above` reads those from outside of the packed folder, `at` those for an inner repository. */
export interface GitReader {
  above(): OuterRules;
  /** Undefined if the folder is not the top of its own repository. */
  at(folder: string): RepositoryRules | undefined;
}

/** The reader for folders without git. */
const NO_GIT: GitReader = { above: () => ({ files: [] }), at: () => undefined };

/** The rules inside a folder; undefined if nothing in it is packed. */
type Inside = Promise<FolderRules | undefined>;

/**
 * Judges a file only by its path and the rules, and follows no links: a file that is in the zip only because
 * a link leads to it does not count as packed. Paths are relative to the packed folder, with `/` between
 * segments.
 */
export class SingleFiles {
  /** The rules that were read so far, by folder. */
  private known = new Map<string, Inside>();
  private outer = loadOnce(() => this.readOuter());

  /** @param read returns a file's content, one character for each byte; undefined if no readable file exists */
  constructor(
    private readonly request: SingleFilesRequest,
    private readonly read: (path: string) => Promise<string | undefined>,
    private readonly git: GitReader = NO_GIT,
  ) {}

  /** Called when ignore files in the folder may have changed. */
  forget(): void {
    // A call of `concerns` under way continues with the old rules, and adds nothing to the new map.
    this.known = new Map();
  }

  /** Called when rules outside of the folder may have changed. */
  forgetOuter(): void {
    this.outer = loadOnce(() => this.readOuter());
    this.forget();
  }

  /** As {@link isOuterRules}, for this request. */
  isOuter(path: string): boolean {
    return isOuterRules(path, this.request);
  }

  /**
   * Whether the file at the path, or anything in the folder there, may be in the zip, or is an ignore file that
   * applies to files in the zip. True if rules are refused, as for an ignore file that is too large: the run
   * that follows then reports the reason.
   */
  async concerns(path: string, isFolder: boolean): Promise<boolean> {
    if (this.isOuter(path)) return !isFolder;
    if (path.startsWith('../')) return false;
    try {
      return await this.isPacked(path, isFolder);
    } catch (error) {
      if (failureOf(error).kind === 'refused') return true;
      throw error;
    }
  }

  private async isPacked(path: string, isFolder: boolean): Promise<boolean> {
    const known = this.known;
    const folders = path.split('/');
    const name = folders.pop() ?? '';
    let folder = '';
    let rules = await keptOf(known, folder, () => this.root());
    for (const next of folders) {
      const outer = rules;
      if (outer === undefined) return false;
      const inner = below(folder, next);
      rules = await keptOf(known, inner, () => this.enter(outer, inner, next));
      folder = inner;
    }
    if (rules === undefined) return false;
    if (!isFolder && rules.reads(name)) return true;
    return rules.decide(path, name, isFolder).fate !== 'out';
  }

  private async root(): Inside {
    const rules = FolderRules.of(this.request).under(await this.outer());
    return rules.within('', { files: await this.ignoreFiles('', rules) }, rules.leftOutBy);
  }

  private async readOuter(): Promise<OuterRules> {
    const own = levelsOf(this.request.below ?? '').flatMap(({ up, way }) =>
      OWN_FILES.map(async (source): Promise<readonly OuterFile[]> => {
        const raw = await this.read(`${up}/${source}`);
        return raw === undefined ? [] : [{ source, path: `${up}/${source}`, raw, way }];
      }),
    );
    const git = this.request.useGitignore ? this.git.above() : NO_GIT.above();
    return { ...git, files: [...git.files, ...(await Promise.all(own)).flat()] };
  }

  private async enter(outer: FolderRules, folder: string, name: string): Inside {
    const decision = outer.decide(folder, name, true);
    if (decision.fate === 'out') return undefined;
    const files = await this.ignoreFiles(folder, outer);
    const repository = outer.usesGit ? this.git.at(folder) : undefined;
    const found = { files, ...present({ repository }) };
    return outer.within(folder, found, decision.fate === 'search' ? decision.rule : undefined);
  }

  private async ignoreFiles(folder: string, rules: FolderRules): Promise<FolderFiles['files']> {
    const texts = await Promise.all(
      IGNORE_FILES.filter((name) => rules.reads(name)).map(
        async (name) => [name, await this.read(below(folder, name))] as const,
      ),
    );
    return new Map(texts.flatMap(([name, text]) => (text === undefined ? [] : [[name, text] as const])));
  }
}

/**
 * Whether the path is that of a file whose rules may apply in the packed folder from outside: an ignore file
 * above the folder, or a `.git/info/exclude` in or above it.
 * @param path relative to the packed folder; `../` leads out of it
 */
export function isOuterRules(path: string, request: SingleFilesRequest): boolean {
  const [, ups = '', rest = ''] = /^((?:\.\.\/)*)(.*)$/s.exec(path) ?? [];
  const levels = ups.length / '../'.length;
  if (rest === '.git/info/exclude') return request.useGitignore;
  if (rest === '.gitignore') return levels > 0 && request.useGitignore;
  const isOwn = OWN_FILES.some((file) => file === rest);
  return isOwn && levels > 0 && levels <= levelsOf(request.below ?? '').length;
}

/** The rules in a folder, made at the first call. After a failure, the next call makes them again. */
function keptOf(known: Map<string, Inside>, folder: string, make: () => Inside): Inside {
  return getOrMake(known, folder, () =>
    make().catch((thrown: unknown) => {
      known.delete(folder);
      throw thrown;
    }),
  );
}

function below(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}
