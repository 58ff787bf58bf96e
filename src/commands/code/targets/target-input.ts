/** Makes the input of a plan from a target of the workspace. */

import * as vscode from 'vscode';
import type { PlanInput } from '../../../deploy/plan/input';
import { planInputOf } from '../../../deploy/targets/plan-input';
import { present } from '../../../model/present';
import { isSamePath } from '../../../model/same-path';
import { refuse } from '../../../package/refusal';
import type { ConnectionStore } from '../../../view/connection-store';
import { gitCommitOf } from '../../../view/git';
import { diskOrTree } from '../../../view/workspace-tree';
import type { Ports } from '../../ports';
import { connectionFor } from './connection-of';
import type { WorkspaceTarget } from './workspace-targets';

export interface TargetInputDeps {
  readonly store: ConnectionStore;
  readonly ports: Ports;
  /** Absolute path of the folder for zips. */
  readonly cacheFolder: string;
}

/**
 * @throws refused `no-connection`, `root-is-link`; the failure of a connection whose account could not be
 * read
 */
export async function targetInput(
  target: WorkspaceTarget,
  deps: TargetInputDeps,
  signal: AbortSignal,
): Promise<PlanInput> {
  const [input, git] = await Promise.all([
    inputWithoutGit(target, deps, signal),
    gitCommitOf(rootOf(target)),
  ]);
  return { ...input, ...present({ git }) };
}

/**
 * As {@link targetInput}, but without the git commit, which takes time to read.
 * @throws as {@link targetInput}
 */
export async function inputWithoutGit(
  { folder, target }: WorkspaceTarget,
  { store, ports, cacheFolder }: TargetInputDeps,
  signal: AbortSignal,
): Promise<ReturnType<typeof planInputOf>> {
  const connection = await connectionFor(target.connection, { store, ports }, signal);
  const root = { ...diskOrTree(rootOf({ folder, target })), within: folder.uri.fsPath };
  if (root.tree !== undefined) await refuseLinks(folder.uri, target.root);
  return planInputOf(target, { connection, root, cacheFolder });
}

/**
 * Refuses links on a virtual file system: VS Code does not show the destination of a link. On disk, packing
 * resolves links.
 */
async function refuseLinks(folder: vscode.Uri, root: string): Promise<void> {
  let at = folder;
  for (const step of root.split('/').filter((name) => name !== '' && name !== '.')) {
    at = vscode.Uri.joinPath(at, step);
    const { type } = await vscode.workspace.fs.stat(at);
    if ((type & vscode.FileType.SymbolicLink) !== 0) throw refuse('root-is-link', { path: root });
  }
}

/** The folder whose content is deployed. */
export function rootOf({ folder, target }: WorkspaceTarget): vscode.Uri {
  return vscode.Uri.joinPath(folder.uri, target.root);
}

/** The place to which an operation deployed, and the target and the folder that it used. */
export interface UsedTarget {
  /** Id of the kind of target. */
  readonly kind: string;
  readonly path: readonly string[];
  /** Name of the target; absent if none was used. */
  readonly target?: string;
  /** The folder that was deployed; absent for a zip. */
  readonly root?: string;
}

/** True if the target, as it is defined now, deploys the same folder to the same place under the same name. */
export function isTargetOf({ kind, path, target: name, root }: UsedTarget, one: WorkspaceTarget): boolean {
  const { target } = one;
  return (
    target.name === name &&
    target.kind.id === kind &&
    isSamePath(target.path, path) &&
    diskOrTree(rootOf(one)).root === root
  );
}
