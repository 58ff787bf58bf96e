/** q sources that can be the initialization script, in a folder or in a zip. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { tryOpenZip } from '../../deploy/deployed';
import type { ObjectStore } from '../../deploy/ports';
import type { CodeLocation } from '../../model/code';

export interface Scripts {
  /** The likeliest first: those that are named as what starts a process, then those nearest to the root. */
  readonly paths: readonly string[];
  /** The sentence that says that there is no such file; undefined where there is one, or that cannot be found out. */
  lacks(path: string): Promise<string | undefined>;
}

/** More are not searched for. */
const MOST = 2_000;

export async function scriptsIn(folder: vscode.Uri): Promise<Scripts> {
  const pattern = new vscode.RelativePattern(folder, '**/*.{q,k}');
  const found = await vscode.workspace.findFiles(pattern, undefined, MOST);
  const start = folder.path.replace(/\/$/, '').length + 1;
  return {
    paths: likeliestFirst(found.map(({ path }) => path.slice(start))),
    lacks: async (path) =>
      (await isFile(vscode.Uri.joinPath(folder, path)))
        ? undefined
        : l10n.t('There is no file "{0}" in the folder.', { 0: path }),
  };
}

async function isFile(uri: vscode.Uri): Promise<boolean> {
  try {
    return ((await vscode.workspace.fs.stat(uri)).type & vscode.FileType.File) !== 0;
  } catch (error) {
    if (error instanceof vscode.FileSystemError && /NotFound|NotADirectory/.test(error.code)) return false;
    throw error;
  }
}

/** None of a zip that cannot be read, which the plan then says. */
export async function scriptsInZip(
  objects: ObjectStore,
  at: CodeLocation,
  signal: AbortSignal,
): Promise<Scripts> {
  const opened = await tryOpenZip(objects, at, signal);
  if (opened.kind === 'unreadable') return { paths: [], lacks: async () => undefined };
  const paths = opened.zip.directory.entries.map(({ path }) => path);
  return {
    paths: likeliestFirst(paths.filter((path) => /\.[qk]$/.test(path))),
    lacks: async (path) =>
      paths.includes(path) ? undefined : l10n.t('There is no file "{0}" in the zip.', { 0: path }),
  };
}

/** `init.q`, `init/rdb.q`, `start.q`. */
const STARTS = /(^|\/)(init|start|startup|main|boot)([._/-]|$)/i;

export function likeliestFirst(paths: readonly string[]): readonly string[] {
  const rank = (path: string): number => (STARTS.test(path) ? 0 : 1);
  const depth = (path: string): number => path.split('/').length;
  return paths.toSorted((a, b) => rank(a) - rank(b) || depth(a) - depth(b) || a.localeCompare(b));
}
