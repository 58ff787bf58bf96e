/**
 * The caches of all folders, each in a folder of its own; only those that were written to most recently are
 * kept.
 */
import { createHash } from 'node:crypto';
import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { removing } from '../writing';
import { FolderStore } from './folder-store';
import { belongsToOther } from './ownership';

/**
 * The number of folders that keep a cache: an index, and a zip for each running packer. A further cache stays
 * only while it contains a file of another owner that still runs.
 */
const MOST_FOLDERS = 8;

/**
 * Opens the cache of one folder, creates it if it does not exist, and removes the caches that are no longer
 * kept. Refuses with `cache-unwritable` if the folder cannot be created; a cache that cannot be removed
 * stays.
 * @param cacheFolder Absolute path of the folder with all caches.
 * @param root The path that identifies the folder.
 */
export function openFolderStore(cacheFolder: string, root: string, owner: string): FolderStore {
  const name = createHash('sha256').update(root).digest('hex').slice(0, 20);
  const store = new FolderStore(join(cacheFolder, name), owner);
  store.open();
  removing(() => removeOldest(cacheFolder, name, owner));
  return store;
}

function removeOldest(cacheFolder: string, current: string, owner: string): void {
  const others = readdirSync(cacheFolder, { withFileTypes: true })
    .filter((item) => item.isDirectory() && item.name !== current)
    .map(({ name }) => ({ path: join(cacheFolder, name), usedAt: statSync(join(cacheFolder, name)).mtimeMs }))
    .sort((a, b) => b.usedAt - a.usedAt);
  for (const { path } of others.slice(MOST_FOLDERS - 1)) {
    removing(() => {
      if (readdirSync(path).some((file) => belongsToOther(file, owner))) return;
      rmSync(path, { recursive: true, force: true });
    });
  }
}
