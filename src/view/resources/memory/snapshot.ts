/** What of one connection's rows is kept on disk: names and what stands beside them, as plain data with a version. */

/** Another number: written by another version of Slipway, not read. */
const VERSION = 1;
/** What is older is of no use any more. */
const MOST_DAYS = 14;
const DAY = 86_400_000;
/** Rows kept of one connection. */
const MOST_ROWS = 5_000;

/** One row: what it shows and nothing else that AWS said of the thing. */
export interface SnapshotRow {
  readonly name: string;
  /** Of an environment. */
  readonly id?: string;
  /** Of a kdb cluster. */
  readonly type?: string;
  readonly reason?: string;
  readonly status?: string;
  readonly version?: string;
  readonly amiType?: string;
  readonly release?: string;
  /** When it was looked at, where the list did not say what it shows; epoch milliseconds. */
  readonly at?: number;
}

export interface SnapshotBranch {
  /** When AWS gave the list; epoch milliseconds. */
  readonly readAt: number;
  readonly rows: readonly SnapshotRow[];
}

export interface Snapshot {
  readonly connectionId: string;
  /** Whose rows they are: a profile may lead to another account tomorrow. */
  readonly accountId: string;
  /** By the branch's id without the connection's: `eks`, `eks/NAME`, … */
  readonly branches: ReadonlyMap<string, SnapshotBranch>;
}

/** The outermost and most recent branches, as many as there is room for. */
export function snapshotText({ connectionId, accountId, branches }: Snapshot): string {
  const depth = (key: string): number => key.split('/').length;
  const kept: [string, SnapshotBranch][] = [];
  let room = MOST_ROWS;
  for (const [key, branch] of [...branches].sort(
    ([a, one], [b, other]) => depth(a) - depth(b) || other.readAt - one.readAt,
  )) {
    if (branch.rows.length > room) continue;
    room -= branch.rows.length;
    kept.push([key, branch]);
  }
  return JSON.stringify({ v: VERSION, connectionId, accountId, branches: kept });
}

/**
 * The snapshot of a text, without what is too old; undefined where it is another connection's or version's.
 * @param now epoch milliseconds
 * @throws `SyntaxError` or `TypeError` where the text is damaged.
 */
export function parseSnapshot(text: string, connectionId: string, now: number): Snapshot | undefined {
  const read = JSON.parse(text) as unknown;
  const { v, connectionId: of, accountId, branches } = recordOf(read);
  if (v !== VERSION || of !== connectionId) return undefined;
  const kept = arrayOf(branches).map((entry): readonly [string, SnapshotBranch] => {
    const [key, branch] = arrayOf(entry);
    const { readAt, rows } = recordOf(branch);
    return [textOf(key), { readAt: numberOf(readAt), rows: arrayOf(rows).map(rowOf) }];
  });
  const isRecent = (at: number): boolean => now - at <= MOST_DAYS * DAY;
  return {
    connectionId,
    accountId: textOf(accountId),
    branches: new Map(kept.filter(([, { readAt }]) => isRecent(readAt))),
  };
}

const TEXTS = ['id', 'type', 'reason', 'status', 'version', 'amiType', 'release'] as const;

function rowOf(read: unknown): SnapshotRow {
  const row = recordOf(read);
  const texts = TEXTS.filter((name) => row[name] !== undefined).map((name) => [name, textOf(row[name])]);
  return {
    name: textOf(row['name']),
    ...Object.fromEntries(texts),
    ...(row['at'] !== undefined && { at: numberOf(row['at']) }),
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
