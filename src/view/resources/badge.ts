/** The number on the Resources view: how many of the rows that were looked at need attention. */
import * as l10n from '@vscode/l10n';
import type * as vscode from 'vscode';
import type { AttentionCount } from './attention-count';

/** Counts what is known, and says where that is not all. */
export function badgeOf({ needing, looked, isAll }: AttentionCount): vscode.ViewBadge | undefined {
  if (needing === 0) return undefined;
  const counts = { needing, looked };
  return {
    value: needing,
    tooltip: isAll
      ? l10n.t('{needing} of {looked} environments, clusters and node groups need attention', counts)
      : l10n.t(
          '{needing} of the {looked} environments, clusters and node groups looked at need attention; others have not been opened, or could not be read',
          counts,
        ),
  };
}
