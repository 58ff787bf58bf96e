/** Rows of the Resources view as VS Code shows them: icon, words, what menus see and what screen readers say. */
import * as l10n from '@vscode/l10n';
import type * as vscode from 'vscode';
import { asOfWords } from '../messages/as-of';
import { durationWords } from '../messages/phase';
import { treeItem } from '../tree-row';
import { failedWords } from './kinds/eks-appearance';
import { contextOf } from './menus';
import {
  isDetailed,
  isNotice,
  isThing,
  kindOf,
  pathOf,
  type ResourceNode,
  type ThingNode,
  thingKindOf,
} from './node';
import { noticeRow } from './notices';
import { connectionNodeOf } from './row';

/** What Slipway is doing to a thing right now. */
export interface Busy {
  /** `deploying`, `updating`, … */
  readonly verb: string;
  /** Epoch milliseconds. */
  readonly since: number;
  /** How far it is, in a few words. */
  readonly progress?: string;
}

/** @param operations kinds of operations that are about such things. */
export type FindBusy = (
  connectionId: string,
  path: readonly string[],
  operations: readonly string[],
) => Busy | undefined;

export function rowOf(node: ResourceNode, findBusy: FindBusy): vscode.TreeItem {
  if (isNotice(node)) return noticeRow(node);
  const { label, icon, words, role, phase, open } = kindOf(node).appearance(node);
  const busy = isThing(node) ? busyOf(node, findBusy) : undefined;
  const asOf = isThing(node) ? node.asOf : undefined;
  const isAged = asOf !== undefined && !busy;
  const beside = busy
    ? [
        ...words.slice(0, 1),
        l10n.t('{0}… {1}', { 0: busy.verb, 1: durationWords(Date.now() - busy.since) }),
        ...(busy.progress === undefined ? [] : [busy.progress]),
      ]
    : [
        ...words,
        ...(asOf === undefined ? [] : [asOfWords(asOf, Date.now())]),
        ...(asOf !== undefined && isDetailed(node) ? failedWords(node) : []),
      ];
  return treeItem({
    id: node.id,
    label,
    description: beside.join(' · '),
    icon: busy ? 'sync~spin' : isAged ? icon.replace('~spin', '') : icon,
    isPale: isAged,
    context: contextOf(
      node.kind,
      busy ? 'busy' : (phase ?? 'ready'),
      connectionNodeOf(node).connection.source.kind,
    ),
    spoken: [role, label, ...beside].join(', '),
    ...(open !== undefined && { open }),
  });
}

function busyOf(node: ThingNode, findBusy: FindBusy): Busy | undefined {
  const { operations } = thingKindOf(node);
  return operations.length === 0 ? undefined : findBusy(connectionNodeOf(node).id, pathOf(node), operations);
}
