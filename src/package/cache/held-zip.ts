/** Holds a zip while it is being sent, so that packing the same folder again does not remove it. */
import { randomBytes } from 'node:crypto';
import { link, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { codeOf } from '../refusal';
import { ownerName } from './ownership';

export interface HeldZip {
  /** Absolute path of the zip; valid until it is released. */
  readonly file: string;
  release(): Promise<void>;
}

/**
 * The owner of held zips. It is no packer, and packers leave its files alone until this process has ended.
 */
const OWNER = ownerName(process.pid, 'held');

/** Holds a zip of the cache; undefined if it no longer exists. */
export async function holdZip(file: string): Promise<HeldZip | undefined> {
  const [stem] = basename(file).split('.');
  const held = join(dirname(file), `${stem}.${OWNER}.${randomBytes(4).toString('hex')}.zip`);
  try {
    await link(file, held);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    // The file system has no hard links: the zip itself is returned, and stays until the folder is packed again.
    return { file, release: async () => undefined };
  }
  return {
    file: held,
    release: async () => {
      try {
        await rm(held, { force: true });
      } catch (error) {
        // Windows does not remove a file that is open; packers remove it once this process has ended.
        codeOf(error);
      }
    },
  };
}
