/** The packaged Slipway as VS Code unpacks it: once a run, since each test's VS Code has it in a folder of its own. */
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { installExtensions } from '../../../scripts/host/vscode-server.mjs';

/** User settings, by their full names. */
export type Settings = Readonly<Record<string, unknown>>;

const OUT = resolve(import.meta.dirname, '../../../out');
const INSTALLED = join(OUT, 'installed');
/** The same but for what runs first, see {@link FORGETS}. */
const FORGETFUL = join(OUT, 'installed-forgetful');
/** In the folder of all extensions' global storage. */
const MARK = 'slipway-forgets';

/**
 * Runs in place of the extension's main file, and then runs that. VS Code keeps the state of an extension in the window's
 * own database, out of reach of a test: only the extension itself can take it away. And it heeds no `settings.json` that
 * changes while the window is open: an extension has to change a setting.
 */
const FORGETS = (main: string): string => `
const { existsSync, readFileSync, rmSync } = require('node:fs');
const { dirname, join } = require('node:path');
const { commands, workspace } = require('vscode');
const slipway = require(${JSON.stringify(main)});
exports.activate = async (context) => {
  const mark = join(dirname(context.globalStorageUri.fsPath), ${JSON.stringify(MARK)});
  if (existsSync(mark)) {
    for (const state of [context.globalState, context.workspaceState]) {
      for (const key of state.keys()) await state.update(key, undefined);
    }
    await commands.executeCommand('resetGettingStartedProgress');
    for (const [name, value] of Object.entries(JSON.parse(readFileSync(mark, 'utf8')))) {
      await workspace.getConfiguration().update(name, value ?? undefined, true);
    }
    rmSync(mark);
  }
  return slipway.activate(context);
};
exports.deactivate = () => slipway.deactivate?.();
`;

/** Vitest calls it before the first test. */
export default function install(): void {
  for (const folder of [INSTALLED, FORGETFUL]) rmSync(folder, { recursive: true, force: true });
  installExtensions([join(OUT, 'slipway.vsix')], INSTALLED);
  cpSync(INSTALLED, FORGETFUL, { recursive: true });
  const file = join(folderIn(FORGETFUL), 'package.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(join(dirname(file), 'forgets.cjs'), FORGETS(manifest.main));
  writeFileSync(file, JSON.stringify({ ...manifest, main: './forgets.cjs' }));
}

/** @returns the folder that VS Code made of the package. */
export function installedSlipway(): string {
  return folderIn(INSTALLED);
}

/** @returns the same for windows that several files share: it can forget what VS Code keeps for it. */
export function forgetfulSlipway(): string {
  return folderIn(FORGETFUL);
}

/**
 * @param storage Slipway's own folder of global storage.
 * @param settings User settings that change then; null takes one away.
 */
export function forgetAtNextStart(storage: string, settings: Settings): void {
  writeFileSync(join(dirname(storage), MARK), JSON.stringify(settings));
}

function folderIn(installed: string): string {
  const name = readdirSync(installed).find((each) => each.startsWith('slipway.slipway-'));
  if (name === undefined) throw new Error(`VS Code left no Slipway in ${installed}`);
  return join(installed, name);
}
