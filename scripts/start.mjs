#!/usr/bin/env node
// npm start: opens VS Code with the packaged Slipway, a sandbox and a q workspace, and ends all of it with Ctrl+C.
// Runs in a fresh clone, where nothing but Node is there to import until setUp is done.
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { killAll, processesMarked } from './host/process-tree.mjs';
import { FIRST_LOOK, startVscodeServer } from './host/vscode-server.mjs';
import { run } from './setup/run.mjs';
import { setUp } from './setup.mjs';
import { hasDesktop, openDesktop } from './start/desktop.mjs';
import { startSandbox } from './start/sandbox.mjs';

const ROOT = resolve(import.meta.dirname, '..');
const USAGE = `npm start -- [options]

Opens VS Code with Slipway, the sandbox (an AWS of your own on this machine) and a copy of a sample q workspace.
The desktop VS Code where its command "code" is found, otherwise VS Code in the browser.

  --browser         VS Code in the browser, also where a desktop one is found
  --desktop         the desktop VS Code, or fail
  --port N          port for the browser (default: any free one)
  --workspace DIR   open this folder itself, not a copy of the sample
  --empty-sandbox   a sandbox with no buckets, environments or clusters in it
  --speed N         the sandbox's time runs N times as fast (default: 60)
  --help            this text

Ctrl+C ends everything.`;

const { values: options } = parseArgs({
  options: {
    browser: { type: 'boolean' },
    desktop: { type: 'boolean' },
    port: { type: 'string', default: '0' },
    workspace: { type: 'string' },
    'empty-sandbox': { type: 'boolean' },
    speed: { type: 'string', default: '60' },
    help: { type: 'boolean' },
  },
});

if (options.help) {
  console.log(USAGE);
} else {
  const asked = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => asked.abort());
  // Stands in the environment and on the command lines of all that is started below: what is left is found by it.
  const folder = mkdtempSync(join(tmpdir(), 'slipway-start-'));
  /** @type {(() => Promise<void>)[]} How to end what was started, in the order of the starts. */
  const endings = [];
  try {
    await start(folder, endings, asked.signal);
  } catch (error) {
    if (!asked.signal.aborted) {
      console.error(error instanceof Error ? error.message : error);
      process.exitCode = 1;
    }
  }
  if (asked.signal.aborted) console.log('\nSlipway ends …');
  for (const end of endings.reverse()) await end();
  killAll(processesMarked(folder).map(({ id }) => id));
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

/**
 * Opens VS Code; done when its window was closed, or the signal says so.
 * @param {string} folder
 * @param {(() => Promise<void>)[]} endings
 * @param {AbortSignal} signal
 */
async function start(folder, endings, signal) {
  const desktop = options.desktop === true || (options.browser !== true && hasDesktop());
  await setUp(desktop ? ['packages'] : ['packages', 'host'], signal);
  console.log('Building and packaging Slipway, which takes some seconds …');
  await run(process.execPath, [join(ROOT, 'scripts/build.mjs')], { signal });
  await run(process.execPath, [join(ROOT, 'scripts/package.mjs')], { signal });

  const sandboxFile = join(folder, 'sandbox.json');
  const sandbox = await startSandbox({
    root: ROOT,
    file: sandboxFile,
    speed: options.speed,
    empty: options['empty-sandbox'] ?? false,
  });
  endings.push(sandbox.stop);
  signal.throwIfAborted();

  const own = options.workspace !== undefined;
  const workspace = resolve(options.workspace ?? join(folder, 'q-workspace'));
  if (!own) cpSync(join(ROOT, 'sample/q-workspace'), workspace, { recursive: true });
  const vsix = join(ROOT, 'out/slipway.vsix');
  const env = { SLIPWAY_SANDBOX_FILE: sandboxFile, SLIPWAY_FIRST_LOOK: '1' };

  if (desktop) {
    const window = await openDesktop({ vsix, workspace, profile: folder, workspaceTrust: own, env, signal });
    endings.push(window.stop);
    console.log('Slipway is open in VS Code. Close its window, or press Ctrl+C here, to end everything.');
    await Promise.race([window.closed, aborted(signal)]);
  } else {
    const server = await startVscodeServer({
      extensions: [vsix],
      workspace,
      workspaceTrust: own,
      git: true,
      settings: FIRST_LOOK,
      port: Number(options.port),
      env,
    });
    endings.push(server.stop);
    signal.throwIfAborted();
    const query = new URLSearchParams({ tkn: server.token, folder: workspace });
    console.log(`Slipway is open at ${server.url}/?${query}`);
    console.log('Ctrl+C ends everything.');
    await aborted(signal);
  }
}

/**
 * @param {AbortSignal} signal
 * @returns {Promise<void>}
 */
function aborted(signal) {
  return new Promise((resolved) => {
    if (signal.aborted) resolved();
    else signal.addEventListener('abort', () => resolved(), { once: true });
  });
}
