#!/usr/bin/env node
// npm run sandbox -- [options]: the sandbox on the command line, built from the sources as they are now.
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { stop } from 'esbuild';
import { buildOnce } from './build/build.mjs';

const root = resolve(import.meta.dirname, '..');

// Building always takes a tenth of a second and leaves an equal file alone; asking what is stale would take longer to read.
await buildOnce({ root, only: ['sandbox'] });
await stop();
createRequire(import.meta.url)(join(root, 'dist/sandbox.js'));
