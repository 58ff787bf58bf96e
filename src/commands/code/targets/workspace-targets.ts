/** The targets of the workspace, from the `slipway.json` at the root of each folder. */
import * as vscode from 'vscode';
import { MOST_BYTES, parseTargetsFile } from '../../../deploy/targets/decode';
import { TARGETS_FILE, type TargetsFile } from '../../../deploy/targets/parse';
import type { Target } from '../../../deploy/targets/target';
import { readSmallFile } from '../../../model/small-file';
import { targetKinds } from '../../target-kinds';

/** A usable target, and the workspace folder whose file names it. */
export interface WorkspaceTarget {
  readonly folder: vscode.WorkspaceFolder;
  readonly target: Target;
}

export interface FolderTargets {
  readonly folder: vscode.WorkspaceFolder;
  readonly file: TargetsFile;
}

export function targetsFileOf(folder: vscode.WorkspaceFolder): vscode.Uri {
  return vscode.Uri.joinPath(folder.uri, TARGETS_FILE);
}

/**
 * The saved `slipway.json` files; a folder without such a file is left out.
 * @throws the error of a file that cannot be read
 */
export async function readWorkspaceTargets(): Promise<readonly FolderTargets[]> {
  return (await Promise.all((vscode.workspace.workspaceFolders ?? []).map(readFolder))).flat();
}

/** As {@link readWorkspaceTargets}, but returns the errors of files that cannot be read. */
export async function readWhatCanBeRead(): Promise<{
  readonly folders: readonly FolderTargets[];
  /** Errors of files that cannot be read, by the URI of the folder. */
  readonly failures: ReadonlyMap<string, unknown>;
}> {
  const failures = new Map<string, unknown>();
  const read = (vscode.workspace.workspaceFolders ?? []).map((folder) =>
    readFolder(folder).catch((thrown: unknown) => {
      failures.set(folder.uri.toString(), thrown);
      return [];
    }),
  );
  return { folders: (await Promise.all(read)).flat(), failures };
}

async function readFolder(folder: vscode.WorkspaceFolder): Promise<readonly FolderTargets[]> {
  const bytes = await bytesOf(targetsFileOf(folder));
  return bytes === undefined ? [] : [{ folder, file: parseTargetsFile(bytes, targetKinds) }];
}

export function usableTargets(folders: readonly FolderTargets[]): readonly WorkspaceTarget[] {
  return folders.flatMap(({ folder, file }) =>
    file.entries.flatMap(({ target }) => (target === undefined ? [] : [{ folder, target }])),
  );
}

/** The target's name, followed by its folder's name if the workspace has several folders. */
export function targetLabel({ folder, target }: WorkspaceTarget): string {
  const isAlone = (vscode.workspace.workspaceFolders ?? []).length < 2;
  return isAlone ? target.name : `${target.name} (${folder.name})`;
}

/** Error codes of a missing file: Node's and VS Code's. */
const MISSING: ReadonlySet<unknown> = new Set(['ENOENT', 'FileNotFound']);

async function bytesOf(file: vscode.Uri): Promise<Uint8Array | undefined> {
  try {
    // Not through VS Code, which reads files in another process and so takes longer: a save waits for this
    // read.
    if (file.scheme === 'file') return readSmallFile(file.fsPath, MOST_BYTES);
    return await vscode.workspace.fs.readFile(file);
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && MISSING.has(thrown.code)) return undefined;
    throw thrown;
  }
}
