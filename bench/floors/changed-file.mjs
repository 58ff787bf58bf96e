#!/usr/bin/env node
// The floor of a run that finds one file changed: the bare walk, and the zip of before read, hashed (SHA-256) and written
// anew. Alone: `node bench/floors/changed-file.mjs [FOLDER]`, with a zip of half the folder's size.
import { createHash } from 'node:crypto';
import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runFloor, timed, withFolder } from './run-floor.mjs';
import { bareWalk } from './walk.mjs';

const BLOCK = 2 ** 20;
const ROUNDS = 12;

/** @param {string} folder @param {string} zip @param {string} target Where the copy goes. */
export function walkAndCopy(folder, zip, target) {
  bareWalk(folder);
  const [from, to] = [openSync(zip, 'r'), openSync(target, 'w')];
  const sha256 = createHash('sha256');
  const block = Buffer.allocUnsafeSlow(BLOCK);
  for (let length = readSync(from, block); length > 0; length = readSync(from, block)) {
    const bytes = block.subarray(0, length);
    sha256.update(bytes);
    writeSync(to, bytes);
  }
  closeSync(from);
  closeSync(to);
  return sha256.digest('hex');
}

await runFloor(import.meta, () =>
  withFolder('large', async (folder) => {
    const work = mkdtempSync(join(tmpdir(), 'slipway-bench-floor-'));
    try {
      const bytes = bareWalk(folder).reduce((sum, { size }) => sum + size, 0);
      const [zip, copy] = [join(work, 'zip'), join(work, 'copy')];
      writeFileSync(zip, Buffer.alloc(bytes >> 1, 7));
      const rounds = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        rounds.push((await timed(() => walkAndCopy(folder, zip, copy))).wall);
        rmSync(copy);
      }
      return rounds;
    } finally {
      rmSync(work, { recursive: true });
    }
  }),
);
