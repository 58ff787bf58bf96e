/**
 * The user's language for every message. `@vscode/l10n` makes the messages, so that code without VS Code can make them
 * too.
 */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';

/**
 * After this call, messages are in VS Code's display language where Slipway has a translation, and in English
 * otherwise. Each bundle of the extension calls it first, since each contains its own copy of the library.
 */
export function useDisplayLanguage(): void {
  if (vscode.l10n.bundle !== undefined) l10n.config({ contents: vscode.l10n.bundle });
}
