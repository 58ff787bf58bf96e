/** Whose keys the connections have: files and log-ins change, and rows belong to an account. */
import { failureOf } from '../../model/failure';
import { failureLine } from '../log';
import type { TreeMemory } from './memory/tree-memory';
import type { Root } from './roots';
import type { DetailsParts } from './row-details';

export interface OwnersParts extends Pick<DetailsParts, 'source' | 'log'> {
  readonly memory: TreeMemory;
  /** They are somebody else's than was known. `isOther`: what is shown is another account's. */
  readonly changed: (root: Root, isOther: boolean) => void;
}

export class Owners {
  /** @param ended ends every question. */
  constructor(
    private readonly parts: OwnersParts,
    private readonly ended: AbortSignal,
  ) {}

  /** Asks only where nothing is known: a row is also drawn anew where nobody wants to be asked for a code. */
  askOnce(root: Root): void {
    if (root.connection.identity === undefined) this.ask(root);
  }

  /** Keeps the answer on the connection's row. */
  ask(root: Root): void {
    const { connection } = root;
    const { source, memory, log, changed } = this.parts;
    source.identity(connection.connection, this.ended).then(
      (identity) => {
        const before = connection.identity;
        if (before?.arn === identity.arn) return;
        connection.identity = identity;
        const isSame = before === undefined || before.accountId === identity.accountId;
        const isKept = memory.identified(connection.id, identity.accountId);
        changed(root, !(isSame && isKept));
      },
      (thrown: unknown) => {
        if (!this.ended.aborted) log(`${connection.id}: who am I: ${failureLine(failureOf(thrown))}`);
      },
    );
  }
}
