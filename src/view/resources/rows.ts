/** Rows of the Resources view as VS Code shows them: icon, words, menu context and words for screen readers. */
import * as l10n from '@vscode/l10n';
import type * as vscode from 'vscode';
import { present, presentItems } from '../../model/present';
import type { ChoiceOf } from '../../model/settings';
import type { CommandId } from '../command-ids';
import { asOfWords } from '../messages/as-of';
import { durationWords } from '../messages/phase';
import type { RowIcon } from '../row-icon';
import { treeItem } from '../tree-row';
import { failedWord } from './kinds/eks-rows';
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

/** The operation of Slipway that is under way on a thing: it runs, or it waits for the user. */
export interface Busy {
  /** `deploying`, `updating`, …; words for waiting while the operation waits for the user. */
  readonly verb: string;
  /** The moment from which the elapsed time is counted; epoch milliseconds. */
  readonly since: number;
  /** True while the operation waits for the user's click, so that nothing runs. */
  readonly isWaiting?: boolean;
  /** The progress in a few words. */
  readonly progress?: string;
}

/**
 * Describes the operation under way on a thing; undefined if there is none of the kinds in `operations`.
 * @param path the names that lead from the connection to the thing
 */
export type FindBusy = (
  connectionId: string,
  path: readonly string[],
  operations: readonly string[],
) => Busy | undefined;

/** @param density `compact`: only the state stands beside the label, and the tooltip has the rest */
export function rowOf(
  node: ResourceNode,
  findBusy: FindBusy,
  density: ChoiceOf<'resources.density'> = 'full',
  isEmpty = false,
): vscode.TreeItem {
  if (isNotice(node)) return noticeRow(node);
  const {
    label,
    fullName = label,
    icon,
    tone,
    state,
    words,
    role,
    phase,
    open,
  } = kindOf(node).appearance(node);
  const busy = isThing(node) ? busyOf(node, findBusy) : undefined;
  const asOf = isThing(node) ? node.asOf : undefined;
  const isAged = asOf !== undefined && !busy;
  const stateParts = busy
    ? presentItems(
        busy.verb,
        busy.progress,
        busy.isWaiting ? undefined : durationWords(Date.now() - busy.since),
      )
    : presentItems(
        state,
        asOf === undefined ? undefined : asOfWords(asOf, Date.now()),
        asOf !== undefined && isDetailed(node) ? failedWord(node) : undefined,
      );
  const shownIcon = busy
    ? busyIcon(busy)
    : { icon: isAged ? icon.replace('~spin', '') : icon, ...present({ tone }) };
  const beside = [...stateParts, ...(busy ? words.slice(0, 1) : words)];
  return treeItem({
    id: node.id,
    label,
    description: (density === 'compact' ? stateParts : beside).join(' · '),
    ...shownIcon,
    isPale: isAged,
    context: contextOf(
      node.kind,
      busy ? 'busy' : (phase ?? 'ready'),
      connectionNodeOf(node).connection.source.kind,
      isEmpty,
    ),
    spoken: [role, fullName, ...beside].join(', '),
    ...present({ open, command: isThing(node) ? openPage(node) : undefined }),
  });
}

function busyIcon({ isWaiting }: Busy): RowIcon {
  return isWaiting ? { icon: 'debug-pause', tone: 'waiting' } : { icon: 'sync~spin', tone: 'running' };
}

/** A click on a row, or Enter, opens the thing's page; the row's twistie and the arrow keys open the rows below. */
function openPage(node: ThingNode): vscode.Command {
  return {
    command: 'slipway.resources.open' satisfies CommandId,
    title: l10n.t('Open Page'),
    arguments: [node],
  };
}

function busyOf(node: ThingNode, findBusy: FindBusy): Busy | undefined {
  const { operations } = thingKindOf(node);
  return operations.length === 0 ? undefined : findBusy(connectionNodeOf(node).id, pathOf(node), operations);
}
