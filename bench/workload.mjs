#!/usr/bin/env node
// Deploy on save to a workload, from the editor's event to the accepted patch: `node bench/workload.mjs [--quick]`.
import { runAlone } from './report.mjs';
import { rowsOf } from './save/rows.mjs';
import { runSaves } from './save/run-saves.mjs';

const [CLUSTER, NAMESPACE, WORKLOAD] = ['trading-prod', 'tick', 'statefulset/rdb'];

/**
 * @param {{ quick: boolean, say?: (text: string) => void }} options
 * @returns {Promise<readonly import('./report.mjs').Row[]>}
 */
export async function benchWorkload(options) {
  const rounds = await runSaves(
    {
      service: 'workload',
      saved: [CLUSTER, NAMESPACE, WORKLOAD],
      other: [CLUSTER, NAMESPACE, 'statefulset/hdb'],
      place: { kind: 'kubernetes', cluster: CLUSTER, namespace: NAMESPACE, workload: WORKLOAD },
    },
    options,
  );
  return rowsOf('deploy on save to a workload', 'two puts, a read and a patch by bare requests', 5, rounds);
}

await runAlone(import.meta, benchWorkload);
