/** Rows of the Resources view as VS Code shows them: icon, words, what menus see and what screen readers say. */
import * as vscode from 'vscode';
import type { Connection } from '../../model/connection';
import { t } from '../l10n';
import { asOfWords } from '../words/as-of';
import { failureWords } from '../words/failure';
import { durationWords, phaseIcon, statusWords } from '../words/phase';
import { eksClusterLooks, failedWords, nodegroupLooks } from './eks-looks';
import type { Looks } from './looks';
import { connectionNodeOf, isNotice, isThing, type NoticeNode, pathOf, type ResourceNode } from './node';

/** What Slipway is doing to a thing right now. */
export interface Busy {
  /** `deploying`, `updating`, … */
  readonly verb: string;
  /** Epoch milliseconds. */
  readonly since: number;
}

export type BusyLook = (connectionId: string, path: readonly string[]) => Busy | undefined;

export function connectionLabel(connection: Connection): string {
  return connection.source.kind === 'sandbox' ? t('Sandbox') : connection.source.profile;
}

export function rowOf(node: ResourceNode, busyLook: BusyLook): vscode.TreeItem {
  if (isNotice(node)) return noticeRow(node);
  const looks = looksOf(node);
  const busy = isThing(node) ? busyLook(connectionNodeOf(node).id, pathOf(node)) : undefined;
  const asOf = isThing(node) ? node.asOf : undefined;
  const words = busy
    ? [
        ...looks.words.slice(0, 1),
        t('{0}… {1}', { 0: busy.verb, 1: durationWords(Date.now() - busy.since, t) }),
      ]
    : [...looks.words, ...(asOf === undefined ? [] : [asOfWords(asOf, Date.now(), t), ...failedWords(node)])];
  const item = new vscode.TreeItem(looks.label, stateOf(looks.open));
  item.id = node.id;
  item.iconPath =
    asOf === undefined || busy
      ? new vscode.ThemeIcon(busy ? 'sync~spin' : looks.icon)
      : new vscode.ThemeIcon(looks.icon.replace('~spin', ''), new vscode.ThemeColor('disabledForeground'));
  item.description = words.join(' · ');
  item.contextValue = [node.kind, busy ? 'busy' : (looks.phase ?? 'ready'), sourceWord(node)].join(' ');
  item.accessibilityInformation = { label: [looks.role, looks.label, ...words].join(', ') };
  return item;
}

function sourceWord(node: ResourceNode): string {
  return connectionNodeOf(node).connection.source.kind;
}

function stateOf(open: Looks['open']): vscode.TreeItemCollapsibleState {
  if (open === undefined) return vscode.TreeItemCollapsibleState.None;
  return open === 'expanded'
    ? vscode.TreeItemCollapsibleState.Expanded
    : vscode.TreeItemCollapsibleState.Collapsed;
}

function looksOf(node: Exclude<ResourceNode, NoticeNode>): Looks {
  switch (node.kind) {
    case 'connection': {
      const account = node.identity?.accountId;
      return {
        label: connectionLabel(node.connection),
        icon: node.connection.source.kind === 'sandbox' ? 'beaker' : 'account',
        words: [node.connection.region, ...(account === undefined ? [] : [account])],
        role: t('connection'),
        open: 'expanded',
      };
    }
    case 'kdb':
      return {
        label: t('kdb Environments'),
        icon: 'server-environment',
        words: [],
        role: t('group'),
        open: 'expanded',
      };
    case 'eks':
      return { label: t('EKS Clusters'), icon: 'layers', words: [], role: t('group'), open: 'expanded' };
    case 'environment': {
      const { name, status, phase } = node.environment;
      return {
        label: name,
        icon: phaseIcon(phase, 'server-environment'),
        words: phase === 'ready' ? [] : [statusWords(status)],
        role: t('kdb environment'),
        phase,
        open: 'collapsed',
      };
    }
    case 'kdb-cluster': {
      const { name, type, status, phase, statusReason } = node.summary;
      return {
        label: name,
        icon: phaseIcon(phase, 'database'),
        words: [type, statusWords(status), ...(statusReason === undefined ? [] : [statusReason])],
        role: t('kdb cluster'),
        phase,
      };
    }
    case 'eks-cluster':
      return eksClusterLooks(node);
    case 'nodegroup':
      return nodegroupLooks(node);
  }
}

function noticeRow(node: NoticeNode): vscode.TreeItem {
  const item = new vscode.TreeItem('');
  item.id = node.id;
  item.contextValue = node.kind;
  switch (node.kind) {
    case 'failure': {
      const words = node.failure ? failureWords(node.failure, t, []) : t('Unknown');
      item.label = words;
      item.iconPath = new vscode.ThemeIcon('error');
      item.tooltip = words;
      item.accessibilityInformation = { label: t('Could not be read: {0}', { 0: words }) };
      item.contextValue = node.failure?.kind === 'credentials' ? 'failure credentials' : 'failure';
      break;
    }
    case 'empty':
      item.label = EMPTY[node.parent.kind]();
      item.iconPath = new vscode.ThemeIcon('dash');
      break;
    case 'looking':
      item.label = t('Looking for what needs attention…');
      item.iconPath = new vscode.ThemeIcon('loading~spin');
      break;
    case 'fine':
      item.label = FINE[node.parent.kind]();
      item.iconPath = new vscode.ThemeIcon('pass');
      break;
    case 'more':
      item.label = t('Load More…');
      item.iconPath = new vscode.ThemeIcon('ellipsis');
      item.command = { command: 'slipway.resources.loadMore', title: t('Load More…'), arguments: [node] };
      break;
  }
  return item;
}

const EMPTY = {
  kdb: () => t('No kdb environments in this region'),
  environment: () => t('No clusters in this environment'),
  eks: () => t('No EKS clusters in this region'),
  'eks-cluster': () => t('No managed node groups'),
} as const;

const FINE = {
  ...EMPTY,
  eks: () => t('Nothing needs attention'),
  'eks-cluster': () => t('No node group needs attention'),
} as const;
