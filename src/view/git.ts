/** Reads the state of a folder from VS Code's own Git extension. */
import * as vscode from 'vscode';

/** The part of the Git extension's API (version 1) that is used. */
interface GitApi {
  getRepository(uri: vscode.Uri): GitRepository | null;
}

interface GitRepository {
  /** Makes the Git extension read the repository again. */
  status(): Promise<void>;
  readonly state: {
    readonly HEAD?: { readonly commit?: string };
    readonly workingTreeChanges: readonly unknown[];
    readonly indexChanges: readonly unknown[];
    readonly untrackedChanges?: readonly unknown[];
    readonly mergeChanges: readonly unknown[];
  };
}

export interface GitCommit {
  readonly commit: string;
  /** True if any file differs from `commit`. */
  readonly dirty: boolean;
}

/**
 * The commit of a folder, read again for each call: the Git extension refreshes by itself only while the
 * window has the focus, and with a delay. Undefined where the folder is not under git or has no commit yet,
 * or where Git is switched off or does not answer.
 */
export async function gitCommitOf(folder: vscode.Uri): Promise<GitCommit | undefined> {
  const extension = vscode.extensions.getExtension<{ getAPI(version: 1): GitApi }>('vscode.git');
  if (!extension || !vscode.workspace.getConfiguration('git').get('enabled', true)) return undefined;
  const repository = await readAnew(extension, folder);
  const commit = repository?.state.HEAD?.commit;
  if (repository === undefined || commit === undefined) return undefined;
  const { workingTreeChanges, indexChanges, mergeChanges, untrackedChanges = [] } = repository.state;
  const changes = [workingTreeChanges, indexChanges, mergeChanges, untrackedChanges];
  return { commit, dirty: changes.some((list) => list.length > 0) };
}

async function readAnew(
  extension: vscode.Extension<{ getAPI(version: 1): GitApi }>,
  folder: vscode.Uri,
): Promise<GitRepository | undefined> {
  try {
    const repository = (await extension.activate()).getAPI(1).getRepository(folder);
    await repository?.status();
    return repository ?? undefined;
  } catch {
    // The state that the Git extension read earlier may be out of date, so it is not used.
    return undefined;
  }
}
