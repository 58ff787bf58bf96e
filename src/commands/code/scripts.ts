/** Finds the q and k sources in a folder or a zip that can be the initialization script. */
import * as l10n from '@vscode/l10n';
import { tryOpenZip } from '../../deploy/deployed';
import type { ObjectStore } from '../../deploy/ports';
import type { CodeLocation } from '../../model/code';
import { failureOf } from '../../model/failure';
import type { Packer, PackRequest } from '../../package/packer';

export interface Scripts {
  /**
   * The most probable first: paths such as `init.q` before the others, and among equals those nearest to the
   * root.
   */
  readonly paths: readonly string[];
  /**
   * A sentence for the user if there is no file at `path`; undefined if there is one, or if the folder or zip
   * cannot be read.
   */
  lacks(path: string): Promise<string | undefined>;
}

/** The largest number of scripts that are listed. */
const MOST = 2_000;

/**
 * The scripts among the files that will be packed. Empty if the folder cannot be packed; the plan then gives the
 * reason.
 */
export async function scriptsIn(
  request: PackRequest,
  packer: Pick<Packer, 'scan'>,
  signal: AbortSignal,
): Promise<Scripts> {
  const paths = await packedPaths(request, packer, signal);
  if (paths === undefined) return UNKNOWN;
  return {
    paths: sourcesIn(paths),
    lacks: async (path) =>
      paths.includes(path)
        ? undefined
        : l10n.t('There is no file "{0}" in what is deployed of the folder.', { 0: path }),
  };
}

async function packedPaths(
  request: PackRequest,
  packer: Pick<Packer, 'scan'>,
  signal: AbortSignal,
): Promise<readonly string[] | undefined> {
  try {
    return (await packer.scan(request, signal)).manifest.entries.map(({ path }) => path);
  } catch (thrown) {
    if (failureOf(thrown).kind !== 'refused') throw thrown;
    return undefined;
  }
}

const UNKNOWN: Scripts = { paths: [], lacks: async () => undefined };

/** The scripts in a zip. Empty if the zip cannot be read; the plan then gives the reason. */
export async function scriptsInZip(
  objects: ObjectStore,
  at: CodeLocation,
  signal: AbortSignal,
): Promise<Scripts> {
  const opened = await tryOpenZip(objects, at, signal);
  if (opened.kind === 'unreadable') return UNKNOWN;
  const paths = opened.zip.directory.entries.map(({ path }) => path);
  return {
    paths: sourcesIn(paths),
    lacks: async (path) =>
      paths.includes(path) ? undefined : l10n.t('There is no file "{0}" in the zip.', { 0: path }),
  };
}

function sourcesIn(paths: readonly string[]): readonly string[] {
  return likeliestFirst(paths.filter((path) => /\.[qk]$/.test(path))).slice(0, MOST);
}

/** Matches paths such as `init.q`, `init/rdb.q` and `start.q`. */
const STARTS = /(^|\/)(init|start|startup|main|boot)([._/-]|$)/i;

export function likeliestFirst(paths: readonly string[]): readonly string[] {
  const rank = (path: string): number => (STARTS.test(path) ? 0 : 1);
  const depth = (path: string): number => path.split('/').length;
  return paths.toSorted((a, b) => rank(a) - rank(b) || depth(a) - depth(b) || a.localeCompare(b));
}
