/** Packs a folder while it is scanned: a save that deploys, which is nearly every one, walks it once. */
import type { PackedZip, Packer, PackRequest } from '../../package/packer';

export interface PackingScanner extends Pick<Packer, 'scan'> {
  readonly packed: Promise<PackedZip>;
}

/** For one deployment of one folder. Begins at once, beside whatever else a plan needs. */
export function packOnce(
  packer: Pick<Packer, 'scanAndPack'>,
  request: PackRequest,
  signal: AbortSignal,
): PackingScanner {
  const both = packer.scanAndPack(request, signal);
  const packed = both.then(({ zip }) => zip);
  // Who scans hears of what is thrown.
  packed.catch(() => undefined);
  return { packed, scan: async () => (await both).scan };
}
