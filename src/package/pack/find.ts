/** Finds a folder's files and decides how their contents are read: from disk, or through the extension host. */

import type { PackProgress, PackRequest } from '../packer';
import { refuse } from '../refusal';
import type { FolderRules } from '../rules/folder-rules';
import { DiskFolder } from '../walk/disk-folder';
import { FetchedFolder } from '../walk/fetched-folder';
import type { StatPrefetch } from '../walk/stat-prefetch';
import { type FoundFile, type SoFar, type Walk, walk } from '../walk/walk';
import { type CancelFlag, throwIfRaised } from './cancel';
import type { Source } from './job';
import type { TreePort } from './tree-port';

/** Provides the sources from which jobs read files. */
export interface Contents {
  /** The source from which a job reads the file. Refuses with `file-changing` or `file-unreadable`. */
  source(file: FoundFile): Source | Promise<Source>;
  /** True if equal size and times mean that a file has not changed. */
  readonly statsTell: boolean;
}

export interface Found {
  readonly walk: Walk;
  readonly contents: Contents;
}

/** Stops a search if `cancel` is raised, and receives the progress of the search. */
export interface Watch {
  readonly cancel: CancelFlag;
  readonly report: (progress: PackProgress) => void;
}

/**
 * Finds the files of a folder on disk, and leaves reading them to the jobs. Refuses as {@link walk} and
 * {@link DiskFolder} do, and with `file-changing` if, after the walk, the root's path leads to another
 * folder.
 */
export function findOnDisk(
  { root, within }: Pick<PackRequest, 'root' | 'within'>,
  rules: FolderRules,
  watch: Watch,
  prefetch?: StatPrefetch,
): Found {
  try {
    const folder = new DiskFolder(root, prefetch, within);
    const found = walk(folder, rules, (soFar) => progress(soFar, watch));
    if (!folder.isWhereItWas()) throw refuse('file-changing', { path: root });
    return {
      walk: found,
      contents: {
        source: ({ path, place, stat }) => ({ path, place: folder.place(place), stat }),
        statsTell: true,
      },
    };
  } finally {
    prefetch?.end();
  }
}

/**
 * As {@link findOnDisk}, but each source carries the file's bytes. Equal size and times prove nothing
 * here, since virtual file systems often have no times.
 */
export async function findThrough(tree: TreePort, rules: FolderRules, watch: Watch): Promise<Found> {
  const folder = new FetchedFolder(tree, rules);
  await folder.fetchOuter();
  let found = walk(folder, rules, (soFar) => progress(soFar, watch));
  while (await folder.fetchMissing()) found = walk(folder, rules, (soFar) => progress(soFar, watch));
  return { walk: found, contents: { source: lastKept((file) => fetchSource(tree, file)), statsTell: false } };
}

function progress(soFar: SoFar, { cancel, report }: Watch): void {
  throwIfRaised(cancel);
  report({ phase: 'walking', ...soFar });
}

async function fetchSource(tree: TreePort, { path, place, stat }: FoundFile): Promise<Source> {
  const bytes = await tree.read(place);
  if (bytes.length !== stat.size) throw refuse('file-changing', { path });
  return { path, bytes, stat };
}

/** Keeps the content that was last fetched, since the pieces of a large file are requested one after the other. */
function lastKept(fetch: (file: FoundFile) => Promise<Source>): Contents['source'] {
  let last: { readonly file: FoundFile; readonly source: Promise<Source> } | undefined;
  return (file) => {
    if (last?.file !== file) last = { file, source: fetch(file) };
    return last.source;
  };
}
