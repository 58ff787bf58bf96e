/** Scans a folder: its manifest, the files that are left out, and the findings in the contents; makes no zip. */
import type { Manifest } from '../manifest';
import type { Scan } from '../packer';
import { type Done, FolderRun, type RunContext } from './folder-run';

/** Refusals as in {@link import('../packer').Packer.scan}. */
export async function scanFolder(context: RunContext): Promise<Done<Scan>> {
  const run = new FolderRun(context);
  await run.hash(run.unknown());
  const answer = scanOf(run, run.manifest(), context);
  return { answer, remember: () => run.remember(run.before.zip) };
}

/** The result of a scan, from a run in which every file has a result. */
export function scanOf(run: FolderRun, manifest: Manifest, { found }: RunContext): Scan {
  const told = run.files.flatMap((_, place) => {
    const known = run.at(place);
    return known === undefined || known.secrets.length + known.loads.length === 0 ? [] : known;
  });
  return {
    manifest,
    leftOut: found.walk.leftOut,
    secrets: told.flatMap(({ entry: { path }, secrets }) => secrets.map((finding) => ({ path, ...finding }))),
    loads: told.flatMap(({ entry: { path }, loads }) => loads.map((load) => ({ path, ...load }))),
  };
}
