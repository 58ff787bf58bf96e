/** The packaged Slipway as VS Code unpacks it: once a run, since each test's VS Code has it in a folder of its own. */
import { readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { installExtensions } from '../../../scripts/host/vscode-server.mjs';

const OUT = resolve(import.meta.dirname, '../../../out');
const INSTALLED = join(OUT, 'installed');

/** Vitest calls it before the first test. */
export default function install(): void {
  rmSync(INSTALLED, { recursive: true, force: true });
  installExtensions([join(OUT, 'slipway.vsix')], INSTALLED);
}

/** @returns the folder that VS Code made of the package. */
export function installedSlipway(): string {
  const name = readdirSync(INSTALLED).find((each) => each.startsWith('slipway.slipway-'));
  if (name === undefined) throw new Error(`VS Code left no Slipway in ${INSTALLED}`);
  return join(INSTALLED, name);
}
