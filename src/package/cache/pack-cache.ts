/** The caches of all folders, each in a folder of its own; the least recently used ones are removed. */
import { createHash } from 'node:crypto';
import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { removing } from '../writing';
import { FolderStore } from './folder-store';
import { belongsToOther } from './ownership';

/** At most this many folders keep a cache: an index, and a zip for each running packer. */
const MOST_FOLDERS = 8;

/**
 * Opens the cache of one folder, and creates it if it does not exist. Refuses with `cache-unwritable`.
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
