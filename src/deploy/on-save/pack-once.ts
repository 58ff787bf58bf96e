/** Packs a folder while it is scanned: a save that deploys, which is nearly every one, walks it once. */
import type { PackedZip, Packer } from '../../package/packer';

/** For one deployment: its `pack` gives the zip of the scan before. */
export function packOnce(packer: Omit<Packer, 'dispose'>): Pick<Packer, 'scan' | 'pack'> {
  let packed: PackedZip | undefined;
  return {
    async scan(request, signal, report) {
      const { scan, zip } = await packer.scanAndPack(request, signal, report);
      packed = zip;
      return scan;
    },
    pack: async (request, expected, signal, report) =>
      packed !== undefined && packed.manifest.digest === expected
        ? packed
        : packer.pack(request, expected, signal, report),
  };
}
