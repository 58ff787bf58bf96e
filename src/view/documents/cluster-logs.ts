/** The log of a kdb cluster as text: one event a line, the newest last. */
import * as l10n from '@vscode/l10n';
import type { LogEvent } from '../../deploy/ports';

export interface ShownLogs {
  readonly group: string;
  readonly events: readonly LogEvent[];
  /** Epoch milliseconds from which events were looked for. */
  readonly since: number;
  /** Some events of that time are left out. */
  readonly isIncomplete: boolean;
  /** Why the last look failed, in sentences. */
  readonly problem?: string;
}

export function clusterLogsText({ group, events, since, isIncomplete, problem }: ShownLogs): string {
  const from = new Date(since).toLocaleString();
  return [
    isIncomplete
      ? l10n.t('# {0} since {1}. Not all events are shown.', { 0: group, 1: from })
      : l10n.t('# {0} since {1}', { 0: group, 1: from }),
    ...(events.length === 0 ? [l10n.t('# No events.')] : []),
    ...events.map(
      ({ at, stream, message }) => `${new Date(at).toISOString()} ${stream} ${message.trimEnd()}`,
    ),
    ...(problem === undefined ? [] : [l10n.t('# The last look failed: {0}', { 0: problem })]),
    '',
  ].join('\n');
}
