/**
 * What rows of the Resources view have in common. VS Code keys rows by reference, so there is one object for each id.
 */
import type { Connection, Identity } from '../../model/connection';
import type { Failure } from '../../model/failure';
import type { Phase } from '../../model/phase';
import type { Attention } from '../../nodegroup/attention/attention';

/** An outermost row. */
export interface ConnectionNode {
  readonly kind: 'connection';
  /** Unique in the tree and stable across restarts. */
  readonly id: string;
  readonly connection: Connection;
  identity?: Identity;
}

/** A row below another one. */
export interface RowBelow {
  readonly kind: string;
  /**
   * Unique in the tree and stable across restarts: the parent's id, a slash, and what tells the row from its siblings.
   */
  readonly id: string;
  readonly parent: Row;
}

export type Row = ConnectionNode | RowBelow;

/** A row of a thing that a service lists. */
export interface ThingRow extends RowBelow {
  /**
   * Present while the row shows what an earlier read found and no read has confirmed since: when that was, epoch ms.
   */
  asOf?: number;
}

/** A row of a thing of which the list says the name alone: the rest is read thing by thing. */
export interface DetailedRow extends ThingRow {
  readonly name: string;
  /** Absent until they have been read. */
  details?: { readonly phase: Phase };
  /** What an earlier read found, where there is no newer one. */
  remembered?: { readonly phase: Phase };
  /** When the details were last read; epoch milliseconds. */
  readAt?: number;
  /** When that was last tried. */
  triedAt?: number;
  failure?: Failure;
  /** What needs attention; absent until asked for, after the row shows. */
  assessment?: { readonly attention: Attention };
}

export function parentOf(row: Row): Row | undefined {
  return 'parent' in row ? row.parent : undefined;
}

export function connectionNodeOf(row: Row): ConnectionNode {
  let at = row;
  while ('parent' in at) at = at.parent;
  return at;
}

/** What tells a row from its siblings, as it stands in the row's id. */
export function keyOf(row: RowBelow): string {
  return row.id.slice(row.parent.id.length + 1);
}
