/** Reads a target's folder on disk to judge changes that were made outside of the editor. */
import { realpathSync } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { readSmallFile } from '../../model/small-file';
import { gitRulesAbove, gitRulesAt } from '../../package/git/git-rules';
import { LARGEST_RULES } from '../../package/rules/ignore-text';
import type { OutsideFiles } from './outside-changes';

/** @param root absolute path of the folder */
export function localFiles(root: string): OutsideFiles {
  return {
    look: async (path) => {
      try {
        const stats = await lstat(join(root, path));
        // A moved file keeps the modification time of its content, but gets a new change time.
        return { isFolder: stats.isDirectory(), changedAt: Math.max(stats.mtimeMs, stats.ctimeMs) };
      } catch {
        return undefined;
      }
    },
    read: async (path) => {
      try {
        const file = join(root, path);
        // As in git, a `.gitignore` that is a symbolic link is not followed.
        if (basename(file) === '.gitignore' && (await lstat(file)).isSymbolicLink()) return undefined;
        return Buffer.from(readSmallFile(file, LARGEST_RULES)).toString('latin1');
      } catch {
        return undefined;
      }
    },
    list: async (path) => {
      try {
        const entries = await readdir(join(root, path), { withFileTypes: true });
        return entries.map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() }));
      } catch {
        return [];
      }
    },
    git: {
      above: () => gitRulesAbove(realpathSync.native(root)),
      at: (folder) => gitRulesAt(join(root, folder)),
    },
  };
}
