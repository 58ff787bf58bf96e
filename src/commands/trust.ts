/** Slipway acts in trusted workspaces alone: the palette says so too, but a command can be run by other ways. */

import * as vscode from 'vscode';
import { refuse } from '../view/messages/refusals/commands';

/** @throws refused `workspace-not-trusted`. */
export function requireTrust(): void {
  if (!vscode.workspace.isTrusted) throw refuse('workspace-not-trusted');
}
