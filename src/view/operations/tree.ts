/**
 * The Operations view: first the operations that wait for the user, then the running ones, then the others by
 * day, the last day first.
 */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { getOrMake } from '../../model/cache';
import { presentItems } from '../../model/present';
import type { BatchRowStatus } from '../../operations/batch-plan';
import type { Operation } from '../../operations/operation';
import type { CommandId } from '../command-ids';
import {
  batchWords,
  isOpen,
  kindWords,
  operationIcon,
  operationWords,
  shortState,
  silenceWords,
  startOf,
} from '../messages/operation';
import { durationWords } from '../messages/phase';
import { treeItem } from '../tree-row';
import { countedProgress, type KnownProgress, type ProgressOf } from './known-progress';
import {
  contextOf,
  type OperationNode,
  type OperationsNode,
  type SectionNode,
  type WaitingNode,
} from './node';

/** The filter of the view. An undefined member excludes no operation. */
export interface OperationFilter {
  readonly label?: string;
  readonly states?: readonly Operation['state'][];
}

/** The most days that the view lists; the ledger holds more. */
const DAYS = 30;

export class OperationsTree implements vscode.TreeDataProvider<OperationsNode>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<OperationsNode | undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly sections = new Map<string, SectionNode>();
  private readonly nodes = new Map<string, OperationNode>();
  private readonly waitingNodes = new Map<string, WaitingNode>();
  private filter: OperationFilter = {};

  /**
   * @param operations all operations, newest first.
   * @param rowsOf the rows of a batch, including those that have not begun; empty for any other operation.
   * @param progressOf the progress of an operation.
   */
  constructor(
    private readonly operations: () => readonly Operation[],
    private readonly rowsOf: (operation: Operation) => readonly BatchRowStatus[],
    private readonly progressOf: ProgressOf = countedProgress,
  ) {}

  /** Draws again, because operations changed or time passed. */
  redraw(): void {
    this.changed.fire(undefined);
  }

  get shown(): OperationFilter {
    return this.filter;
  }

  show(filter: OperationFilter): void {
    this.filter = filter;
    this.redraw();
  }

  getParent(node: OperationsNode): OperationsNode | undefined {
    return node.kind === 'section' ? undefined : node.parent;
  }

  getChildren(node?: OperationsNode): OperationsNode[] {
    const shown = this.operations().filter((operation) => this.passes(operation));
    if (node === undefined) {
      const days = new Set(shown.filter((operation) => operation.parent === undefined).map(dayOf));
      const open = [WAITING, RUNNING].filter((section) => days.delete(section));
      return [...open, ...[...days].sort().reverse().slice(0, DAYS)].map((day) => this.section(day));
    }
    switch (node.kind) {
      case 'section':
        return shown
          .filter((operation) => operation.parent === undefined && dayOf(operation) === node.day)
          .map((operation) => this.node(operation, node));
      case 'operation':
        return this.rowsOf(node.operation).map(({ row, operation }) =>
          operation
            ? this.node(operation, node)
            : this.waiting(`${node.id} ${row.key}`, row.planned.subject.label, node),
        );
      case 'waiting':
        return [];
    }
  }

  getTreeItem(node: OperationsNode): vscode.TreeItem {
    switch (node.kind) {
      case 'section':
        return sectionRow(node);
      case 'operation':
        return operationRow(node, this.rowsOf(node.operation), this.progressOf(node.operation));
      case 'waiting':
        return waitingRow(node);
    }
  }

  dispose(): void {
    this.changed.dispose();
  }

  private passes(operation: Operation): boolean {
    const { label, states } = this.filter;
    return (
      (label === undefined || operation.subject.label === label) &&
      (states === undefined || states.includes(operation.state))
    );
  }

  private section(day: string): SectionNode {
    return getOrMake(this.sections, day, () => ({ kind: 'section', id: `day:${day}`, day }));
  }

  private waiting(id: string, label: string, parent: OperationNode): WaitingNode {
    return getOrMake(this.waitingNodes, id, () => ({ kind: 'waiting', id, label, parent }));
  }

  private node(operation: Operation, parent: OperationNode['parent']): OperationNode {
    const known = this.nodes.get(operation.id);
    if (known && known.parent === parent) {
      known.operation = operation;
      return known;
    }
    const made: OperationNode = { kind: 'operation', id: operation.id, parent, operation };
    this.nodes.set(operation.id, made);
    return made;
  }
}

const WAITING = 'waiting';
const RUNNING = 'running';

function dayOf(operation: Operation): string {
  if (operation.paused !== undefined) return WAITING;
  if (isOpen(operation)) return RUNNING;
  const at = new Date(operation.createdAt);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

function sectionRow({ id, day }: SectionNode): vscode.TreeItem {
  return treeItem({ id, label: sectionLabel(day), context: 'section', open: 'expanded' });
}

function sectionLabel(day: string): string {
  if (day === WAITING) return l10n.t('Waiting for You');
  if (day === RUNNING) return l10n.t('Running');
  return new Date(`${day}T00:00`).toLocaleDateString(undefined, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  });
}

function waitingRow({ id, label, kind, parent }: WaitingNode): vscode.TreeItem {
  const words = l10n.t('not begun');
  return treeItem({
    id,
    label,
    description: words,
    icon: 'circle-outline',
    context: kind,
    spoken: `${label}, ${words}`,
    command: showPage(parent),
  });
}

/** A click or Enter opens the page; the twistie of a batch, or the arrow keys, open its rows. */
function showPage(node: OperationNode): vscode.Command {
  return {
    command: 'slipway.operation.show' satisfies CommandId,
    title: l10n.t('Show Operation Details'),
    arguments: [node],
  };
}

function operationRow(
  node: OperationNode,
  rows: readonly BatchRowStatus[],
  progress: KnownProgress | undefined,
): vscode.TreeItem {
  const { operation } = node;
  const state = shortState(operation);
  const whole = silenceWords(operation, Date.now()) ?? operationWords(operation);
  const words = presentItems(
    state,
    rows.length > 0 ? batchWords(rows) : undefined,
    progress?.short,
    operation.paused === undefined ? timeWords(operation) : undefined,
    whole === state ? undefined : whole,
    kindWords(operation),
  );
  const { label } = operation.subject;
  return treeItem({
    id: operation.id,
    label,
    description: words.join(' · '),
    ...operationIcon(operation),
    context: contextOf(operation),
    spoken: [label, ...words].join(', '),
    tooltip: presentItems(label, ...words, progress?.words, new Date(operation.createdAt).toLocaleString()),
    ...(rows.length > 0 && { open: 'collapsed' }),
    command: showPage(node),
  });
}

/** The elapsed time of a running operation, or the duration of an operation that has ended. */
function timeWords(operation: Operation): string {
  return durationWords((operation.endedAt ?? Date.now()) - startOf(operation));
}
