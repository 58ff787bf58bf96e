/** Rows that stand for rows, as VS Code shows them. */
import * as l10n from '@vscode/l10n';
import type * as vscode from 'vscode';
import { failureWords } from '../messages/failure';
import { treeItem } from '../tree-row';
import { listedIn } from './branches';
import type { OfferedCommands } from './kinds/kind';
import type { NoticeNode } from './node';

/** Commands in the menus of notices. */
export const NOTICE_COMMANDS: { readonly [K in NoticeNode['kind']]: OfferedCommands } = {
  failure: { 'slipway.resources.refreshRow': 'always' },
  empty: {},
  more: {},
  looking: {},
  fine: {},
};

export function noticeRow(node: NoticeNode): vscode.TreeItem {
  const { id, kind } = node;
  const row = { id, context: kind };
  switch (node.kind) {
    case 'failure': {
      const words = node.failure ? failureWords(node.failure) : l10n.t('Unknown');
      return treeItem({
        ...row,
        label: words,
        icon: 'error',
        tooltip: [words],
        spoken: l10n.t('Could not be read: {0}', { 0: words }),
        context: node.failure?.kind === 'credentials' ? 'failure credentials' : 'failure',
      });
    }
    case 'empty':
      return treeItem({ ...row, label: listedIn(node.parent).kind.list.none(), icon: 'dash' });
    case 'looking':
      return treeItem({ ...row, label: l10n.t('Looking for what needs attention…'), icon: 'loading~spin' });
    case 'fine':
      return treeItem({ ...row, label: fineWords(node), icon: 'pass' });
    case 'more': {
      const label = l10n.t('Load More…');
      const command = { command: 'slipway.resources.loadMore', title: label, arguments: [node] };
      return treeItem({ ...row, label, icon: 'ellipsis', command });
    }
  }
}

function fineWords({ parent }: NoticeNode): string {
  const { kind, detailed } = listedIn(parent);
  return (detailed?.assessment ?? kind.list).none();
}
