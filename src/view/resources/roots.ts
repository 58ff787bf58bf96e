/** The rows that are there before AWS is asked: connections, and their two groups. */
import { type Connection, connectionOf } from '../../model/connection';
import type { ConnectionNode, GroupNode } from './node';

export interface Root {
  readonly connection: ConnectionNode;
  readonly kdb: GroupNode;
  readonly eks: GroupNode;
}

export class Roots {
  private readonly known = new Map<string, Root>();

  /** @param connections the connections to show, in order. */
  constructor(private readonly connections: () => readonly Connection[]) {}

  all(): readonly Root[] {
    return this.connections().map((connection) => this.of(connection));
  }

  of({ id, source, region }: Connection): Root {
    const known = this.known.get(id);
    if (known) return known;
    const connection: ConnectionNode = { kind: 'connection', id, connection: connectionOf(source, region) };
    const root: Root = {
      connection,
      kdb: { kind: 'kdb', id: `${id}/kdb`, parent: connection },
      eks: { kind: 'eks', id: `${id}/eks`, parent: connection },
    };
    this.known.set(id, root);
    return root;
  }

  /** Forgets connections that are not to be shown any more; returns their ids. */
  dropGone(): readonly string[] {
    const there = new Set(this.connections().map(({ id }) => id));
    const gone = [...this.known.keys()].filter((id) => !there.has(id));
    for (const id of gone) this.known.delete(id);
    return gone;
  }
}
