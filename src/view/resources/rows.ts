/** Rows of the Resources view as VS Code shows them: icon, words, what menus see and what screen readers say. */
import * as l10n from '@vscode/l10n';
import type * as vscode from 'vscode';
import type { Connection } from '../../model/connection';
import { treeItem } from '../tree-row';
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
  return connection.source.kind === 'sandbox' ? l10n.t('Sandbox') : connection.source.profile;
}

export function rowOf(node: ResourceNode, busyLook: BusyLook): vscode.TreeItem {
  if (isNotice(node)) return noticeRow(node);
  const looks = looksOf(node);
  const busy = isThing(node) ? busyLook(connectionNodeOf(node).id, pathOf(node)) : undefined;
  const asOf = isThing(node) ? node.asOf : undefined;
  const words = busy
    ? [
        ...looks.words.slice(0, 1),
        l10n.t('{0}… {1}', { 0: busy.verb, 1: durationWords(Date.now() - busy.since) }),
      ]
    : [...looks.words, ...(asOf === undefined ? [] : [asOfWords(asOf, Date.now()), ...failedWords(node)])];
  const isAged = asOf !== undefined && !busy;
  return treeItem({
    id: node.id,
    label: looks.label,
    description: words.join(' · '),
    icon: busy ? 'sync~spin' : isAged ? looks.icon.replace('~spin', '') : looks.icon,
    isPale: isAged,
    context: [node.kind, busy ? 'busy' : (looks.phase ?? 'ready'), sourceWord(node)].join(' '),
    spoken: [looks.role, looks.label, ...words].join(', '),
    ...(looks.open !== undefined && { open: looks.open }),
  });
}

function sourceWord(node: ResourceNode): string {
  return connectionNodeOf(node).connection.source.kind;
}

function looksOf(node: Exclude<ResourceNode, NoticeNode>): Looks {
  switch (node.kind) {
    case 'connection': {
      const account = node.identity?.accountId;
      return {
        label: connectionLabel(node.connection),
        icon: node.connection.source.kind === 'sandbox' ? 'beaker' : 'account',
        words: [node.connection.region, ...(account === undefined ? [] : [account])],
        role: l10n.t('connection'),
        open: 'expanded',
      };
    }
    case 'kdb':
      return {
        label: l10n.t('kdb Environments'),
        icon: 'server-environment',
        words: [],
        role: l10n.t('group'),
        open: 'expanded',
      };
    case 'eks':
      return {
        label: l10n.t('EKS Clusters'),
        icon: 'layers',
        words: [],
        role: l10n.t('group'),
        open: 'expanded',
      };
    case 'environment': {
      const { name, status, phase } = node.environment;
      return {
        label: name,
        icon: phaseIcon(phase, 'server-environment'),
        words: phase === 'ready' ? [] : [statusWords(status)],
        role: l10n.t('kdb environment'),
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
        role: l10n.t('kdb cluster'),
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
  const { id, kind } = node;
  const row = { id, context: kind };
  switch (node.kind) {
    case 'failure': {
      const words = node.failure ? failureWords(node.failure, []) : l10n.t('Unknown');
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
      return treeItem({ ...row, label: EMPTY[node.parent.kind](), icon: 'dash' });
    case 'looking':
      return treeItem({ ...row, label: l10n.t('Looking for what needs attention…'), icon: 'loading~spin' });
    case 'fine':
      return treeItem({ ...row, label: FINE[node.parent.kind](), icon: 'pass' });
    case 'more': {
      const label = l10n.t('Load More…');
      const command = { command: 'slipway.resources.loadMore', title: label, arguments: [node] };
      return treeItem({ ...row, label, icon: 'ellipsis', command });
    }
  }
}

const EMPTY = {
  kdb: () => l10n.t('No kdb environments in this region'),
  environment: () => l10n.t('No clusters in this environment'),
  eks: () => l10n.t('No EKS clusters in this region'),
  'eks-cluster': () => l10n.t('No managed node groups'),
} as const;

const FINE = {
  ...EMPTY,
  eks: () => l10n.t('Nothing needs attention'),
  'eks-cluster': () => l10n.t('No node group needs attention'),
} as const;
