// Runs in the extension host: activates two extensions, measures what each costs, and times Slipway's first request.
'use strict';
const { subscribe, unsubscribe } = require('node:diagnostics_channel');
const { Session } = require('node:inspector');
const { writeFileSync } = require('node:fs');
const { setTimeout: delay } = require('node:timers/promises');
const { setFlagsFromString } = require('node:v8');
const { runInNewContext } = require('node:vm');
const vscode = require('vscode');

const SLIPWAY = 'slipway.slipway';
const WARM = 'bench.warm';
const FIRST_USE_MS = 20_000;
const MIB = 1024 * 1024;

exports.run = async () => {
  const { BENCH_RESULT: result = '', BENCH_ORDER: order = '' } = process.env;
  setFlagsFromString('--expose-gc');
  await calm();
  // The way to activate is warm then, as it is after any other extension.
  await extension(WARM).activate();
  const { openAccount } = await import('../thread-account.mjs');
  const account = openAccount();
  const now = () => account.read().held;
  /** @type {Record<string, { held: number, memory: number }>} */
  const measured = {};
  for (const id of order.split(',')) measured[id] = await activate(id, now);
  if (!(SLIPWAY in measured)) {
    writeFileSync(result, JSON.stringify({ measured, loadedAtFirst: [] }));
    return;
  }
  const loadedAtFirst = loadedFrom('dist/').map((url) => url.slice(url.lastIndexOf('dist/')));
  writeFileSync(result, JSON.stringify({ measured, loadedAtFirst, firstRequest: await firstRequest(now) }));
};

/** @param {string} id */
function extension(id) {
  const found = vscode.extensions.getExtension(id);
  if (found === undefined) throw new Error(`VS Code does not know ${id}`);
  return found;
}

/**
 * MiB that stay after a collection, and milliseconds.
 * @param {string} id @param {() => number} now
 */
async function activate(id, now) {
  const found = extension(id);
  if (found.isActive) throw new Error(`${id} is active already`);
  await calm();
  const before = await memory();
  const start = now();
  await found.activate();
  const held = now() - start;
  await delay(500);
  return { held, memory: (await memory()) - before };
}

/** Heap and what hangs on it, in MiB; resident memory says nothing about a single extension. */
async function memory() {
  for (let round = 0; round < 3; round++) {
    runInNewContext('gc')({ type: 'major', execution: 'sync' });
    await delay(50);
  }
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / MIB;
}

/** Waits until this process does nothing for half a second. */
async function calm() {
  for (let quiet = 0; quiet < 5; ) {
    const before = process.cpuUsage();
    await delay(100);
    const { user, system } = process.cpuUsage(before);
    quiet = user + system < 8_000 ? quiet + 1 : 0;
  }
}

/** Milliseconds from the first command that needs AWS to its first request. @param {() => number} now */
async function firstRequest(now) {
  /** @type {(message: unknown) => void} */
  let seen = () => undefined;
  const start = now();
  const sent = new Promise((resolve) => {
    seen = (message) => {
      const { request } = /** @type {{ request: import('node:http').ClientRequest }} */ (message);
      // Whether the sandbox is there is asked first, and is no request to AWS.
      const toAws = request.host === '127.0.0.1' && !request.path.startsWith('/_sandbox/');
      if (toAws) resolve(now() - start);
    };
  });
  subscribe('http.client.request.start', seen);
  try {
    void vscode.commands.executeCommand('slipway.connection.openSandbox');
    return await Promise.race([
      sent,
      delay(FIRST_USE_MS).then(() => Promise.reject(new Error('Slipway sent no request'))),
    ]);
  } finally {
    unsubscribe('http.client.request.start', seen);
  }
}

/** Addresses of the scripts of Slipway that this process has loaded. @param {string} part */
function loadedFrom(part) {
  const { extensionPath } = extension(SLIPWAY);
  const session = new Session();
  /** @type {string[]} */
  const urls = [];
  session.connect();
  session.on('Debugger.scriptParsed', ({ params }) => urls.push(params.url));
  session.post('Debugger.enable');
  session.disconnect();
  return urls.filter((url) => url.includes(`${extensionPath}/${part}`));
}
