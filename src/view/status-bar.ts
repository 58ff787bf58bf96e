/** The one status bar item: what runs, how deploy on save stands, and a menu at a click. */
import * as vscode from 'vscode';
import type { Operation } from '../operations/operation';
import { t } from './l10n';
import { isOpen } from './words/operation';

export interface OnSaveLook {
  /** A product icon's name. */
  readonly icon: string;
  readonly words: string;
}

export class StatusBar implements vscode.Disposable {
  private operations: readonly Operation[] = [];
  private onSave: OnSaveLook | undefined;
  private readonly item = vscode.window.createStatusBarItem('slipway', vscode.StatusBarAlignment.Left, 10);

  constructor() {
    this.item.name = 'Slipway';
    this.item.command = 'slipway.menu';
  }

  /** Shows how many of the operations run. */
  show(operations: readonly Operation[]): void {
    this.operations = operations;
    this.draw();
  }

  /** Shows the state of deploy on save; undefined where no target has it on. */
  showOnSave(onSave: OnSaveLook | undefined): void {
    this.onSave = onSave;
    this.draw();
  }

  private draw(): void {
    const { onSave } = this;
    const open = this.operations.filter((operation) => operation.parent === undefined && isOpen(operation));
    const [only] = open;
    const running =
      open.length === 0
        ? undefined
        : open.length === 1 && only
          ? only.subject.label
          : t('{0} operations', { 0: open.length });
    if (running === undefined && !onSave) {
      this.item.hide();
      return;
    }
    const icon = running === undefined ? (onSave?.icon ?? 'rocket') : 'sync~spin';
    const words = [running, onSave?.words].filter((text) => text !== undefined).join(' · ');
    this.item.text = `$(${icon}) ${words}`;
    this.item.tooltip = new vscode.MarkdownString(
      open.map((operation) => `- ${operation.subject.label}`).join('\n') || t('Slipway'),
    );
    this.item.accessibilityInformation = { label: t('Slipway: {0}', { 0: words }) };
    this.item.show();
  }

  dispose(): void {
    this.item.dispose();
  }
}
