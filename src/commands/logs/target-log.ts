/** The log of a deploy target: in CloudWatch, or of pods in its cluster. */

import type { TargetKind } from '../../deploy/port/target-kind';
import { refuse as refuseDeployment } from '../../deploy/refusal';
import type { Clock } from '../../model/clock';
import type { Connection } from '../../model/connection';
import type { Ports } from '../ports';
import { logGroupOf } from './group-page';
import type { OpenedLog } from './log-page';
import { workloadLogOf } from './workload-page';

export interface LoggedTarget {
  readonly connection: Connection;
  readonly kind: TargetKind;
  readonly path: readonly string[];
  /** The target's label for the user. */
  readonly label: string;
}

/** @throws refused `operation-unreadable` for a path that does not identify a target */
export function targetLog(
  { connection, kind, path, label }: LoggedTarget,
  deps: { readonly ports: Ports; readonly clock: Clock },
): OpenedLog {
  const group = kind.logGroup(path);
  const log =
    group === undefined
      ? workloadLogOf(connection, path, deps)
      : logGroupOf({ connection, group, label }, deps);
  if (log === undefined) throw refuseDeployment('operation-unreadable', { what: 'plan' });
  return log;
}
