/** The user's language: `vscode.l10n.t` in the one form that domain words use too. */
import * as vscode from 'vscode';
import type { Translate } from './words/translate';

export const t: Translate = (message, args) =>
  args === undefined ? vscode.l10n.t(message) : vscode.l10n.t(message, args);
