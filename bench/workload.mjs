#!/usr/bin/env node
// Deploy on save to a workload, from the editor's event to the accepted patch: `node bench/workload.mjs [--quick]`.
import { runAlone } from './report.mjs';
import { benchSaves } from './save/rows.mjs';

/**
 * @param {{ quick: boolean, say?: (text: string) => void }} options
 * @returns {Promise<readonly import('./report.mjs').Row[]>}
 */
export function benchWorkload(options) {
  const against = 'two puts, a read and a patch by bare requests';
  return benchSaves(
    { service: 'workload', section: 'deploy on save to a workload', against, calls: 5 },
    options,
  );
}

await runAlone(import.meta, benchWorkload);
