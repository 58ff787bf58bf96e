/** q sources that can be the initialization script, in a folder or in a zip. */
import * as vscode from 'vscode';
import { tryOpenZip } from '../../deploy/deployed';
import type { ObjectStore } from '../../deploy/ports';
import type { CodeLocation } from '../../model/kdb';

/** More are not searched for. */
const MOST = 2_000;

/** Paths below the folder, nearest to the root first. */
export async function scriptsIn(folder: vscode.Uri): Promise<readonly string[]> {
  const pattern = new vscode.RelativePattern(folder, '**/*.{q,k}');
  const found = await vscode.workspace.findFiles(pattern, undefined, MOST);
  const start = folder.path.replace(/\/$/, '').length + 1;
  return nearestFirst(found.map(({ path }) => path.slice(start)));
}

/** Paths in the zip, nearest to the root first; none of a zip that cannot be read, which the plan then says. */
export async function scriptsInZip(
  objects: ObjectStore,
  at: CodeLocation,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const opened = await tryOpenZip(objects, at, signal);
  if (opened.kind === 'unreadable') return [];
  const paths = opened.zip.directory.entries.map(({ path }) => path);
  return nearestFirst(paths.filter((path) => /\.[qk]$/.test(path)));
}

function nearestFirst(paths: readonly string[]): readonly string[] {
  const depth = (path: string): number => path.split('/').length;
  return paths.toSorted((a, b) => depth(a) - depth(b) || a.localeCompare(b));
}
