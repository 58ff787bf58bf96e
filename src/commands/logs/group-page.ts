/** A group of CloudWatch Logs as a log that a page can show. */
import type { Clock } from '../../model/clock';
import type { Connection } from '../../model/connection';
import { isReason } from '../../model/failure';
import type { LogBatch } from '../../model/log-source';
import { refuse } from '../../view/messages/refusals/commands';
import { connectionLabel } from '../../view/resources/kinds/connection';
import type { Ports } from '../ports';
import { LogGroup } from './log-group';
import { logTitle, type OpenedLog } from './log-page';

export interface NamedLogGroup {
  readonly connection: Connection;
  /** Name of the group in CloudWatch Logs. */
  readonly group: string;
  /** The thing that writes the log: `equities-prod / eq-rdb`. */
  readonly label: string;
}

export function logGroupOf(
  { connection, group, label }: NamedLogGroup,
  { ports, clock }: { readonly ports: Ports; readonly clock: Clock },
): OpenedLog {
  const source = new LogGroup(async () => (await ports(connection)).logs, group, clock);
  return {
    key: { kind: 'logs', of: 'log-group', connectionId: connection.id, path: [group, label] },
    title: logTitle(label),
    label,
    about: [{ kind: 'code', text: group }, connectionLabel(connection)],
    source: { follow: (signal) => withReason(source.follow(signal), group, label) },
  };
}

/** Explains a missing group: a group does not exist before its first line is written. */
async function* withReason(
  batches: AsyncIterable<LogBatch>,
  group: string,
  label: string,
): AsyncGenerator<LogBatch, void> {
  try {
    yield* batches;
  } catch (thrown) {
    if (!isReason(thrown, 'not-found')) throw thrown;
    throw refuse('no-log-group', { cluster: label, group }, thrown);
  }
}
