/** The rows that the tree showed last: they are shown again at the next start until AWS has answered. */
import { setImmediate as othersTurn } from 'node:timers/promises';
import type { Clock } from '../../../model/clock';
import { Timer } from '../../../model/waiting';
import type { Branch, BranchRows } from '../branch-rows';
import type { BranchNode } from '../node';
import { connectionNodeOf } from '../row';
import { isFolderKey } from '../shape';
import type { Snapshot, SnapshotBranch } from './snapshot';
import type { SnapshotFiles } from './snapshot-files';
import { restoredRows, snapshotRows } from './snapshot-rows';

/** Milliseconds for which changes are gathered before they are written. */
const GATHER_MS = 3_000;
/**
 * The number of rows after which their conversion to the stored form continues in a later turn of the event
 * loop, since more in one turn would block the thread that all extensions share.
 */
const ROWS_AT_ONCE = 500;

interface Kept {
  readonly loading: Promise<void>;
  /**
   * The snapshot as loaded, and later as last written. It keeps the loaded branches that this window has not
   * opened.
   */
  snapshot?: Snapshot;
  /** The account that the credentials belong to now; absent until it is known. */
  accountId?: string;
}

export class TreeMemory {
  private readonly kept = new Map<string, Kept>();
  private readonly changed = new Set<string>();
  private readonly writing: Timer;

  constructor(
    private readonly files: SnapshotFiles,
    private readonly below: BranchRows,
    clock: Clock,
  ) {
    this.writing = new Timer(clock, () => void this.write());
  }

  /** Loads the stored rows of a connection, once. */
  load(connectionId: string): Promise<void> {
    return this.of(connectionId).loading;
  }

  /**
   * Adds the remembered rows below a branch about which nothing is known yet.
   * @returns true if the branch was remembered, even without any rows.
   */
  restore(node: BranchNode): boolean {
    if (this.below.known(node)) return false;
    const { id } = connectionNodeOf(node);
    const branch = this.of(id).snapshot?.branches.get(node.id.slice(id.length + 1));
    if (!branch) return false;
    const rows = restoredRows(node, branch, (key, make) => this.below.row(key, make));
    this.below.restore(node, rows, branch.readAt);
    return true;
  }

  /**
   * Sets the account that the connection's credentials belong to.
   * @returns false if the remembered rows belong to another account and were therefore forgotten.
   */
  identified(connectionId: string, accountId: string): boolean {
    const kept = this.of(connectionId);
    kept.accountId = accountId;
    if (!kept.snapshot || kept.snapshot.accountId === accountId) return true;
    delete kept.snapshot;
    return false;
  }

  /** Stores the texts of the connection's rows after a delay. */
  keep(connectionId: string): void {
    this.changed.add(connectionId);
    this.writing.start(GATHER_MS);
  }

  /** Forgets all connections except these, in memory and on disk. */
  async keepOnly(connectionIds: readonly string[]): Promise<void> {
    for (const id of this.kept.keys()) if (!connectionIds.includes(id)) this.kept.delete(id);
    await this.files.keepOnly(connectionIds);
  }

  /** Writes all changes that are not written yet. */
  async dispose(): Promise<void> {
    this.writing.dispose();
    await this.write();
  }

  private of(connectionId: string): Kept {
    const known = this.kept.get(connectionId);
    if (known) return known;
    const kept: Kept = {
      loading: this.files.load(connectionId).then((snapshot) => {
        const isOurs = kept.accountId === undefined || kept.accountId === snapshot?.accountId;
        if (snapshot && isOurs) kept.snapshot = snapshot;
      }),
    };
    this.kept.set(connectionId, kept);
    return kept;
  }

  private async write(): Promise<void> {
    const ids = [...this.changed];
    this.changed.clear();
    for (const connectionId of ids) {
      const kept = this.kept.get(connectionId);
      // Nothing is written before the account is known, so that rows of two accounts never mix.
      if (kept?.accountId === undefined) continue;
      const { accountId } = kept;
      const branches = await this.branches(connectionId, kept.snapshot);
      if (kept.accountId !== accountId) continue;
      kept.snapshot = { connectionId, accountId, branches };
      await this.files.save(kept.snapshot);
    }
  }

  private async branches(
    connectionId: string,
    before: Snapshot | undefined,
  ): Promise<ReadonlyMap<string, SnapshotBranch>> {
    const prefix = `${connectionId}/`;
    const branches = new Map([...(before?.branches ?? [])].filter(([key]) => this.mayBeThere(prefix, key)));
    let rows = 0;
    for (const [id, branch] of [...this.below.all()]) {
      if (!id.startsWith(prefix) || branch.readAt === undefined) continue;
      branches.set(id.slice(prefix.length), snapshotBranch(branch, branch.readAt));
      rows += branch.rows.length;
      if (rows < ROWS_AT_ONCE) continue;
      rows = 0;
      await othersTurn();
    }
    return branches;
  }

  /** False for a branch below a row that AWS no longer lists. */
  private mayBeThere(prefix: string, key: string): boolean {
    const [outermost] = key.split('/');
    if (key === outermost || !this.below.has(prefix + outermost)) return true;
    // A folder exists as long as the thing above the folder exists.
    const end = key.lastIndexOf('/');
    const thing = isFolderKey(key.slice(end + 1)) ? key.slice(0, end) : key;
    return this.below.thing(prefix + thing) !== undefined;
  }
}

function snapshotBranch({ rows }: Branch, readAt: number): SnapshotBranch {
  return { readAt, rows: snapshotRows(rows) };
}
