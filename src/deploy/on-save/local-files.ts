/** A target's folder on disk. */
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { readSmallFile } from '../../model/small-file';
import { LARGEST_RULES } from '../../package/walk/disk-folder';
import type { OutsideFiles } from './outside-changes';

/** @param root Absolute. */
export function localFiles(root: string): OutsideFiles {
  return {
    look: async (path) => {
      try {
        const stats = await lstat(join(root, path));
        // A file that is moved keeps the time of its content.
        return { isFolder: stats.isDirectory(), changedAt: Math.max(stats.mtimeMs, stats.ctimeMs) };
      } catch {
        return undefined;
      }
    },
    read: async (path) => {
      try {
        return new TextDecoder().decode(readSmallFile(join(root, path), LARGEST_RULES));
      } catch {
        return undefined;
      }
    },
  };
}
