/** The only module that shows messages in VS Code. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { messageText, rowText } from './shown';

export type MessageLevel = 'error' | 'warning' | 'information';

/** Shows a notification. Resolves when the notification is gone, with the button that was clicked, if any. */
export async function showMessage(
  level: MessageLevel,
  message: string,
  buttons: readonly string[] = [],
): Promise<string | undefined> {
  const text = messageText(message);
  switch (level) {
    case 'error':
      return await vscode.window.showErrorMessage(text, ...buttons);
    case 'warning':
      return await vscode.window.showWarningMessage(text, ...buttons);
    case 'information':
      return await vscode.window.showInformationMessage(text, ...buttons);
  }
}

/** Puts text on the clipboard, and says so. */
export async function copyText(text: string): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  showBriefly(l10n.t('Copied'), 2_000);
}

/** Shows words in the status bar for `forMs` milliseconds. */
export function showBriefly(words: string, forMs: number): void {
  void vscode.window.setStatusBarMessage(rowText(words), forMs);
}

/**
 * An error to hand to VS Code, which decides itself how to show the message. `thrown` is kept as the cause.
 */
export function shownError(thrown: unknown): Error {
  return new Error(messageText(thrown instanceof Error ? thrown.message : String(thrown)), { cause: thrown });
}
