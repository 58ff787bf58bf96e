/** Scanning: the manifest, what is left out, and what the contents say, without a zip. */
import type { Scan } from '../packer';
import { type Done, FolderRun, type RunContext } from './folder-run';

/** Refusals as in {@link import('../packer').Packer.scan}. */
export async function scanFolder(context: RunContext): Promise<Done<Scan>> {
  const run = new FolderRun(context, 'hashing');
  await run.hash(run.unknown());
  const contents = run.files.map((file) => ({ path: file.path, ...run.get(file) }));
  return {
    answer: {
      manifest: run.manifest(),
      leftOut: context.found.walk.leftOut,
      secrets: contents.flatMap(({ path, secrets = [] }) => secrets.map((finding) => ({ path, ...finding }))),
      loads: contents.flatMap(({ path, loads = [] }) => loads.map((load) => ({ path, ...load }))),
    },
    remember: () => run.remember(run.before.zip),
  };
}
