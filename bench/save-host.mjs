// The part of the save benchmark that runs in VS Code's extension host: saves, and the floor, in turns.
import { writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import * as vscode from 'vscode';
import { warmUpFor } from './pack/measure.mjs';
import { kdb } from './save/kdb.mjs';
import { untilQuiet } from './save/quiet.mjs';
import { openRequests } from './save/requests.mjs';
import { controlOf } from './save/sandbox.mjs';
import { nextUpdate, timesOf } from './save/update.mjs';
import { workload } from './save/workload.mjs';

/**
 * @typedef {object} SaveTask What the driver hands over, as JSON in SLIPWAY_BENCH_SAVE.
 * @property {string} url Of the sandbox.
 * @property {string} token For its control plane.
 * @property {string} region
 * @property {{ accessKeyId: string, secretAccessKey: string }} credentials
 * @property {keyof typeof SERVICES} service
 * @property {string} bucket
 * @property {readonly string[]} saved Path of the target where saves go.
 * @property {readonly string[]} other Path of the target where the floor goes.
 * @property {string} file Of the workspace: edited and saved.
 * @property {string} outside A file (absolute path) of no target. The floor begins with its save: a window has more to
 * do after one than Slipway's part of it.
 * @property {number} rounds
 * @property {string} result File for the outcome: JSON of {@link Round}s.
 */

/**
 * @typedef {object} Times Milliseconds from the event of the save, or the first of the bare requests.
 * @property {number} first To the first request on its way.
 * @property {number} sent To the update on its way.
 * @property {number} accepted To the answer to it.
 * @property {number} own The same, without the time for which an answer was awaited.
 */

/**
 * @typedef {object} Round
 * @property {Times} save
 * @property {Times} floor
 * @property {readonly string[]} requests What a save sent until then.
 */

const SERVICES = { kdb, workload };
/** Files younger than this (ms) are read again, as they must be: all but the saved one are to be older. */
const RACY = 2_200;
/** What a window has left to do (ms) after a save or the floor. */
const AFTERWARDS = 300;
const A_CODE_UPDATE = 20 * 60_000;

/** Called by VS Code. */
export async function run() {
  /** @type {SaveTask} */
  const task = JSON.parse(process.env['SLIPWAY_BENCH_SAVE'] ?? '');
  const control = controlOf(task);
  const service = SERVICES[task.service];
  const floor = await openRequests(task, service);
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (folder === undefined) throw new Error('the window has no folder');
  await vscode.commands.executeCommand('slipway.connection.openSandbox');
  const inside = vscode.Uri.joinPath(folder.uri, task.file);
  const outside = vscode.Uri.file(task.outside);

  const settle = async () => {
    await untilQuiet(async () => {
      await control.advance(A_CODE_UPDATE);
    });
    await pause(AFTERWARDS);
  };
  const save = async () => {
    const update = nextUpdate(service, task.saved);
    return timesOf(...(await Promise.all([saved(inside), update])));
  };

  await pause(RACY);
  await agree(save);
  await settle();
  /** @type {Round[]} */
  const rounds = [];
  for (let round = -warmUpFor(task.rounds); round < task.rounds; round += 1) {
    await control.forget();
    const took = await save();
    const requests = await control.operations();
    await settle();
    const measured = { save: took, floor: await floor.run(() => saved(outside)), requests };
    await settle();
    if (round >= 0) rounds.push(measured);
  }
  floor.close();
  writeFileSync(task.result, JSON.stringify(rounds));
}

/** Changes and saves a file. @param {vscode.Uri} file @returns {Promise<number>} The time of the event. */
async function saved(file) {
  const editor = await vscode.window.showTextDocument(file);
  await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), `/ ${process.hrtime.bigint()}\n`));
  const told = new Promise((/** @type {(at: number) => void} */ done) => {
    const listener = vscode.workspace.onDidSaveTextDocument(() => {
      listener.dispose();
      done(performance.now());
    });
  });
  // Its end comes later than the event.
  void vscode.commands.executeCommand('workbench.action.files.save');
  return told;
}

/** The first save on a machine asks whether the target is right. @param {() => Promise<unknown>} save */
async function agree(save) {
  let done = false;
  const first = save().finally(() => {
    done = true;
  });
  while (!done) {
    await vscode.commands.executeCommand('notification.acceptPrimaryAction');
    await pause(300);
    await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    await pause(300);
  }
  await first;
}
