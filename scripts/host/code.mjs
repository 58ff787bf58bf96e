#!/usr/bin/env node
// Stands in for the VS Code executable that @vscode/test-electron starts: the same arguments, but the window is the
// real VS Code server's workbench in headless Chromium. Ends with the extension host's exit code.
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { chromiumLaunchOptions } from './chromium.mjs';
import { pageUrl, remoteUri, startVscodeServer } from './vscode-server.mjs';

const TIME_LIMIT = 240_000;
/** What VS Code's own parts say at every start. */
const NOISE =
  /^(Resolv|Creating a socket|Updating additional|Ignoring fetching|Timed out waiting for authentication|Canceled|\[(reconnection|Service Worker|AgentHost|AccountPolicyGate|DefaultAccount|chat-stt))/;

const { values, positionals } = parseArgs({
  strict: false, // the arguments that matter to a desktop window only
  allowPositionals: true,
  options: {
    extensionDevelopmentPath: { type: 'string', multiple: true },
    extensionTestsPath: { type: 'string' },
    'folder-uri': { type: 'string' },
    // Of VS Code's own extensions, those that the window has; all of them where it is absent.
    builtIn: { type: 'string', multiple: true },
  },
});
const folderUri = values['folder-uri'];
const folder = typeof folderUri === 'string' ? fileURLToPath(folderUri) : positionals[0];
// The address of a window has room for one extension in development: the others are there as installed ones.
const [developed, ...installed] = [values.extensionDevelopmentPath]
  .flat()
  .filter((path) => typeof path === 'string');

mkdirSync('out', { recursive: true });
const server = await startVscodeServer({
  testDriver: true,
  extensionFolders: installed,
  log: 'out/exthost-server.log',
  ...(folder !== undefined && { workspace: folder }),
  ...(values.builtIn && { builtIn: [values.builtIn].flat().filter((name) => typeof name === 'string') }),
});
const browser = await chromium.launch(chromiumLaunchOptions());
const close = async () => {
  // Whoever reads its outcome has it by now, and what ends in order takes seconds.
  await browser.close();
  await server.stop(0);
};
for (const signal of ['SIGINT', 'SIGTERM'])
  process.on(signal, () => close().finally(() => process.exit(130)));

try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.exposeFunction('codeAutomationLog', printFromHost);
  const exitCode = hostExit(page);
  /** @type {[string, unknown][]} */
  const paths = [
    ['extensionDevelopmentPath', developed],
    ['extensionTestsPath', values.extensionTestsPath],
  ];
  /** @type {[string, string][]} */
  const payload = paths.flatMap(([key, path]) =>
    typeof path === 'string' ? [[key, remoteUri(server, path)]] : [],
  );
  await page.goto(pageUrl(server, payload));
  process.exitCode = await exitCode;
} catch (error) {
  console.error(error);
  process.exitCode = 98;
} finally {
  await close();
}

/**
 * @param {import('playwright-core').Page} page
 * @returns {Promise<number>} The code that the extension host ends with.
 */
function hostExit(page) {
  return new Promise((resolved, rejected) => {
    page.exposeFunction('codeAutomationExit', (/** @type {number | undefined} */ code) =>
      resolved(code ?? 1),
    );
    page.once('crash', () => rejected(new Error('the page of the workbench crashed')));
    server.child.once('exit', (code) => rejected(new Error(`the VS Code server ended early (${code})`)));
    const giveUp = async () => {
      await page.screenshot({ path: 'out/exthost-timeout.png' });
      throw new Error(`no end after ${TIME_LIMIT / 1000} seconds, see out/exthost-timeout.png`);
    };
    setTimeout(() => giveUp().catch(rejected), TIME_LIMIT).unref();
  });
}

/**
 * @param {string} type
 * @param {{ stack?: string, message?: string }[]} args
 */
function printFromHost(type, args) {
  const line = format(
    ...args.map((arg) => (typeof arg === 'string' ? arg : (arg?.stack ?? arg?.message ?? arg))),
  );
  if (!NOISE.test(line)) (type === 'error' ? console.error : console.log)(line);
}
