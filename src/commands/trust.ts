/** Slipway acts in trusted workspaces alone: the palette says so too, but a command can be run by other ways. */
import * as vscode from 'vscode';
import { refused } from '../model/failure';

/** @throws refused `workspace-not-trusted`. */
export function requireTrust(): void {
  if (!vscode.workspace.isTrusted) throw refused('workspace-not-trusted');
}
