/**
 * Reads the stats of a folder's files in two threads until these meet: the walk from the first file forwards, a
 * helper from the last file backwards. The files are known from an earlier run. The helper writes its results
 * into shared memory.
 */

import { ByPath } from '../by-path';
import type { FileStat } from '../content/steady-file';

/** The data that the helper receives. */
export interface StatTable {
  /**
   * Paths in the folder, in the zip's order, separated by {@link BETWEEN}: one string is sent much faster than
   * a list.
   */
  readonly paths: string;
  /** {@link FIELDS} numbers for each path. */
  readonly rows: Float64Array<SharedArrayBuffer>;
  /** Indexes of paths, at {@link WALKED} and {@link REACHED}. */
  readonly marks: Int32Array<SharedArrayBuffer>;
}

const BETWEEN = '\0';
const FIELDS = 6;
/** Where `marks` holds the index of the path for which the walk last asked. */
const WALKED = 0;
/**
 * Where `marks` holds the index of the first path whose row the helper has written; all later rows are
 * written, too.
 */
const REACHED = 1;
/** Stands in place of the size in a row if the helper did not find the file. */
const NOT_FOUND = -1;

/**
 * The walk's side: finds the stats that the helper has read, and tells the helper how far the walk has come.
 */
export class StatPrefetch {
  readonly table: StatTable;
  private readonly places: ByPath<string>;

  /** @param paths the paths of the folder's files, in the order in which a zip contains the files */
  constructor(paths: readonly string[]) {
    this.places = new ByPath(paths, (path) => path);
    this.table = {
      paths: paths.join(BETWEEN),
      rows: new Float64Array(new SharedArrayBuffer(paths.length * FIELDS * Float64Array.BYTES_PER_ELEMENT)),
      marks: new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT)),
    };
    this.table.marks[REACHED] = paths.length;
  }

  /**
   * The stat of the file, if the helper has already read it. Tells the helper that the walk has reached the
   * file, so the walk should ask for the files in the zip's order.
   */
  find(path: string): FileStat | undefined {
    const { rows, marks } = this.table;
    const place = this.places.placeOf(path);
    if (place === undefined) return undefined;
    Atomics.store(marks, WALKED, place);
    return place < Atomics.load(marks, REACHED) ? undefined : statAt(rows, place * FIELDS);
  }

  /** Called at the end of the walk: stops the helper. */
  end(): void {
    Atomics.store(this.table.marks, WALKED, this.table.marks[REACHED] ?? 0);
  }
}

/**
 * The helper's side. Throws what `look` throws. If `look` does not find a file, the row of the file is marked
 * {@link NOT_FOUND}; the walk then reads the stat itself.
 */
export function prefetchStats(
  { paths, rows, marks }: StatTable,
  look: (path: string) => FileStat | undefined,
): void {
  const all = paths.split(BETWEEN);
  for (let place = all.length - 1; place > Atomics.load(marks, WALKED); place -= 1) {
    putStat(rows, place * FIELDS, look(all[place] ?? ''));
    Atomics.store(marks, REACHED, place);
  }
}

function putStat(rows: Float64Array, at: number, stat: FileStat | undefined): void {
  rows[at] = stat?.size ?? NOT_FOUND;
  if (stat === undefined) return;
  rows[at + 1] = stat.modifiedMs;
  rows[at + 2] = stat.changedMs;
  rows[at + 3] = stat.inode;
  rows[at + 4] = stat.device;
  rows[at + 5] = stat.executable ? 1 : 0;
}

function statAt(rows: Float64Array, at: number): FileStat | undefined {
  const size = rows[at] ?? NOT_FOUND;
  if (size === NOT_FOUND) return undefined;
  return {
    size,
    modifiedMs: rows[at + 1] ?? 0,
    changedMs: rows[at + 2] ?? 0,
    inode: rows[at + 3] ?? 0,
    device: rows[at + 4] ?? 0,
    executable: rows[at + 5] === 1,
  };
}
