// Tells whether node_modules holds what package-lock.json asks for, from the record that npm itself keeps there.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Extra packages do no harm; an install that was interrupted leaves no record, or an older one.
 * @param {string} root Folder of a package-lock.json.
 */
export function packagesMatchLock(root) {
  const wanted = readLock(join(root, 'package-lock.json'));
  const installed = readLock(join(root, 'node_modules/.package-lock.json'));
  if (wanted === undefined) throw new Error(`${root} has no package-lock.json`);
  if (installed === undefined) return false;
  return Object.entries(wanted).every(([path, { version, integrity, optional }]) => {
    if (path === '') return true;
    const found = installed[path];
    if (found === undefined) return optional === true; // made for another platform
    return found.version === version && found.integrity === integrity;
  });
}

/**
 * @param {string} file
 * @returns {Record<string, { version?: string, integrity?: string, optional?: boolean }> | undefined}
 */
function readLock(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT' || error instanceof SyntaxError)
      return undefined;
    throw error;
  }
}
