// Programs of the machine that the project needs: finds them, and installs them where it may.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './run.mjs';

/** @param {string} name @returns {boolean} Whether PATH leads to it. */
export function isOnPath(name) {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, name)));
}

/**
 * Installs Debian packages when running as root on Debian or its kin.
 * @param {readonly string[]} packages As Debian writes dependencies: of `this | that`, the first that apt knows here.
 * @param {string} purpose Ends the sentence "… is needed for".
 * @param {AbortSignal} signal
 * @throws Elsewhere, naming what somebody has to install.
 */
export async function installPrograms(packages, purpose, signal) {
  if (packages.length === 0) return;
  const chosen = (/** @type {(name: string) => boolean} */ isKnown) =>
    packages.map((one) => one.split(' | ')).map((names) => names.find(isKnown) ?? names.at(-1) ?? '');
  if (process.getuid?.() !== 0 || !isOnPath('apt-get')) {
    const list = chosen(() => false).join(' ');
    throw new Error(
      `${list}: needed for ${purpose}. Install it (Debian, Ubuntu: sudo apt-get install ${list}).`,
    );
  }
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-q'], { env, signal });
  const known = chosen(isKnownToApt);
  console.log(`setup: apt-get installs ${known.join(' ')}, for ${purpose}`);
  await run('apt-get', ['install', '-q', '-y', '--no-install-recommends', ...known], { env, signal });
}

/** @param {string} name */
function isKnownToApt(name) {
  return spawnSync('apt-cache', ['show', name], { stdio: 'ignore' }).status === 0;
}
