/**
 * Notices of the tree as VS Code shows them. A click on a notice runs a command that helps, such as the
 * remedy of a failure, or the command that reads the next page of a list.
 */
import * as l10n from '@vscode/l10n';
import type * as vscode from 'vscode';
import type { CommandId } from '../command-ids';
import { failureWords } from '../messages/failure';
import { failureTitle } from '../messages/failure-title';
import { treeItem } from '../tree-row';
import { listedIn } from './branches';
import { failureRemedy, REMEDY_COMMANDS } from './failure-remedy';
import type { OfferedCommands } from './kinds/kind';
import type { FailureNode, ListNotice, NoticeNode } from './node';
import { connectionNodeOf } from './row';

/** Commands in the menus of notices. The menu of a failure also has the command of the failure's remedy. */
export const NOTICE_COMMANDS: { readonly [K in NoticeNode['kind']]: OfferedCommands } = {
  failure: {
    'slipway.resources.tryAgain': 'always',
    'slipway.connection.changeRegion': 'always',
    'slipway.log.show': 'always',
  },
  /** If a region is empty, the user may have chosen the wrong region. */
  empty: { 'slipway.connection.changeRegion': 'in-aws' },
  more: {},
  others: {},
  looking: {},
  fine: {},
};

export function noticeRow(node: NoticeNode): vscode.TreeItem {
  if (node.kind === 'failure') return rowOfFailure(node);
  const { id, kind, parent } = node;
  const row = { id, context: kind };
  switch (kind) {
    case 'empty': {
      const { list } = listedIn(parent).kind;
      const [label, why] = [list.none(parent), list.whyNone?.(parent)];
      return treeItem({
        ...row,
        context: contextOfEmpty(parent),
        label,
        icon: 'dash',
        ...(why !== undefined && { description: why, tooltip: [why], spoken: `${label}. ${why}` }),
        command: clickOf('slipway.resources.refreshRow', l10n.t('Refresh'), parent),
      });
    }
    case 'looking':
      return treeItem({
        ...row,
        label: l10n.t('Looking for what needs attention…'),
        icon: 'loading~spin',
        tone: 'running',
        command: clickOf('slipway.resources.showAll', l10n.t('Show All Resources')),
      });
    case 'fine':
      return treeItem({
        ...row,
        label: listedIn(parent).kind.fine(),
        icon: 'pass',
        tone: 'fine',
        command: clickOf('slipway.resources.showAll', l10n.t('Show All Resources')),
      });
    case 'others': {
      const label = othersLabel(parent);
      return treeItem({
        ...row,
        label,
        icon: 'list-filter',
        command: clickOf('slipway.workloads.toggleOthers', label, parent),
      });
    }
    case 'more': {
      const label = l10n.t('Load More…');
      return treeItem({
        ...row,
        label,
        icon: 'ellipsis',
        command: clickOf('slipway.resources.loadMore', label, node),
      });
    }
  }
}

/** The menu context of an empty list. It contains `region` if the list covers a whole region of AWS. */
function contextOfEmpty(parent: ListNotice['parent']): string {
  const isRegion = parent.parent.kind === 'connection' && parent.parent.connection.source.kind === 'profile';
  return isRegion ? 'empty region' : 'empty';
}

function rowOfFailure(node: FailureNode): vscode.TreeItem {
  const { id, failure, parent } = node;
  const words = failureWords(failure);
  const remedy = failureRemedy(failure, connectionNodeOf(parent).connection.source.kind);
  return treeItem({
    id,
    label: failureTitle(failure),
    description: words,
    icon: 'error',
    tone: 'failed',
    tooltip: [words],
    spoken: l10n.t('Could not be read: {0}', { 0: words }),
    // The remedy's name is a part of the context: the `when` clauses of package.json refer to it.
    context: ['failure', remedy].join(' '),
    command: clickOf(REMEDY_COMMANDS[remedy], failureTitle(failure), node),
  });
}

function clickOf(
  command: CommandId,
  title: string,
  node?: FailureNode | ListNotice | ListNotice['parent'],
): vscode.Command {
  return { command, title, arguments: node ? [node] : [] };
}

function othersLabel(parent: ListNotice['parent']): string {
  return parent.kind === 'workloads' && parent.showsOthers === true
    ? l10n.t('Show Only Those That Carry Code')
    : l10n.t('Show All');
}
