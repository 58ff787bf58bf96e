/** The results of reading a file's content. */
import type { Load } from './loads';
import type { Finding } from './secrets';
import type { FileStat } from './steady-file';

/** A file whose content was read. */
export interface Hashed {
  readonly stat: FileStat;
  readonly sha256: string;
  readonly crc32: number;
  readonly secrets: readonly Finding[];
  readonly loads: readonly Load[];
}
