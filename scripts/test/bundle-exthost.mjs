#!/usr/bin/env node
// Bundles test/exthost into out/exthost, for npm test and for the debugger.
import { readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';

const ROOT = resolve(import.meta.dirname, '../..');

if (process.argv[1] === import.meta.filename) await bundleExthostTests();

/** One CommonJS file a test file, since the extension host loads neither TypeScript nor, under `run`, ES modules. */
export async function bundleExthostTests() {
  const folder = join(ROOT, 'test/exthost');
  rmSync(join(ROOT, 'out/exthost'), { recursive: true, force: true });
  await build({
    absWorkingDir: ROOT,
    entryPoints: readdirSync(folder)
      .filter((name) => name === 'index.ts' || name.endsWith('.test.ts'))
      .map((name) => join(folder, name)),
    outdir: 'out/exthost',
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    sourcemap: 'inline',
    packages: 'external',
    logLevel: 'warning',
  });
}
