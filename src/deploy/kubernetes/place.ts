/** The path of a workload in operations, in `slipway.json` and in records. */
import type { Json } from '../../model/json';
import { type WorkloadName, workloadNamed } from '../../model/workload';
import type { RecordFormat } from '../port/target-kind';
import { textIn, whole } from '../reading-json';

/** A workload, and the EKS cluster that it is in. */
export interface WorkloadPlace extends WorkloadName {
  readonly cluster: string;
}

/** The workload of a path. @throws if the path does not identify a workload; the rules keep such paths out of plans */
export function workloadIn([cluster = '', namespace = '', workload = '']: readonly string[]): WorkloadPlace {
  const named = workloadNamed(workload);
  if (named === undefined) throw new Error(`${workload} names no workload`);
  return { cluster, namespace, ...named };
}

export const recordFormat: RecordFormat = {
  folders: (path) => ['kubernetes', ...path],
  membersOf: ([cluster = '', namespace = '', workload = '']) => ({
    eksCluster: cluster,
    namespace,
    workload,
  }),
  pathIn: (record: Json) => {
    const names = whole({
      cluster: textIn(record, 'eksCluster'),
      namespace: textIn(record, 'namespace'),
      workload: textIn(record, 'workload'),
    });
    return names && [names.cluster, names.namespace, names.workload];
  },
};
