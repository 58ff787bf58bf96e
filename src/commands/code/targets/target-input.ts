/** From a target of the workspace to what a plan is made from. */
import * as vscode from 'vscode';
import type { PlanInput } from '../../../deploy/plan/input';
import { planInputOf } from '../../../deploy/targets/plan-input';
import type { ConnectionStore } from '../../../view/connection-store';
import { gitCommitOf } from '../../../view/git';
import { diskOrTree } from '../../../view/workspace-folder';
import type { Ports } from '../../ports';
import { connectionFor } from './connection-of';
import type { WorkspaceTarget } from './workspace-targets';

export interface TargetInputDeps {
  readonly store: ConnectionStore;
  readonly ports: Ports;
  /** Absolute path of the folder for zips. */
  readonly cacheFolder: string;
}

/** @throws refused `no-connection`. */
export async function targetInput(
  target: WorkspaceTarget,
  deps: TargetInputDeps,
  signal: AbortSignal,
): Promise<PlanInput> {
  const [input, git] = await Promise.all([
    inputWithoutGit(target, deps, signal),
    gitCommitOf(rootOf(target)),
  ]);
  return { ...input, ...(git && { git }) };
}

/** For whoever does not say which commit it was, or not yet. @throws as {@link targetInput}. */
export async function inputWithoutGit(
  { folder, target }: WorkspaceTarget,
  { store, ports, cacheFolder }: TargetInputDeps,
  signal: AbortSignal,
): Promise<PlanInput> {
  const connection = await connectionFor(target.connection, { store, ports }, signal);
  return planInputOf(target, { connection, root: diskOrTree(rootOf({ folder, target })), cacheFolder });
}

/** The folder whose content is deployed. */
export function rootOf({ folder, target }: WorkspaceTarget): vscode.Uri {
  return vscode.Uri.joinPath(folder.uri, target.root);
}
