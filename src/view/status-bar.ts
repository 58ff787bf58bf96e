/**
 * Slipway's only status bar item: the operations that run, wait for the user or ended badly, the state of
 * deploy on save, and a menu on click.
 */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { presentItems } from '../model/present';
import type { Operation } from '../operations/operation';
import { isOpen, shortState } from './messages/operation';
import { countedProgress, type ProgressOf } from './operations/known-progress';
import { labelText, rowText, tooltipText } from './shown';

export interface OnSaveAppearance {
  /** A product icon's name. */
  readonly icon: string;
  readonly words: string;
}

export class StatusBar implements vscode.Disposable {
  private operations: readonly Operation[] = [];
  private unseen: readonly string[] = [];
  private onSave: OnSaveAppearance | undefined;
  private readonly item = vscode.window.createStatusBarItem('slipway', vscode.StatusBarAlignment.Left, 10);

  /** @param progressOf the progress of an operation */
  constructor(private readonly progressOf: ProgressOf = countedProgress) {
    this.item.name = 'Slipway';
    this.item.command = 'slipway.menu';
  }

  /**
   * Shows which of the operations run, wait for the user, or ended badly without the user having seen it.
   * @param unseen ids of the operations that ended badly and that the user has not seen yet
   */
  show(operations: readonly Operation[], unseen: readonly string[]): void {
    this.operations = operations;
    this.unseen = unseen;
    this.draw();
  }

  /** Shows the state of deploy on save; undefined if no target has deploy on save switched on. */
  showOnSave(onSave: OnSaveAppearance | undefined): void {
    this.onSave = onSave;
    this.draw();
  }

  private draw(): void {
    const { onSave } = this;
    const running = withoutRows(
      this.operations.filter((operation) => isOpen(operation) && operation.paused === undefined),
    );
    const waiting = this.operations.filter(({ paused }) => paused !== undefined);
    const failed = this.operations.filter(({ id }) => this.unseen.includes(id));
    const words = presentItems(
      failed.length > 0 ? failedWords(failed) : undefined,
      running.length > 0 ? this.counted(running) : undefined,
      waiting.length > 0 ? l10n.t('{0} waiting for you', { 0: named(waiting) }) : undefined,
      onSave?.words,
    ).join(' · ');
    if (words === '') {
      this.item.hide();
      return;
    }
    const icon =
      failed.length > 0
        ? 'error'
        : running.length > 0
          ? 'sync~spin'
          : waiting.length > 0
            ? 'debug-pause'
            : (onSave?.icon ?? 'rocket');
    const labels = [...failed, ...running, ...waiting].map((operation) => {
      const progress = this.progressOf(operation);
      const { label } = operation.subject;
      return progress ? l10n.t('{0}: {1}', { 0: label, 1: progress.words ?? progress.short }) : label;
    });
    this.item.text = `$(${icon}) ${rowText(words)}`;
    this.item.tooltip = tooltipText(labels.length > 0 ? labels : [l10n.t('Slipway')]);
    this.item.accessibilityInformation = { label: labelText(l10n.t('Slipway: {0}', { 0: words })) };
    this.item.show();
  }

  /** The name and the progress of the operation if it is the only one; else the number of operations. */
  private counted(running: readonly Operation[]): string {
    const [only, ...others] = running;
    const progress = only && others.length === 0 ? this.progressOf(only) : undefined;
    return progress ? l10n.t('{0}: {1}', { 0: named(running), 1: progress.short }) : named(running);
  }

  dispose(): void {
    this.item.dispose();
  }
}

/**
 * Leaves out each operation whose batch is in the list as well. A batch that waits for the user is not in
 * the list, so its operations are counted one by one.
 */
function withoutRows(operations: readonly Operation[]): readonly Operation[] {
  const ids = new Set(operations.map(({ id }) => id));
  return operations.filter(({ parent }) => parent === undefined || !ids.has(parent));
}

/** The label of the operation if it is the only one; else the number of operations. */
function named(operations: readonly Operation[]): string {
  const [only, ...others] = operations;
  return only && others.length === 0
    ? only.subject.label
    : l10n.t('{0} operations', { 0: operations.length });
}

/** How the operation ended if it is the only one; else how many have ended badly. */
function failedWords(operations: readonly Operation[]): string {
  const [only, ...others] = operations;
  return only && others.length === 0
    ? l10n.t('{0}: {1}', { 0: only.subject.label, 1: shortState(only) })
    : l10n.t('{0} operations did not go well', { 0: operations.length });
}
