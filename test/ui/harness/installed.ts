/** The packaged Slipway as VS Code unpacks it: once a run, since each test's VS Code has it in a folder of its own. */
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { installExtensions } from '../../../scripts/host/vscode-server.mjs';
import { buildSandboxHost } from '../../sandbox/build-host';
import { RESTARTABLE } from './restartable';

const OUT = resolve(import.meta.dirname, '../../../out');
const INSTALLED = join(OUT, 'installed');
/** The same but for what runs first, see {@link RESTARTABLE}. */
const INSTALLED_RESTARTABLE = join(OUT, 'installed-restartable');

/** Vitest calls it before the first test. */
export default async function install(): Promise<void> {
  for (const folder of [INSTALLED, INSTALLED_RESTARTABLE]) rmSync(folder, { recursive: true, force: true });
  installExtensions([join(OUT, 'slipway.vsix')], INSTALLED);
  cpSync(INSTALLED, INSTALLED_RESTARTABLE, { recursive: true });
  const file = join(folderIn(INSTALLED_RESTARTABLE), 'package.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(join(dirname(file), 'restartable.cjs'), RESTARTABLE(manifest.main));
  writeFileSync(file, JSON.stringify({ ...manifest, main: './restartable.cjs' }));
  await buildSandboxHost();
}

/** @returns the folder that VS Code made of the package. */
export function installedSlipway(): string {
  return folderIn(INSTALLED);
}

/** @returns the same for windows that tests share. */
export function restartableSlipway(): string {
  return folderIn(INSTALLED_RESTARTABLE);
}

function folderIn(installed: string): string {
  const name = readdirSync(installed).find((each) => each.startsWith('slipway.slipway-'));
  if (name === undefined) throw new Error(`VS Code left no Slipway in ${installed}`);
  return join(installed, name);
}
