/** What VS Code's own Git extension says of a folder. */
import * as vscode from 'vscode';

/** The part of the Git extension's API (version 1) that is used. */
interface GitApi {
  getRepository(uri: vscode.Uri): {
    readonly state: {
      readonly HEAD?: { readonly commit?: string };
      readonly workingTreeChanges: readonly unknown[];
      readonly indexChanges: readonly unknown[];
      readonly untrackedChanges?: readonly unknown[];
      readonly mergeChanges: readonly unknown[];
    };
  } | null;
}

export interface GitCommit {
  readonly commit: string;
  /** Files differ from that commit. */
  readonly dirty: boolean;
}

/** Undefined where the folder is not under git, or Git is switched off. */
export async function gitCommitOf(folder: vscode.Uri): Promise<GitCommit | undefined> {
  const extension = vscode.extensions.getExtension<{ getAPI(version: 1): GitApi }>('vscode.git');
  if (!extension || !vscode.workspace.getConfiguration('git').get('enabled', true)) return undefined;
  const { getAPI } = await extension.activate();
  const state = getAPI(1).getRepository(folder)?.state;
  const commit = state?.HEAD?.commit;
  if (state === undefined || commit === undefined) return undefined;
  const changes = [
    state.workingTreeChanges,
    state.indexChanges,
    state.mergeChanges,
    state.untrackedChanges ?? [],
  ];
  return { commit, dirty: changes.some((list) => list.length > 0) };
}
