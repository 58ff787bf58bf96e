// Programs of the machine that the project needs: finds them, and installs them where it may.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './run.mjs';

/** @param {string} name @returns {boolean} Whether PATH leads to it. */
export function isOnPath(name) {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, name)));
}

/**
 * Installs Debian packages when running as root on Debian or its kin.
 * @param {readonly string[]} packages
 * @param {string} purpose Ends the sentence "… is needed for".
 * @param {AbortSignal} signal
 * @throws Elsewhere, naming what somebody has to install.
 */
export async function installPrograms(packages, purpose, signal) {
  if (packages.length === 0) return;
  const list = packages.join(' ');
  if (process.getuid?.() !== 0 || !isOnPath('apt-get')) {
    throw new Error(
      `${list}: needed for ${purpose}. Install it (Debian, Ubuntu: sudo apt-get install ${list}).`,
    );
  }
  console.log(`setup: apt-get installs ${list}, for ${purpose}`);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-q'], { env, signal });
  await run('apt-get', ['install', '-q', '-y', '--no-install-recommends', ...packages], { env, signal });
}
