// Makes programs into dist/, once or again after each change, and puts beside them what they are shipped with.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { build, context } from 'esbuild';
import { thirdPartyNotices } from './notices.mjs';
import { refuseDynamicRequire, writeProgram, writeWhole } from './output.mjs';
import { esbuildOptions, PROGRAMS } from './programs.mjs';
import { targetSchema } from './target-schema.mjs';

/**
 * @typedef {object} BuildRequest
 * @property {string} root The project's root folder.
 * @property {readonly string[]} [only] Names of the programs to make; all where absent.
 * @property {boolean} [dev] Source maps, readable names.
 */

/**
 * Builds once.
 * @param {BuildRequest} request
 * @returns {Promise<{ name: string, metafile: import('esbuild').Metafile }[]>} One for each program that was made.
 * @throws On any error of esbuild, a missing source included.
 */
export async function buildOnce(request) {
  const programs = chosenPrograms(request);
  const made = await Promise.all(
    programs.map(async (program) => {
      const { metafile } = await build(optionsOf(program, request));
      return { name: program.name, metafile };
    }),
  );
  if (request.only === undefined) {
    const notices = thirdPartyNotices(
      request.root,
      made.map(({ metafile }) => metafile),
    );
    writeWhole(join(request.root, 'dist/THIRD-PARTY-NOTICES.txt'), notices);
    writeWhole(join(request.root, 'dist/slipway.schema.json'), await targetSchema(request.root));
  }
  return made;
}

/**
 * Builds, and again after every change until the process ends.
 * @param {BuildRequest} request
 */
export async function buildOnChange(request) {
  for (const program of chosenPrograms(request)) {
    // Says when a build begins and ends: the watch task of .vscode waits for these lines.
    const watched = await context({ ...optionsOf(program, request), logLevel: 'info' });
    await watched.watch();
  }
}

/** @param {BuildRequest} request */
function chosenPrograms({ only }) {
  const unknown = only?.find((name) => !PROGRAMS.some((program) => program.name === name));
  if (unknown !== undefined) throw new Error(`there is no program "${unknown}"`);
  return PROGRAMS.filter(({ name }) => only === undefined || only.includes(name));
}

/**
 * @param {import('./programs.mjs').Program} program
 * @param {BuildRequest} request
 */
function optionsOf(program, { root, dev = false }) {
  const dist = join(root, 'dist');
  /** @type {import('esbuild').Plugin} */
  const output = {
    name: 'output',
    setup({ onEnd }) {
      onEnd(({ errors, outputFiles = [] }) => {
        if (errors.length > 0) return;
        refuseDynamicRequire(outputFiles);
        mkdirSync(dist, { recursive: true });
        writeProgram(dist, program.name, outputFiles);
      });
    },
  };
  const options = esbuildOptions(program, root, dev);
  return { ...options, plugins: [...(options.plugins ?? []), output] };
}
