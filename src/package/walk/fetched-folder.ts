/**
 * A folder that is fetched piece by piece. A walk records the pieces that are missing; fetches and walks
 * alternate until no piece is missing. Each fetch gets all the missing pieces of one more level of the tree.
 */

import { failureOf } from '../../model/failure';
import type { FileStat } from '../content/steady-file';
import type { FolderRules } from '../rules/folder-rules';
import {
  levelsOf,
  type OuterFile,
  type OuterRules,
  OWN_FILES,
  type RepositoryRules,
} from '../rules/outer-rules';
import type { SourceItem, SourceStat } from '../source-tree';
import type { FolderReader, LinkTarget } from './folder-reader';

/** Fetches the pieces. */
export interface Fetcher {
  list(folder: string): Promise<readonly SourceItem[]>;
  stat(file: string): Promise<SourceStat>;
  /** Refuses with `file-changing` if the file does not exist. */
  read(file: string): Promise<Buffer>;
}

export class FetchedFolder implements FolderReader {
  private readonly lists = new Map<string, readonly SourceItem[]>();
  private readonly stats = new Map<string, FileStat>();
  private readonly texts = new Map<string, string>();
  private outer: readonly OuterFile[] = [];
  private missingLists: string[] = [];
  private missingStats: string[] = [];

  constructor(
    private readonly fetcher: Fetcher,
    private readonly rules: Pick<FolderRules, 'below' | 'reads'>,
  ) {}

  /** Fetches those ignore files in the folders above that apply in this folder. */
  async fetchOuter(): Promise<void> {
    const asked = levelsOf(this.rules.below).flatMap(({ up, way }) =>
      OWN_FILES.map(async (source): Promise<readonly OuterFile[]> => {
        const path = `${up}/${source}`;
        const raw = await this.readIfThere(path);
        return raw === undefined ? [] : [{ source, path, raw, way }];
      }),
    );
    this.outer = (await Promise.all(asked)).flat();
  }

  private async readIfThere(path: string): Promise<string | undefined> {
    try {
      return (await this.fetcher.read(path)).toString('latin1');
    } catch (error) {
      const failure = failureOf(error);
      if (failure.kind === 'refused' && failure.code === 'file-changing') return undefined;
      throw error;
    }
  }

  /** Fetches the pieces that were missing in the last walk. Returns false if no piece was missing. */
  async fetchMissing(): Promise<boolean> {
    const [folders, files] = [this.missingLists, this.missingStats];
    this.missingLists = [];
    this.missingStats = [];
    await Promise.all([
      ...folders.map((folder) => this.fetchList(folder)),
      ...files.map(async (file) => this.stats.set(file, statOf(await this.fetcher.stat(file)))),
    ]);
    return folders.length + files.length > 0;
  }

  list(folder: string): readonly SourceItem[] {
    const items = this.lists.get(folder);
    if (items === undefined) this.missingLists.push(folder);
    return items ?? [];
  }

  stat(file: string): FileStat | undefined {
    const stat = this.stats.get(file);
    if (stat === undefined) this.missingStats.push(file);
    return stat;
  }

  text(file: string): string {
    return this.texts.get(file) ?? '';
  }

  /** The outer rules, without git's rules: git cannot work in a folder that is not on disk. */
  outerRules(): OuterRules {
    return { files: this.outer };
  }

  repository(): RepositoryRules | undefined {
    return undefined;
  }

  follow(): LinkTarget {
    return { kind: 'none', code: 'unknown-target' };
  }

  isExact(_folder: string, name: string): boolean {
    return !/\p{Surrogate}/u.test(name);
  }

  /**
   * Fetches a folder's list together with those of its ignore files whose rules apply: without these files,
   * the walk would enter folders that they leave out.
   */
  private async fetchList(folder: string): Promise<void> {
    const items = await this.fetcher.list(folder);
    // As on disk, a `.gitignore` that is a link is not read.
    const rules = items.filter(
      ({ name, kind }) =>
        kind !== 'folder' && this.rules.reads(name) && !(kind === 'link' && name === '.gitignore'),
    );
    await Promise.all(
      rules.map(async ({ name }) => {
        const path = folder === '' ? name : `${folder}/${name}`;
        this.texts.set(path, (await this.fetcher.read(path)).toString('latin1'));
      }),
    );
    this.lists.set(folder, items);
  }
}

function statOf({ size, modifiedAt }: SourceStat): FileStat {
  return { size, modifiedMs: modifiedAt, changedMs: modifiedAt, inode: 0, device: 0, executable: false };
}
