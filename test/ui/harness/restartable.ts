/**
 * A Slipway that a test can end and start anew in its extension host, with what VS Code keeps of it or without. Another
 * extension host for each test costs two CPU seconds and three of waiting.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { vi } from 'vitest';

/** User settings, by their full names. */
export type Settings = Readonly<Record<string, unknown>>;

/** What the program in the extension host is asked for. */
type Request =
  | { readonly act: 'stop' }
  /** The host's clock is ahead by so many milliseconds, until Slipway starts anew. */
  | { readonly act: 'put-clock-ahead'; readonly ms: number }
  /** `changed`: user settings; null takes one away. Where it is there, what VS Code keeps of Slipway goes, too. */
  | { readonly act: 'start'; readonly changed?: Settings };

/** In the folder of all extensions' global storage: `request`, `answer`, and `host`, which holds a process id. */
const FOLDER = 'slipway-restarts';
/** Whoever is not answered by then gets another window. */
const PATIENCE_MS = 15_000;

/**
 * Runs in place of the extension's main file, and runs that. VS Code keeps the state of an extension in the window's own
 * database, out of reach of a test: only the extension itself can take it away. And it heeds no `settings.json` that
 * changes while the window is open: an extension has to change a setting.
 */
export const RESTARTABLE = (main: string): string => `
const { existsSync, mkdirSync, readFileSync, rmSync, watch, writeFileSync } = require('node:fs');
const { dirname, join } = require('node:path');
const { commands, RelativePattern, workspace } = require('vscode');

let running;
const now = Date.now;
async function start(context, changed) {
  Date.now = now;
  if (changed !== undefined) await forget(context, changed);
  for (const file of Object.keys(require.cache)) {
    if (file.startsWith(__dirname) && file !== __filename) delete require.cache[file];
  }
  const own = Object.create(context, { subscriptions: { value: [] } });
  const slipway = require(${JSON.stringify(main)});
  running = { slipway, own };
  await slipway.activate(own);
  // The window knows of its commands only some time later: what it answers now, it answers after them.
  await commands.getCommands();
}
async function stop() {
  const { slipway, own } = running ?? {};
  running = undefined;
  await slipway?.deactivate();
  for (const each of (own?.subscriptions ?? []).reverse()) each.dispose();
}
// What changed in the folder while nothing ran is told before what changes then: none of it is left to be told to Slipway.
async function filesTold() {
  const [folder] = workspace.workspaceFolders ?? [];
  if (folder === undefined) return;
  const name = 'restart-' + Date.now();
  const watcher = workspace.createFileSystemWatcher(new RelativePattern(folder, name));
  const next = (event) => new Promise((told) => event(told));
  const made = next(watcher.onDidCreate);
  writeFileSync(join(folder.uri.fsPath, name), '');
  await made;
  const gone = next(watcher.onDidDelete);
  rmSync(join(folder.uri.fsPath, name));
  await gone;
  watcher.dispose();
  // VS Code reads tasks anew some time after it has told of their file.
  const file = join(folder.uri.fsPath, '.vscode/tasks.json');
  const written = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).tasks : [];
  const read = () => workspace.getConfiguration('tasks', folder).get('tasks') ?? [];
  while (JSON.stringify(read()) !== JSON.stringify(written)) await new Promise((again) => setTimeout(again, 20));
}
async function forget(context, changed) {
  for (const state of [context.globalState, context.workspaceState]) {
    for (const key of state.keys()) await state.update(key, undefined);
  }
  await commands.executeCommand('resetGettingStartedProgress');
  for (const [name, value] of Object.entries(changed)) {
    await workspace.getConfiguration().update(name, value ?? undefined, true);
  }
}

exports.activate = async (context) => {
  const folder = join(dirname(context.globalStorageUri.fsPath), ${JSON.stringify(FOLDER)});
  mkdirSync(folder, { recursive: true });
  const at = (name) => join(folder, name);
  const read = (name) => existsSync(at(name)) ? JSON.parse(readFileSync(at(name), 'utf8')) : {};
  let last = read('answer').id;
  const serve = async (ready) => {
    const { id, act, changed, ms } = read('request');
    if (id === undefined || id === last) return false;
    last = id;
    const acts = {
      stop,
      start: () => ready().then(() => start(context, changed)),
      'put-clock-ahead': async () => { Date.now = () => now() + ms; },
    };
    const error = await acts[act]().then(() => undefined, String);
    writeFileSync(at('answer'), JSON.stringify({ id, error }));
    return true;
  };
  if (!(await serve(async () => undefined))) await start(context);
  watch(folder, () => void serve(filesTold));
  writeFileSync(at('host'), String(process.pid));
};
exports.deactivate = () => stop();
`;

/** Asks from the side of the tests. @param storage Slipway's own folder of global storage. */
export class Restartable {
  private readonly folder: string;

  constructor(storage: string) {
    this.folder = join(dirname(storage), FOLDER);
  }

  /** The extension host that can be asked; undefined where none ever could. */
  host(): number | undefined {
    const file = join(this.folder, 'host');
    return existsSync(file) ? Number(readFileSync(file, 'utf8')) : undefined;
  }

  /** Leaves a request for an extension host, also for one that is yet to start. @returns its id. */
  ask(request: Request): string {
    const id = `${request.act} ${crypto.randomUUID()}`;
    mkdirSync(this.folder, { recursive: true });
    writeFileSync(join(this.folder, 'asking'), JSON.stringify({ id, ...request }));
    renameSync(join(this.folder, 'asking'), join(this.folder, 'request'));
    return id;
  }

  /** Asks an extension host that runs, and waits for its answer. */
  async does(request: Request): Promise<void> {
    await this.answered(this.ask(request));
  }

  /** @throws Where the request failed, or was not answered in {@link PATIENCE_MS}. */
  async answered(id: string, timeout = PATIENCE_MS): Promise<void> {
    const error = await vi.waitFor(
      () => {
        const answer = JSON.parse(readFileSync(join(this.folder, 'answer'), 'utf8'));
        if (answer.id !== id) throw new Error(`the extension host has not answered: ${id}`);
        return answer.error as string | undefined;
      },
      { timeout, interval: 20 },
    );
    if (error !== undefined) throw new Error(error);
  }
}
