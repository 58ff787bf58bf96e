/**
 * Reads git's own files and the files with ignore rules. Never starts the program git: the configuration
 * of an untrusted folder could make git run anything.
 */

import { lstatSync, readFileSync, statSync } from 'node:fs';
import { codeOf, refuse } from '../refusal';

/**
 * The bytes of a file, one character each; undefined if it does not exist or is a folder. Refuses with
 * `file-unreadable`, also for a device or a pipe, and with `rules-too-large` for a file of more than `most`
 * bytes.
 */
export function readIfThere(path: string, most: number): string | undefined {
  return reading(path, () => {
    const stats = statSync(path);
    if (stats.isDirectory()) return undefined;
    if (!stats.isFile()) throw refuse('file-unreadable', { path });
    if (stats.size > most) throw refuse('rules-too-large', { path, limit: most });
    return readFileSync(path, 'latin1');
  });
}

/** Whether the path is a link; false if it does not exist. Refuses with `file-unreadable`. */
export function isLink(path: string): boolean {
  return reading(path, () => lstatSync(path).isSymbolicLink()) ?? false;
}

/** Returns the result of `read`; undefined if the file does not exist. Refuses with `file-unreadable`. */
function reading<T>(path: string, read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof Object && 'failure' in error) throw error;
    const code = codeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw refuse('file-unreadable', { path, code }, error);
  }
}
