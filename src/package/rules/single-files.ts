/** Whether single files concern a folder's zip, told without a walk: all that is read are ignore files on the way there. */
import type { PackRequest } from '../packer';
import { FolderRules, IGNORE_FILES, type IgnoreFileName } from './folder-rules';

export type SingleFilesRequest = Pick<PackRequest, 'include' | 'ignore' | 'useGitignore'>;

/** The rules inside of a folder; undefined where nothing of it is packed. */
type Inside = Promise<FolderRules | undefined>;

/**
 * Names and rules alone decide, as for a walk that meets no link: what is packed under the name of a link only is not
 * known here. Paths are relative to the packed folder, with `/` between segments.
 */
export class SingleFiles {
  /** What was read, by folder. */
  #known = new Map<string, Inside>();

  /** @param read The text of a file; undefined where there is none that can be read. */
  constructor(
    private readonly request: SingleFilesRequest,
    private readonly read: (path: string) => Promise<string | undefined>,
  ) {}

  /** An ignore file has changed, somewhere. */
  forget(): void {
    // Whoever is on his way through the old rules goes on with them, and leaves nothing of them behind.
    this.#known = new Map();
  }

  /** Whether a file, or something in a folder, may be in the zip, or is an ignore file that counts for what is. */
  async concerns(path: string, isFolder: boolean): Promise<boolean> {
    const known = this.#known;
    const folders = path.split('/');
    const name = folders.pop() ?? '';
    let folder = '';
    let rules = await kept(known, folder, () => this.#root());
    for (const next of folders) {
      const outer = rules;
      if (outer === undefined) return false;
      const inner = below(folder, next);
      rules = await kept(known, inner, () => this.#enter(outer, inner, next));
      folder = inner;
    }
    if (rules === undefined) return false;
    if (!isFolder && rules.reads(name)) return true;
    return rules.decide(path, name, isFolder).fate !== 'out';
  }

  async #root(): Inside {
    const rules = FolderRules.of(this.request);
    return rules.within('', await this.#ignoreFiles('', rules));
  }

  async #enter(outer: FolderRules, folder: string, name: string): Inside {
    const decision = outer.decide(folder, name, true);
    if (decision.fate === 'out') return undefined;
    const files = await this.#ignoreFiles(folder, outer);
    return outer.within(folder, files, decision.fate === 'search' ? decision.rule : undefined);
  }

  async #ignoreFiles(folder: string, rules: FolderRules): Promise<ReadonlyMap<IgnoreFileName, string>> {
    const texts = await Promise.all(
      IGNORE_FILES.filter((name) => rules.reads(name)).map(
        async (name) => [name, await this.read(below(folder, name))] as const,
      ),
    );
    return new Map(texts.flatMap(([name, text]) => (text === undefined ? [] : [[name, text] as const])));
  }
}

function below(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

function kept(known: Map<string, Inside>, folder: string, find: () => Inside): Inside {
  const inside = known.get(folder) ?? find();
  known.set(folder, inside);
  return inside;
}
