#!/usr/bin/env node
// Deploy on save, from the editor's event to the accepted update, in a real window: `node bench/save.mjs [--quick]`.
import { runAlone } from './report.mjs';
import { benchSaves } from './save/rows.mjs';

/**
 * @param {{ quick: boolean, say?: (text: string) => void }} options
 * @returns {Promise<readonly import('./report.mjs').Row[]>}
 */
export function benchSave(options) {
  const against = 'two puts, a read and an update by the bare SDK';
  return benchSaves({ service: 'kdb', section: 'deploy on save', against, calls: 4 }, options);
}

await runAlone(import.meta, benchSave);
