/** The targets of the workspace: what the `slipway.json` at the root of each folder says. */
import * as vscode from 'vscode';
import { MOST_BYTES, parseTargetsFile } from '../../../deploy/targets/decode';
import { TARGETS_FILE, type TargetsFile } from '../../../deploy/targets/parse';
import type { Target } from '../../../deploy/targets/target';
import { readSmallFile } from '../../../model/small-file';
import { targetKinds } from '../../target-kinds';

/** A target that can be used, and the workspace folder whose file names it. */
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

/** The file as it is saved; folders without one are left out. @throws what kept one of them from being read. */
export async function readWorkspaceTargets(): Promise<readonly FolderTargets[]> {
  return (await Promise.all((vscode.workspace.workspaceFolders ?? []).map(readFolder))).flat();
}

/** As {@link readWorkspaceTargets}, but a file that cannot be read takes none of the others along. */
export async function readWhatCanBeRead(): Promise<{
  readonly folders: readonly FolderTargets[];
  /** What kept a file from being read, by the URI of its folder. */
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

/** `name`, and its folder where there are several. */
export function targetLabel({ folder, target }: WorkspaceTarget): string {
  const isAlone = (vscode.workspace.workspaceFolders ?? []).length < 2;
  return isAlone ? target.name : `${target.name} (${folder.name})`;
}

/** Node's code for it, and VS Code's. */
const MISSING: ReadonlySet<unknown> = new Set(['ENOENT', 'FileNotFound']);

async function bytesOf(file: vscode.Uri): Promise<Uint8Array | undefined> {
  try {
    // A save waits for it, and VS Code's way to a file leads through another process.
    if (file.scheme === 'file') return readSmallFile(file.fsPath, MOST_BYTES);
    return await vscode.workspace.fs.readFile(file);
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && MISSING.has(thrown.code)) return undefined;
    throw thrown;
  }
}
