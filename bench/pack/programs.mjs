// Builds what the packing benchmark runs: the client, and the worker at its own level and at zip's.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const OWN_LEVEL = 'return bytes >= LARGE_FOLDER ? 3 : 6;';

/**
 * @typedef {object} Programs
 * @property {string} client Module that exports `createPacker`.
 * @property {string} worker As shipped: the level follows the folder's size.
 * @property {string} workerAt6 The same, but always at level 6.
 */

/**
 * @param {string} root The project's root folder.
 * @param {string} out Folder to build into.
 * @returns {Promise<Programs>}
 */
export async function buildPackPrograms(root, out) {
  const programs = {
    client: join(out, 'client.mjs'),
    worker: join(out, 'worker.cjs'),
    workerAt6: join(out, 'worker-at-6.cjs'),
  };
  /** @type {import('esbuild').BuildOptions} */
  const common = { absWorkingDir: root, bundle: true, platform: 'node', minify: true, logLevel: 'warning' };
  /** @type {import('esbuild').BuildOptions} */
  const worker = { ...common, format: 'cjs', entryPoints: ['src/package/worker.ts'] };
  await build({
    ...common,
    format: 'esm',
    entryPoints: ['src/package/packer-client.ts'],
    outfile: programs.client,
  });
  await build({ ...worker, outfile: programs.worker });
  await build({ ...worker, outfile: programs.workerAt6, plugins: [always6] });
  return programs;
}

/** @type {import('esbuild').Plugin} */
const always6 = {
  name: 'always-6',
  setup({ onLoad }) {
    onLoad({ filter: /zip[\\/]compress\.ts$/ }, ({ path }) => {
      const source = readFileSync(path, 'utf8');
      if (!source.includes(OWN_LEVEL))
        throw new Error('the benchmark no longer knows where the level is chosen');
      return { contents: source.replace(OWN_LEVEL, 'return bytes >= 0 ? 6 : LARGE_FOLDER;'), loader: 'ts' };
    });
  },
};
