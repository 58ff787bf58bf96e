/** Opens logs for the pages that VS Code restored after a reload of the window. */
import { type Connection, connectionFromId } from '../../model/connection';
import type { LogsOf, PageKey } from '../../view/pages/page-key';
import type { ShownPage } from '../../view/pages/panels';
import type { Ports } from '../ports';
import { logGroupOf } from './group-page';
import { type LogPageDeps, logShown, type OpenedLog } from './log-page';
import { workloadLogOf } from './workload-page';

export interface RestoredLogDeps extends LogPageDeps {
  readonly ports: Ports;
}

type Open = (connection: Connection, path: readonly string[], deps: RestoredLogDeps) => OpenedLog | undefined;

const OPEN: { readonly [of in LogsOf]: Open } = {
  'log-group': (connection, [group, label], deps) =>
    group === undefined || label === undefined ? undefined : logGroupOf({ connection, group, label }, deps),
  workload: workloadLogOf,
};

/**
 * The page of a restored log; undefined if `connectionId` is not the id of a connection, or `path` does not
 * identify a log.
 */
export function restoredLog(
  { of, connectionId, path }: Extract<PageKey, { readonly kind: 'logs' }>,
  deps: RestoredLogDeps,
): ShownPage | undefined {
  const connection = connectionFromId(connectionId);
  const log = connection && OPEN[of](connection, path, deps);
  return log && logShown(log, deps);
}
