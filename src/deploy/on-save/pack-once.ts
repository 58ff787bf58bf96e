/** Packs a folder while it is scanned: a save that deploys, which is nearly every one, walks it once. */
import type { PackedZip, Packer } from '../../package/packer';

export interface PackingScanner extends Pick<Packer, 'scan'> {
  /** Of the last scan. */
  readonly packed: PackedZip | undefined;
}

/** For one deployment. */
export function packOnce(packer: Pick<Packer, 'scanAndPack'>): PackingScanner {
  let packed: PackedZip | undefined;
  return {
    get packed() {
      return packed;
    },
    async scan(request, signal, report) {
      const { scan, zip } = await packer.scanAndPack(request, signal, report);
      packed = zip;
      return scan;
    },
  };
}
