#!/usr/bin/env node
// npm run build: makes the programs of the extension into dist/ and prints their sizes.
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { buildOnChange, buildOnce } from './build/build.mjs';
import { writeWhole } from './build/output.mjs';

const USAGE = `npm run build -- [options]
  --dev         readable output with source maps (never packaged)
  --watch       build again after every change
  --metafile    also write out/build/<program>.json for https://esbuild.github.io/analyze/
  --help        this text`;

const { values: options } = parseArgs({
  options: {
    dev: { type: 'boolean' },
    watch: { type: 'boolean' },
    metafile: { type: 'boolean' },
    help: { type: 'boolean' },
  },
});
/** Bytes: pieces below are many and small. */
const WORTH_A_LINE = 50 * 1024;
const root = resolve(import.meta.dirname, '..');

if (options.help) {
  console.log(USAGE);
} else if (options.watch) {
  await buildOnChange({ root, dev: options.dev ?? false });
} else {
  const made = await buildOnce({ root, dev: options.dev ?? false });
  for (const { name, metafile } of made) {
    const files = Object.entries(metafile.outputs).filter(([file]) => !file.endsWith('.map'));
    const total = files.reduce((sum, [, { bytes }]) => sum + bytes, 0);
    print(total, files.length > 1 ? `${name}, ${files.length} files, of which` : name);
    if (files.length > 1) {
      for (const [file, { bytes }] of files) if (bytes > WORTH_A_LINE) print(bytes, `  ${file}`);
    }
    if (options.metafile) writeWhole(resolve(root, `out/build/${name}.json`), JSON.stringify(metafile));
  }
}

/** @param {number} bytes @param {string} what */
function print(bytes, what) {
  console.log(`${(bytes / 1024).toFixed(1).padStart(8)} KB  ${what}`);
}
