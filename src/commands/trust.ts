/**
 * Slipway deploys and updates only in trusted workspaces. In other workspaces, the commands that need trust
 * are still in the palette, but only say why they do nothing.
 */

import * as vscode from 'vscode';
import type { CommandId } from '../view/command-ids';
import { refuse } from '../view/messages/refusals/commands';

/** Commands that read a workspace's settings and code, or that make changes which depend on these. */
export const NEED_TRUST: ReadonlySet<CommandId> = new Set<CommandId>([
  'slipway.code.deploy',
  'slipway.code.plan',
  'slipway.code.deployAgain',
  'slipway.code.deploySeveral',
  'slipway.code.compare',
  'slipway.code.rollBack',
  'slipway.code.saveAsTarget',
  'slipway.nodegroup.update',
  'slipway.nodegroup.updateSeveral',
  'slipway.nodegroup.editUpdateSettings',
  'slipway.operation.goOn',
  'slipway.operation.retry',
  'slipway.onSave.toggle',
]);

/** @throws refused `workspace-not-trusted`. */
export function requireTrust(): void {
  if (!vscode.workspace.isTrusted) throw refuse('workspace-not-trusted');
}
