/** The Operations view: what runs first, then what was done, day by day. */
import * as vscode from 'vscode';
import type { Operation } from '../../operations/operation';
import { t } from '../l10n';
import { isOpen, kindWords, startOf, stateIcon, stateWords } from '../words/operation';
import { durationWords } from '../words/phase';
import type { OperationNode, OperationsNode, SectionNode } from './node';

/** What the view shows; undefined shows all. */
export interface OperationFilter {
  readonly label?: string;
  readonly states?: readonly Operation['state'][];
}

/** Days of history that the view lists; the ledger holds more. */
const DAYS = 30;

export class OperationsTree implements vscode.TreeDataProvider<OperationsNode>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<OperationsNode | undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly sections = new Map<string, SectionNode>();
  private readonly nodes = new Map<string, OperationNode>();
  private filter: OperationFilter = {};

  /** @param operations all operations, newest first. */
  constructor(private readonly operations: () => readonly Operation[]) {}

  /** Draws again, because operations changed or time passed. */
  redraw(): void {
    this.changed.fire(undefined);
  }

  show(filter: OperationFilter): void {
    this.filter = filter;
    this.redraw();
  }

  getParent(node: OperationsNode): OperationsNode | undefined {
    return node.kind === 'operation' ? node.parent : undefined;
  }

  getChildren(node?: OperationsNode): OperationsNode[] {
    const shown = this.operations().filter((operation) => this.passes(operation));
    if (node === undefined) {
      const days = new Set(shown.filter((operation) => operation.parent === undefined).map(dayOf));
      const ordered = [...days].sort().reverse().slice(0, DAYS);
      return (days.delete(RUNNING) ? [RUNNING, ...ordered.filter((day) => day !== RUNNING)] : ordered).map(
        (day) => this.section(day),
      );
    }
    const below =
      node.kind === 'section'
        ? shown.filter((operation) => operation.parent === undefined && dayOf(operation) === node.day)
        : this.operations().filter((operation) => operation.parent === node.operation.id);
    return below.map((operation) => this.node(operation, node));
  }

  getTreeItem(node: OperationsNode): vscode.TreeItem {
    return node.kind === 'section'
      ? sectionRow(node)
      : operationRow(node.operation, this.hasRows(node.operation));
  }

  dispose(): void {
    this.changed.dispose();
  }

  private hasRows(operation: Operation): boolean {
    return this.operations().some(({ parent }) => parent === operation.id);
  }

  private passes(operation: Operation): boolean {
    const { label, states } = this.filter;
    return (
      (label === undefined || operation.subject.label === label) &&
      (states === undefined || states.includes(operation.state))
    );
  }

  private section(day: string): SectionNode {
    const known = this.sections.get(day) ?? { kind: 'section', id: `day:${day}`, day };
    this.sections.set(day, known);
    return known;
  }

  private node(operation: Operation, parent: OperationsNode): OperationNode {
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

const RUNNING = 'running';

function dayOf(operation: Operation): string {
  if (isOpen(operation)) return RUNNING;
  const at = new Date(operation.createdAt);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

function sectionRow(node: SectionNode): vscode.TreeItem {
  const label =
    node.day === RUNNING
      ? t('Running')
      : new Date(`${node.day}T00:00`).toLocaleDateString(undefined, {
          weekday: 'short',
          day: 'numeric',
          month: 'short',
          year: 'numeric',
        });
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.Expanded);
  item.id = node.id;
  item.contextValue = 'section';
  return item;
}

function operationRow(operation: Operation, hasRows: boolean): vscode.TreeItem {
  const words = [stateWords(operation.state, t), timeWords(operation), kindWords(operation.kind, t)];
  const item = new vscode.TreeItem(
    operation.subject.label,
    hasRows ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None,
  );
  item.id = operation.id;
  item.description = words.join(' · ');
  item.iconPath = new vscode.ThemeIcon(stateIcon(operation.state));
  item.contextValue = [
    'operation',
    operation.state,
    operation.kind,
    ...(operation.request ? ['sent'] : []),
  ].join(' ');
  item.accessibilityInformation = { label: [operation.subject.label, ...words].join(', ') };
  item.tooltip = new Date(operation.createdAt).toLocaleString();
  return item;
}

/** Elapsed while it runs, the duration when it has ended. */
function timeWords(operation: Operation): string {
  return durationWords((operation.endedAt ?? Date.now()) - startOf(operation), t);
}
