/** The number on the Resources view: how many of the rows that were looked at need attention. */
import * as l10n from '@vscode/l10n';
import type * as vscode from 'vscode';
import type { AttentionCount } from './attention-count';

export function badgeOf({ needing, looked }: AttentionCount): vscode.ViewBadge | undefined {
  if (needing === 0) return undefined;
  return {
    value: needing,
    tooltip: l10n.t('{needing} of the {looked} EKS clusters and node groups looked at need attention', {
      needing,
      looked,
    }),
  };
}
