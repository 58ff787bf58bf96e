/** A zip that is being sent: packing the same folder again must not remove it meanwhile. */
import { randomBytes } from 'node:crypto';
import { link, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { codeOf } from '../content/system-error';
import { ownerName } from './ownership';

export interface HeldZip {
  /** Absolute path of the zip; good until it is released. */
  readonly file: string;
  release(): Promise<void>;
}

/** Names an owner that is no packer: no packer removes its files before this process has ended. */
const OWNER = ownerName(process.pid, 'held');

/** Holds a zip of the cache; undefined when it is gone already. */
export async function holdZip(file: string): Promise<HeldZip | undefined> {
  const [stem] = basename(file).split('.');
  const held = join(dirname(file), `${stem}.${OWNER}.${randomBytes(4).toString('hex')}.zip`);
  try {
    await link(file, held);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    // The file system has no links: the zip stays as long as nobody packs the folder again.
    return { file, release: async () => undefined };
  }
  return {
    file: held,
    release: async () => {
      try {
        await rm(held, { force: true });
      } catch (error) {
        // Windows does not remove what somebody has open; it goes once this process has ended.
        codeOf(error);
      }
    },
  };
}
