/**
 * Asks AWS for the identity behind each connection's credentials. The credentials may change to those of
 * another account, and the rows that are shown would then be of the wrong account.
 */
import { failureOf } from '../../model/failure';
import { failureLine } from '../log';
import type { TreeMemory } from './memory/tree-memory';
import type { ConnectionNode } from './row';
import type { DetailsParts } from './row-details';

export interface OwnersParts extends Pick<DetailsParts, 'source' | 'log'> {
  readonly memory: TreeMemory;
  /**
   * Called when the identity behind the credentials has become known, or has changed. `isOther` is true if
   * the rows shown belong to another account than this identity.
   */
  readonly changed: (row: ConnectionNode, isOther: boolean) => void;
}

export class Owners {
  /** @param ended aborts every request */
  constructor(
    private readonly parts: OwnersParts,
    private readonly ended: AbortSignal,
  ) {}

  /**
   * Asks AWS for the identity only if it is not known yet. A known identity is not checked again, since this is
   * also called while rows are drawn, when there may be no user to enter an MFA code.
   */
  askOnce(row: ConnectionNode): void {
    if (row.identity === undefined) this.ask(row);
  }

  /** Asks AWS for the identity behind the connection's credentials, and stores it on the connection's row. */
  ask(row: ConnectionNode): void {
    const { source, memory, log, changed } = this.parts;
    source.identity(row.connection, this.ended).then(
      (identity) => {
        const before = row.identity;
        if (before?.arn === identity.arn) return;
        row.identity = identity;
        const isSame = before === undefined || before.accountId === identity.accountId;
        const isKept = memory.identified(row.id, identity.accountId);
        changed(row, !(isSame && isKept));
      },
      (thrown: unknown) => {
        if (!this.ended.aborted) log(`${row.id}: who am I: ${failureLine(failureOf(thrown))}`);
      },
    );
  }
}
