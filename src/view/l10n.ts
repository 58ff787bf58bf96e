/**
 * Puts every message in the user's language. The messages come from `@vscode/l10n`, so that code without VS
 * Code can make messages too.
 */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';

/**
 * After this call, messages are in VS Code's display language where Slipway has a translation, and in
 * English otherwise. Each bundle of the extension makes this call first, since each has its own copy of
 * `@vscode/l10n`.
 */
export function useDisplayLanguage(): void {
  if (vscode.l10n.bundle !== undefined) l10n.config({ contents: vscode.l10n.bundle });
}
