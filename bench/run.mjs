#!/usr/bin/env node
// npm run bench: every benchmark, one table. `npm run bench -- [--quick] [--json | --markdown] [--compare FILE] [--save FILE]
// [NAME…]`; --quick stays below three minutes; FILE holds what --save or --json gave.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { benchActivation } from './activation.mjs';
import { benchDeploy } from './deploy.mjs';
import { benchDrain } from './drain.mjs';
import { benchGrowth } from './growth.mjs';
import { benchPacking } from './pack.mjs';
import { benchPages } from './pages.mjs';
import { print } from './report.mjs';
import { benchSave } from './save.mjs';
import { benchSlices } from './slices.mjs';
import { benchTree } from './tree.mjs';
import { benchWorkload } from './workload.mjs';

// What others print, such as the exit code of a VS Code, is not among the figures.
console.log = console.error;

const ALL = {
  packing: benchPacking,
  deploy: benchDeploy,
  slices: benchSlices,
  tree: benchTree,
  drain: benchDrain,
  growth: benchGrowth,
  activation: benchActivation,
  pages: benchPages,
  save: benchSave,
  workload: benchWorkload,
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    markdown: { type: 'boolean', default: false },
    compare: { type: 'string' },
    save: { type: 'string' },
  },
});
const unknown = positionals.filter((name) => !Object.hasOwn(ALL, name));
if (unknown.length > 0) {
  console.error(`There is no benchmark "${unknown.join('", "')}". There are ${Object.keys(ALL).join(', ')}.`);
  process.exit(2);
}
const rows = [];
for (const [name, bench] of Object.entries(ALL)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  // Its saves take the way of the others, in windows of their own.
  if (values.quick && name === 'workload' && positionals.length === 0) continue;
  const began = Date.now();
  // On the error output, so that --json prints nothing but JSON.
  const say = (/** @type {string} */ text) => console.error(`${name}: ${text}`);
  rows.push(...(await bench({ quick: values.quick, say })));
  say(`${((Date.now() - began) / 1000).toFixed(0)} s`);
  // After each, so that a run that is broken off leaves what it has.
  if (values.save !== undefined) writeFileSync(values.save, JSON.stringify(rows, undefined, 2));
}
const { json, markdown, compare } = values;
print(rows, { json, markdown, ...(compare !== undefined && { compare }) });
