#!/usr/bin/env node
// Installs what is missing, and does nothing where all is there. Needs Node.js and npm, nothing else.
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findChromium } from './host/chromium.mjs';
import { alone } from './setup/alone.mjs';
import { tellingElapsed } from './setup/elapsed.mjs';
import { packagesMatchLock } from './setup/packages.mjs';
import { installPrograms, isOnPath } from './setup/programs.mjs';
import { run } from './setup/run.mjs';

const ROOT = resolve(import.meta.dirname ?? fileURLToPath(new URL('.', import.meta.url)), '..');

const HOST_SCRIPT = join(ROOT, 'scripts/install-host.sh');

/**
 * `packages`: what package-lock.json names. `host`: a real VS Code. `browser`: Chromium, to look at it.
 * @typedef {'packages' | 'host' | 'browser'} Part
 */

/** @type {readonly Part[]} */
const PARTS = ['packages', 'host', 'browser'];

/**
 * @param {readonly Part[]} [parts]
 * @param {AbortSignal} [signal] Ends an installation; the next run takes it up again.
 * @throws With the sentence that tells what to install by hand, where Slipway cannot do it.
 */
export async function setUp(parts = PARTS, signal = new AbortController().signal) {
  checkNode();
  if (parts.every((part) => isThere[part]())) return;
  await alone(join(ROOT, 'out/setup.lock'), () => installMissing(parts, signal), {
    signal,
    waiting: (other) => console.log(`setup: waits for another installation to end (process ${other})`),
  });
}

/** @type {Record<Part, () => boolean>} */
const isThere = {
  packages: () => packagesMatchLock(ROOT),
  host: () => spawnSync(HOST_SCRIPT, ['--check']).status === 0,
  browser: () => findChromium() !== undefined,
};

/**
 * Side by side, since each mostly waits for the network; all are waited for, so that none is cut short by another.
 * @param {readonly Part[]} parts
 * @param {AbortSignal} signal
 */
async function installMissing(parts, signal) {
  const install = { packages: installPackages, host: installHost, browser: installBrowser };
  const missing = parts.filter((part) => !isThere[part]());
  const results = await Promise.allSettled(missing.map((part) => install[part](signal)));
  for (const result of results) if (result.status === 'rejected') throw result.reason;
}

/** The oldest Node.js of each line that the build's and the tests' packages take. */
const OLDEST_NODE = { 20: 19, 22: 12 };

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const oldest = Object.entries(OLDEST_NODE).find(([line]) => Number(line) === major)?.[1];
  if (oldest === undefined ? major < 23 : minor < oldest) {
    throw new Error(`Slipway is built with Node.js 20.19, 22.12 or later ones; this is ${process.version}.`);
  }
}

/** @param {AbortSignal} signal */
async function installPackages(signal) {
  console.log('setup: npm ci downloads the packages of package-lock.json (600 MB on disk)');
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  await tellingElapsed('packages', () => run('npm', args, { cwd: ROOT, signal }));
}

/** @param {AbortSignal} signal */
async function installHost(signal) {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      'The VS Code that runs in the browser is made for Linux on x64. Here use desktop VS Code: put its command "code" on PATH.',
    );
  }
  const tools = { python3: 'python3', make: 'make', 'g++': 'g++' };
  const missing = Object.entries(tools).filter(([program]) => !isOnPath(program));
  await installPrograms(
    missing.map(([, name]) => name),
    'two native modules of VS Code',
    signal,
  );
  console.log(
    'setup: VS Code is installed into host/ (800 MB on disk), once: about a minute on a quick machine and line, five or more on slow ones',
  );
  await tellingElapsed('VS Code', () => run(HOST_SCRIPT, [], { signal }));
}

/** @param {AbortSignal} signal */
async function installBrowser(signal) {
  const packages = ['chromium-headless-shell | chromium', 'fonts-liberation'];
  await installPrograms(packages, 'the tests that look at VS Code', signal);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const asked = process.argv.slice(2);
  const unknown = asked.find((part) => !PARTS.some((known) => known === part));
  try {
    if (unknown !== undefined) throw new Error(`There is no part "${unknown}": ${PARTS.join(', ')}.`);
    await setUp(asked.length > 0 ? PARTS.filter((part) => asked.includes(part)) : PARTS);
  } catch (error) {
    console.error(`setup: ${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
  }
}
