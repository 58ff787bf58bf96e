// The programs that make up the extension, and how esbuild makes each one.
import { literalSchemaKeys } from './literal-schema-keys.mjs';
import { vscodeOnce } from './vscode-once.mjs';

/**
 * @typedef {object} Program
 * @property {string} name Also what every file of it under dist/ starts with.
 * @property {string} source The entry file, relative to the project's root.
 * @property {import('esbuild').BuildOptions} options What sets it apart from the other programs.
 */

/** @satisfies {import('esbuild').BuildOptions} */
const WITH_VSCODE = {
  plugins: [vscodeOnce],
  // A name that is imported from `vscode` and missing in vscode-once.mjs.
  logOverride: { 'import-is-undefined': /** @type {const} */ ('error') },
};

/** @type {readonly Program[]} */
export const PROGRAMS = [
  {
    name: 'extension',
    source: 'src/extension.ts',
    options: { ...WITH_VSCODE, format: 'cjs', outfile: 'dist/extension.js' },
  },
  {
    // Loaded by extension.js when there is something to show or to do, so that starting VS Code stays cheap.
    name: 'slipway',
    source: 'src/slipway.ts',
    options: {
      format: 'cjs',
      outfile: 'dist/slipway.js',
      ...WITH_VSCODE,
      mainFields: ['module', 'main'],
    },
  },
  {
    // ES modules in pieces: a client is loaded when it is first used, EC2 (by far the largest) mostly never.
    name: 'aws',
    source: 'src/aws/index.ts',
    options: {
      format: 'esm',
      splitting: true,
      outdir: 'dist/aws',
      outExtension: { '.js': '.mjs' },
      chunkNames: '[name]-[hash]',
      mainFields: ['module', 'main'],
      alias: { '@aws-sdk/credential-provider-node': './scripts/build/no-default-chain.mjs' },
      plugins: [literalSchemaKeys],
    },
  },
  {
    // The client of the Kubernetes APIs of clusters, loaded when the first of them is asked something.
    name: 'kubernetes',
    source: 'src/kubernetes/index.ts',
    options: { format: 'esm', outfile: 'dist/kubernetes.mjs' },
  },
  {
    name: 'pack-worker',
    source: 'src/package/worker.ts',
    options: { format: 'cjs', outfile: 'dist/pack-worker.js' },
  },
  {
    name: 'sandbox',
    source: 'src/sandbox/main.ts',
    options: { format: 'cjs', outfile: 'dist/sandbox.js' },
  },
  {
    // Runs in webviews, with the elements that pages use and no others; its style lies beside it.
    name: 'page',
    source: 'src/view/pages/script/main.ts',
    options: {
      format: 'iife',
      platform: 'browser',
      // The browser of the oldest VS Code that Slipway runs in.
      target: 'chrome138',
      outfile: 'dist/page.js',
    },
  },
];

/** Its build for node requires modules, which VS Code resolves slowly: two milliseconds of each start. */
export const QUICK_TO_LOAD = { '@vscode/l10n': './node_modules/@vscode/l10n/dist/browser.js' };

/**
 * @param {Program} program
 * @param {string} root The project's root folder.
 * @param {boolean} dev Readable output with source maps, never packaged.
 * @returns {import('esbuild').BuildOptions & { write: false; metafile: true }}
 */
export function esbuildOptions(program, root, dev) {
  return {
    platform: 'node',
    target: 'node22',
    ...program.options,
    absWorkingDir: root,
    entryPoints: [program.source],
    bundle: true,
    minify: !dev,
    sourcemap: dev ? 'linked' : false,
    legalComments: 'none',
    logLevel: 'warning',
    alias: { ...program.options.alias, ...QUICK_TO_LOAD },
    metafile: true,
    write: false,
  };
}
