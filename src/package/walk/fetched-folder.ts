/**
 * A folder of which some is known and the rest is still to be fetched: what a walk asks for in vain is noted, so that
 * fetching and walking take turns until nothing is missing. Each turn gets one more level of the tree, all at once.
 */
import type { FileStat } from '../content/steady-file';
import { IGNORE_FILES } from '../rules/folder-rules';
import type { SourceItem, SourceStat } from '../source-tree';
import type { FolderReader, LinkTarget } from './folder-reader';

/** Where the pieces come from. */
export interface Fetcher {
  list(folder: string): Promise<readonly SourceItem[]>;
  stat(file: string): Promise<SourceStat>;
  read(file: string): Promise<Buffer>;
}

export class FetchedFolder implements FolderReader {
  private readonly lists = new Map<string, readonly SourceItem[]>();
  private readonly stats = new Map<string, FileStat>();
  private readonly texts = new Map<string, string>();
  private missingLists: string[] = [];
  private missingStats: string[] = [];

  constructor(private readonly fetcher: Fetcher) {}

  /** Fetches what the last walk asked for in vain; false when it lacked nothing. */
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

  follow(): LinkTarget {
    return { kind: 'none', code: 'unknown-target' };
  }

  isExact(_folder: string, name: string): boolean {
    return !/\p{Surrogate}/u.test(name);
  }

  /** The rules that stand in a folder come with it: without them the walk would look into what they leave out. */
  private async fetchList(folder: string): Promise<void> {
    const items = await this.fetcher.list(folder);
    const rules = items.filter(
      ({ name, kind }) => kind === 'file' && IGNORE_FILES.some((file) => file === name),
    );
    await Promise.all(
      rules.map(async ({ name }) => {
        const path = folder === '' ? name : `${folder}/${name}`;
        this.texts.set(path, (await this.fetcher.read(path)).toString('utf8'));
      }),
    );
    this.lists.set(folder, items);
  }
}

function statOf({ size, modifiedAt }: SourceStat): FileStat {
  return { size, modifiedMs: modifiedAt, changedMs: modifiedAt, inode: 0, device: 0, executable: false };
}
