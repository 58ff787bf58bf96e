#!/usr/bin/env node
// The floor of a run that finds nothing changed: every folder is listed, and every file looked at, by one thread.
// Alone: `node bench/floors/walk.mjs [FOLDER]`, else on a folder of 10,000 files.
import { lstatSync, readdirSync } from 'node:fs';
import { runFloor, timed, withFolder } from './run-floor.mjs';

const ROUNDS = 12;

/** @typedef {{ readonly path: string, readonly size: number }} FileOfFolder */

/** @param {string} folder @returns {FileOfFolder[]} Its files, with their absolute paths. */
export function bareWalk(folder) {
  /** @type {FileOfFolder[]} */
  const files = [];
  const waiting = [folder];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    for (const item of readdirSync(at, { withFileTypes: true })) {
      const path = `${at}/${item.name}`;
      if (item.isDirectory()) waiting.push(path);
      else files.push({ path, size: lstatSync(path).size });
    }
  }
  return files;
}

await runFloor(import.meta, () =>
  withFolder('large', async (folder) => {
    const rounds = [];
    for (let round = 0; round < ROUNDS; round += 1) rounds.push((await timed(() => bareWalk(folder))).wall);
    return rounds;
  }),
);
