/** Programs of Debian that are judges of the scripts, unpacked once for this machine and not installed. */
import { execFile, spawnSync } from 'node:child_process';
import { access, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Judge, KEPT } from '../../../sandbox/kubernetes/npm-install';

const run = promisify(execFile);

/** @param path of the program inside of the package, `bin/busybox` */
export async function debianProgram(name: string, path: string): Promise<Judge> {
  if (spawnSync(name, ['--help'], { stdio: 'ignore' }).error === undefined) return { path: name };
  const kept = join(KEPT, `slipway-judge-debian-${name}`);
  const program = join(kept, path);
  if (await isThere(program)) return { path: program };
  const folder = await mkdtemp(join(KEPT, 'slipway-judge-'));
  try {
    await run('apt-get', ['download', name], { cwd: folder, timeout: 120_000 });
    const archive = (await readdir(folder)).find((file) => file.endsWith('.deb'));
    if (archive === undefined) throw new Error(`apt-get left no package ${name}`);
    await run('dpkg-deb', ['-x', archive, 'unpacked'], { cwd: folder });
    // Two runs may unpack it at once; the second is not needed.
    await rename(join(folder, 'unpacked'), kept).catch(async (error: unknown) => {
      if (!(await isThere(program))) throw error;
    });
    return { path: program };
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n')[0] : String(error);
    return { missing: `it is not installed, and could not be had: ${why}` };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
