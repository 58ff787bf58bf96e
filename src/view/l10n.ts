/** The user's language for every message: `@vscode/l10n` makes them, so that they can be made without VS Code too. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';

/**
 * From here on messages come out in VS Code's display language where Slipway has them in it, and in English otherwise.
 * To be called first by each program that the extension is built of, since each holds a copy of the library.
 */
export function useDisplayLanguage(): void {
  if (vscode.l10n.bundle !== undefined) l10n.config({ contents: vscode.l10n.bundle });
}
