/** A file system of one megabyte in memory, for what happens when a disk is full. Only root may mount one. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type SmallDisk =
  | { readonly missing: string }
  | { with<T>(use: (folder: string) => Promise<T>): Promise<T> };

export function smallDisk(): SmallDisk {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-disk-'));
  const mounted = mount(folder);
  if (mounted) execFileSync('umount', [folder]);
  rmdirSync(folder);
  return mounted ? { with: withDisk } : { missing: 'this user may not mount a file system' };
}

function mount(folder: string): boolean {
  const options = ['-t', 'tmpfs', '-o', 'size=1m', 'slipway-test', folder];
  return process.platform === 'linux' && spawnSync('mount', options, { stdio: 'ignore' }).status === 0;
}

async function withDisk<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-disk-'));
  if (!mount(folder)) throw new Error(`${folder} could not be mounted`);
  try {
    return await use(folder);
  } finally {
    execFileSync('umount', ['-l', folder]);
    rmdirSync(folder);
  }
}
