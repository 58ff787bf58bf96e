#!/usr/bin/env node
// Deploy on save, from the editor's event to the accepted update, in a real window: `node bench/save.mjs [--quick]`.
import { runAlone } from './report.mjs';
import { rowsOf } from './save/rows.mjs';
import { runSaves } from './save/run-saves.mjs';

const ENVIRONMENT = 'eq7dev51r8c4n6y3v2h9s0kd';
const CLUSTER = 'dev-scratch';

/**
 * @param {{ quick: boolean, say?: (text: string) => void }} options
 * @returns {Promise<readonly import('./report.mjs').Row[]>}
 */
export async function benchSave(options) {
  const rounds = await runSaves(
    {
      service: 'kdb',
      saved: [ENVIRONMENT, CLUSTER],
      other: ['eq7prod3k9m2q4x8t6z5w1ab', 'eq-analytics'],
      place: { environment: ENVIRONMENT, cluster: CLUSTER },
    },
    options,
  );
  return rowsOf('deploy on save', 'two puts, a read and an update by the bare SDK', 4, rounds);
}

await runAlone(import.meta, benchSave);
