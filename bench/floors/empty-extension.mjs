#!/usr/bin/env node
// The floor of Slipway's start: an extension that does nothing is activated, in an extension host where another one has
// been before it. Alone, each round in a host of its own: `node bench/floors/empty-extension.mjs`.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runHost } from '../activation/run-host.mjs';
import { runFloor } from './run-floor.mjs';

const ROUNDS = 5;
/** Names that the probe in the host knows. */
export const EMPTY = 'bench.empty';

/** Writes two of them: the one that is measured, and the one before it. @param {string} work @returns {readonly string[]} */
export function emptyExtensions(work) {
  return ['empty', 'warm'].map((name) => {
    const folder = join(work, name);
    mkdirSync(folder);
    const manifest = {
      name,
      publisher: 'bench',
      version: '0.0.1',
      engines: { vscode: '^1.105.0' },
      main: './extension.js',
      // Only when it is asked to.
      activationEvents: [],
    };
    writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
    writeFileSync(join(folder, 'extension.js'), 'exports.activate = () => {};\n');
    return folder;
  });
}

await runFloor(import.meta, async () => {
  const work = mkdtempSync(join(tmpdir(), 'slipway-bench-floor-'));
  try {
    const extensions = emptyExtensions(work);
    const rounds = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const { measured } = await runHost(work, extensions, [EMPTY]);
      rounds.push(measured[EMPTY]?.held ?? Number.NaN);
    }
    return rounds;
  } finally {
    rmSync(work, { recursive: true, force: true, maxRetries: 5 });
  }
});
