#!/usr/bin/env node
// npm run package: packs what npm run build made into out/slipway.vsix, and fails when it holds anything amiss.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { problemsOf, readSizes } from './package/contents.mjs';

const ROOT = resolve(import.meta.dirname, '..');
const VSIX = join(ROOT, 'out/slipway.vsix');

mkdirSync(join(ROOT, 'out'), { recursive: true });
const require = createRequire(import.meta.url);
const vsce = require.resolve('@vscode/vsce/vsce');
const PACKED = namesPacked();
const missing = PACKED.filter((name) => !existsSync(join(ROOT, name)));
if (missing.length > 0) {
  console.error(
    `.vscodeignore packs ${missing.join(', ')}, which is not there: npm run build makes what is built`,
  );
  process.exit(1);
}
const folder = folderToPack();
// The README is the repository's; what VS Code and the Marketplace show is a page of its own.
const args = ['package', '--no-dependencies', '--readme-path', 'docs/marketplace.md', '--out', VSIX];
const packed = spawnSync(process.execPath, [vsce, ...args], { cwd: folder, encoding: 'utf8' });
rmSync(folder, { recursive: true, force: true });
const printed = `${packed.stdout}${packed.stderr}`;
if (packed.status !== 0 || /\bwarning\b/i.test(printed)) {
  console.error(printed);
  process.exit(1);
}
const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const sizes = await readSizes(VSIX);
const bytes = statSync(VSIX).size;
const problems = problemsOf(sizes, bytes, manifest);
console.log(`out/slipway.vsix: ${sizes.size} files, ${(bytes / 1024).toFixed(1)} KB`);
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;

/** The files and folders of the project's root that .vscodeignore names something in. */
function namesPacked() {
  const lines = readFileSync(join(ROOT, '.vscodeignore'), 'utf8').split('\n');
  return [...new Set(lines.flatMap((line) => /^!([^/]+)/.exec(line)?.[1] ?? []))];
}

/**
 * A copy of them. vsce holds every file of the folder that it packs against each line of .vscodeignore, and the project's,
 * with the VS Code that it is tried in, has twenty thousand.
 */
function folderToPack() {
  const made = mkdtempSync(join(tmpdir(), 'slipway-vsix-'));
  for (const name of ['.vscodeignore', ...PACKED])
    cpSync(join(ROOT, name), join(made, name), { recursive: true });
  return made;
}
