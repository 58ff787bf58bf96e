/** The rows that are made without asking a service: connections, and the folders below rows. */
import { getOrMake } from '../../model/cache';
import { type Connection, connectionOf } from '../../model/connection';
import { FOLDERS } from './kinds/table';
import type { FolderNode } from './node';
import type { ConnectionNode, Row } from './row';
import { foldersBelow } from './shape';

export class Roots {
  private readonly known = new Map<string, ConnectionNode>();
  /** The folders right below each row; forgotten together with that row. */
  private readonly folders = new WeakMap<Row, readonly FolderNode[]>();

  /** @param connections the connections to show, in order. */
  constructor(private readonly connections: () => readonly Connection[]) {}

  all(): readonly ConnectionNode[] {
    return this.connections().map(({ id, source, region }) =>
      getOrMake(this.known, id, () => ({
        kind: 'connection',
        id,
        connection: connectionOf(source, region),
      })),
    );
  }

  /** The folders right below a row. */
  foldersOf(row: Row): readonly FolderNode[] {
    const known = this.folders.get(row);
    if (known) return known;
    const kinds = foldersBelow(row.kind);
    if (kinds.length === 0) return [];
    // Each kind declares the rows below which its folder stands, so the type of the parent fits.
    const folders = kinds.map(
      (kind) => ({ kind, id: `${row.id}/${FOLDERS[kind].key}`, parent: row }) as FolderNode,
    );
    this.folders.set(row, folders);
    return folders;
  }

  /** Forgets connections that are no longer shown; returns their ids. */
  dropGone(): readonly string[] {
    const there = new Set(this.connections().map(({ id }) => id));
    const gone = [...this.known.keys()].filter((id) => !there.has(id));
    for (const id of gone) this.known.delete(id);
    return gone;
  }
}
