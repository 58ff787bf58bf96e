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
  --lenient     leave out, with a warning, a program whose source is missing
  --help        this text`;

const { values: options } = parseArgs({
  options: {
    dev: { type: 'boolean' },
    watch: { type: 'boolean' },
    metafile: { type: 'boolean' },
    lenient: { type: 'boolean' },
    help: { type: 'boolean' },
  },
});
const root = resolve(import.meta.dirname, '..');

if (options.help) {
  console.log(USAGE);
} else if (options.watch) {
  await buildOnChange({ root, dev: options.dev ?? false, skipMissing: options.lenient ?? false });
} else {
  const made = await buildOnce({ root, dev: options.dev ?? false, skipMissing: options.lenient ?? false });
  for (const { name, metafile } of made) {
    for (const [file, { bytes }] of Object.entries(metafile.outputs)) {
      if (!file.endsWith('.map')) console.log(`${(bytes / 1024).toFixed(1).padStart(8)} KB  ${file}`);
    }
    if (options.metafile) writeWhole(resolve(root, `out/build/${name}.json`), JSON.stringify(metafile));
  }
}
