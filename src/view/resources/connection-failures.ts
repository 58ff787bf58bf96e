/**
 * Failures that concern a whole connection: each is shown once, below the connection's row, and not below each
 * list that cannot be read because of the failure.
 */
import type { Failure } from '../../model/failure';
import type { BranchRows } from './branch-rows';
import { failureRow } from './children';
import { type BranchNode, type FailureNode, isBranch } from './node';
import type { Roots } from './roots';
import { type ConnectionNode, connectionNodeOf } from './row';
import { isSharedFailure, sharedFailure } from './shared-failure';

export class ConnectionFailures {
  /** The failure that was shown when the children of a connection were last asked for. */
  private readonly said = new WeakMap<ConnectionNode, Failure>();

  constructor(
    private readonly roots: Roots,
    private readonly below: BranchRows,
  ) {}

  /**
   * The row of the failure that concerns the whole connection; empty if there is no such failure. Remembers the
   * failure that it returns.
   */
  rowsOf(connection: ConnectionNode): readonly FailureNode[] {
    const failure = this.failureOf(connection);
    if (!failure) {
      this.said.delete(connection);
      return [];
    }
    this.said.set(connection, failure);
    return [failureRow(connection, failure)];
  }

  /** True if the failure of a list is shown at its connection. */
  isSaidAbove(node: BranchNode): boolean {
    const failure = this.below.known(node)?.failure;
    return failure !== undefined && isSharedFailure(failure, this.failureOf(connectionNodeOf(node)));
  }

  /**
   * Called after a list of the connection was read: true if the connection's failure differs from the failure
   * that is shown.
   */
  hasNews(node: BranchNode): boolean {
    const connection = connectionNodeOf(node);
    const said = this.said.get(connection);
    // A quick exit: thousands of lists settle, and most of them without a failure.
    if (said === undefined && !this.below.known(node)?.failure) return false;
    return JSON.stringify(said) !== JSON.stringify(this.failureOf(connection));
  }

  private failureOf(connection: ConnectionNode): Failure | undefined {
    const lists = this.roots.foldersOf(connection).filter(isBranch);
    const own = new Set(lists.map(({ id }) => id));
    const others = [...this.below.all()].flatMap(([id, branch]) =>
      id.startsWith(`${connection.id}/`) && !own.has(id) ? [branch] : [],
    );
    return sharedFailure(
      lists.map((list) => this.below.known(list)),
      others,
    );
  }
}
