// Writes what esbuild made so that a reader never sees half a file, and removes what an earlier build left behind.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

/**
 * Replaces a file as a whole; leaves it alone where it holds the same bytes already.
 * @param {string} file
 * @param {string | Uint8Array} contents
 */
export function writeWhole(file, contents) {
  const bytes = Buffer.from(contents);
  if (existsSync(file) && readFileSync(file).equals(bytes)) return;
  mkdirSync(dirname(file), { recursive: true });
  const partial = `${file}.${process.pid}.partial`;
  writeFileSync(partial, bytes);
  renameSync(partial, file);
}

/**
 * Writes the files of one program and removes its files that are not among them (pieces with another hash, old maps).
 * @param {string} dist
 * @param {string} program What every file of the program under dist starts with.
 * @param {readonly import('esbuild').OutputFile[]} files
 */
export function writeProgram(dist, program, files) {
  for (const file of files) writeWhole(file.path, file.contents);
  const kept = new Set(files.map((file) => relative(dist, file.path)));
  for (const found of readdirSync(dist, { recursive: true, withFileTypes: true })) {
    const path = relative(dist, join(found.parentPath, found.name));
    const own = path.startsWith(`${program}.`) || path.startsWith(program + sep);
    if (found.isFile() && own && !kept.has(path) && !path.endsWith('.partial'))
      rmSync(join(dist, path), { force: true });
  }
}

/**
 * esbuild puts this text into a bundle whose CommonJS part asks for a module at run time; as an ES module it would
 * fail when it gets there.
 * @param {readonly import('esbuild').OutputFile[]} files
 */
export function refuseDynamicRequire(files) {
  for (const file of files) {
    if (file.path.endsWith('.mjs') && file.text.includes('Dynamic require of')) {
      throw new Error(`${file.path} holds a require() that an ES module cannot carry out`);
    }
  }
}
