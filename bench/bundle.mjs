// Makes TypeScript of the project loadable for a benchmark, in a process that runs without a test runner.
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const ROOT = resolve(import.meta.dirname, '..');

/**
 * Bundles a module and imports it. It lands two folders below the root, as deep as the tests, so that their paths to
 * built programs hold.
 * @param {string} entry A path from the project's root.
 * @param {Record<string, string>} [alias] What stands in for packages that are not there, as paths from the root.
 * @returns {Promise<unknown>} The module.
 */
export async function bundled(entry, alias = {}) {
  const outfile = join(ROOT, 'out/bench', `${entry.replaceAll(/[^a-z]+/g, '-')}.mjs`);
  await build({
    absWorkingDir: ROOT,
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'warning',
    // A stand-in that lacks what is asked of it.
    logOverride: { 'import-is-undefined': 'error' },
    alias,
  });
  return import(pathToFileURL(outfile).href);
}
