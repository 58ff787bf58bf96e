/** The log of a workload's pods, in the form in which a page can show it. */
import type { Clock } from '../../model/clock';
import type { Connection } from '../../model/connection';
import { workloadNamed } from '../../model/workload';
import { connectionLabel } from '../../view/resources/kinds/connection';
import type { Ports } from '../ports';
import { logTitle, type OpenedLog } from './log-page';
import { type PodLines, WorkloadLog } from './workload-log';

/**
 * The log of a workload; undefined if the path does not name a workload. @param path cluster, namespace,
 * `statefulset/hdb`
 */
export function workloadLogOf(
  connection: Connection,
  path: readonly string[],
  { ports, clock }: { readonly ports: Ports; readonly clock: Clock },
): OpenedLog | undefined {
  const [cluster, namespace, workload] = path;
  const named = workloadNamed(workload ?? '');
  if (cluster === undefined || namespace === undefined || named === undefined) return undefined;
  const label = path.join(' / ');
  const source = async (): Promise<PodLines> => {
    const { workloads } = await ports(connection);
    const of = workloads(cluster);
    return {
      // The workload is read each time, since it may have been created again.
      pods: async (signal) => of.pods(await of.read({ namespace, ...named }, signal), signal),
      lines: (query, signal) => of.lines(query, signal),
    };
  };
  return {
    key: { kind: 'logs', of: 'workload', connectionId: connection.id, path },
    title: logTitle(label),
    label,
    about: [{ kind: 'code', text: `${namespace}/${named.name}` }, cluster, connectionLabel(connection)],
    source: new WorkloadLog(source, clock),
  };
}
