/** The stored form of one connection's rows: names and the words beside them, as plain data with a version. */
import { present } from '../../../model/present';
import { Turns } from '../../../model/turns';

/** A file with another version number was written by another version of Slipway, and is not read. */
const VERSION = 1;
/** Days after which stored rows are too old to be shown. */
const MOST_DAYS = 14;
const DAY = 86_400_000;
/** The maximum number of rows that are stored for one connection. */
const MOST_ROWS = 5_000;

/**
 * The texts that a row or its tooltip shows, under field names that the kind of the row chooses. Never
 * rename such a field: a newer version of Slipway still reads the files that an older version has written.
 */
export interface KeptTexts {
  readonly name: string;
  /** Distinguishes the row from its siblings, where the name alone does not. */
  readonly id?: string;
  readonly [field: string]: string | undefined;
}

/** One stored row. */
export interface SnapshotRow {
  readonly texts: KeptTexts;
  /**
   * When the data that the row shows was read; epoch milliseconds. Absent if the data was read together with the
   * list of the branch.
   */
  readonly at?: number | undefined;
}

export interface SnapshotBranch {
  /** When AWS gave the list; epoch milliseconds. */
  readonly readAt: number;
  readonly rows: readonly SnapshotRow[];
}

export interface Snapshot {
  readonly connectionId: string;
  /**
   * The account that the rows belong to. When the rows are loaded again, the profile may belong to another
   * account.
   */
  readonly accountId: string;
  /** The branches; the key is a branch's id without the connection's part: `eks`, `eks/NAME`, … */
  readonly branches: ReadonlyMap<string, SnapshotBranch>;
}

/**
 * The text of a snapshot in pieces: its beginning, one piece for each branch, and its end. The branches
 * come outermost first and, at the same depth, most recent first. A branch is left out if the snapshot would
 * have more than `MOST_ROWS` rows with it.
 */
export function* snapshotPieces({ connectionId, accountId, branches }: Snapshot): Iterable<string> {
  const depth = (key: string): number => key.split('/').length;
  const sorted = [...branches].sort(
    ([a, one], [b, other]) => depth(a) - depth(b) || other.readAt - one.readAt,
  );
  yield `${JSON.stringify({ v: VERSION, connectionId, accountId }).slice(0, -1)},"branches":[`;
  let room = MOST_ROWS;
  let separator = '';
  for (const [key, branch] of sorted) {
    if (branch.rows.length > room) continue;
    room -= branch.rows.length;
    yield separator + JSON.stringify([key, flat(branch)]);
    separator = ',';
  }
  yield ']}';
}

/**
 * Parses a snapshot, branch by branch in turns of the event loop, and leaves out branches that are too old.
 * Undefined if the snapshot belongs to another connection or version.
 * @param now epoch milliseconds
 * @throws `SyntaxError` or `TypeError` where the text is damaged.
 */
export async function parseSnapshot(
  text: string,
  connectionId: string,
  now: number,
): Promise<Snapshot | undefined> {
  const turns = new Turns();
  // The time that JSON.parse takes counts towards the turn, too.
  const read: unknown = await turns.run(() => JSON.parse(text));
  const { v, connectionId: of, accountId, branches } = recordOf(read);
  if (v !== VERSION || of !== connectionId) return undefined;
  const kept: (readonly [string, SnapshotBranch])[] = [];
  for (const entry of arrayOf(branches)) kept.push(await turns.run(() => branchOf(entry)));
  const isRecent = (at: number): boolean => now - at <= MOST_DAYS * DAY;
  return {
    connectionId,
    accountId: textOf(accountId),
    branches: new Map(kept.filter(([, { readAt }]) => isRecent(readAt))),
  };
}

/** The branch in its stored form. */
function flat({ readAt, rows }: SnapshotBranch): object {
  return { readAt, rows: rows.map(({ texts, at }) => ({ ...texts, at })) };
}

function branchOf(read: unknown): readonly [string, SnapshotBranch] {
  const [key, branch] = arrayOf(read);
  const { readAt, rows } = recordOf(branch);
  return [textOf(key), { readAt: numberOf(readAt), rows: arrayOf(rows).map(rowOf) }];
}

function rowOf(read: unknown): SnapshotRow {
  const { name, at, ...others } = recordOf(read);
  const texts = Object.entries(others).map(([field, text]) => [field, textOf(text)] as const);
  return {
    texts: { ...Object.fromEntries(texts), name: textOf(name) },
    ...present({ at: at === undefined ? undefined : numberOf(at) }),
  };
}

function recordOf(read: unknown): Readonly<Record<string, unknown>> {
  if (typeof read === 'object' && read !== null) return read as Readonly<Record<string, unknown>>;
  throw new TypeError('an object was expected');
}

function arrayOf(read: unknown): readonly unknown[] {
  if (Array.isArray(read)) return read;
  throw new TypeError('a list was expected');
}

function textOf(read: unknown): string {
  if (typeof read === 'string') return read;
  throw new TypeError('a text was expected');
}

function numberOf(read: unknown): number {
  if (typeof read === 'number') return read;
  throw new TypeError('a number was expected');
}
