// Opens the desktop VS Code in a profile of its own, beside the user's.
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { endTree } from '../host/process-tree.mjs';
import { FIRST_LOOK, QUIET_SETTINGS } from '../host/vscode-server.mjs';
import { isOnPath } from '../setup/programs.mjs';
import { run } from '../setup/run.mjs';

/** @returns {boolean} Whether there is a desktop VS Code, and a screen to show it. */
export function hasDesktop() {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  return isOnPath('code') && (process.platform !== 'linux' || Boolean(DISPLAY || WAYLAND_DISPLAY));
}

/**
 * @param {object} request
 * @param {string} request.vsix
 * @param {string} request.workspace
 * @param {string} request.profile Folder for the profile and its extensions.
 * @param {boolean} request.workspaceTrust
 * @param {NodeJS.ProcessEnv} request.env
 * @param {AbortSignal} request.signal
 * @returns {Promise<{ closed: Promise<void>, stop: () => Promise<void> }>} `closed`: its window was closed.
 */
export async function openDesktop({ vsix, workspace, profile, workspaceTrust, env, signal }) {
  mkdirSync(join(profile, 'data/User'), { recursive: true });
  const settings = { ...QUIET_SETTINGS, ...FIRST_LOOK, 'security.workspace.trust.enabled': workspaceTrust };
  writeFileSync(join(profile, 'data/User/settings.json'), JSON.stringify(settings, null, 2));
  const own = ['--user-data-dir', join(profile, 'data'), '--extensions-dir', join(profile, 'extensions')];
  await run('code', [...own, '--install-extension', vsix], { signal });
  const child = spawn('code', [...own, '--new-window', '--wait', workspace], {
    env: { ...process.env, ...env },
    stdio: 'ignore',
    detached: true,
  });
  /** @type {Promise<void>} */
  const closed = new Promise((resolved, rejected) => {
    child.once('error', rejected);
    child.once('exit', () => resolved());
  });
  return { closed, stop: () => endTree(child) };
}
