/**
 * The members that rows of the Resources view share. VS Code keys rows by reference, so there is one object for each
 * id.
 */
import type { Connection, Identity } from '../../model/connection';
import type { Failure } from '../../model/failure';
import type { Phase } from '../../model/phase';
import type { Attention } from '../../nodegroup/attention/attention';

/** An outermost row: the row of a connection. */
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
  /** Unique in the tree and stable across restarts: the parent's id, a slash, and the row's key. */
  readonly id: string;
  readonly parent: Row;
}

export type Row = ConnectionNode | RowBelow;

/** A row of a thing that a service lists. */
export interface ThingRow extends RowBelow {
  /**
   * Present while the row shows data of an earlier read that no later read has confirmed: the time of that read, epoch
   * milliseconds.
   */
  asOf?: number;
}

/** A row of a thing whose list gives only its name: the details are read one thing at a time. */
export interface DetailedRow extends ThingRow {
  readonly name: string;
  /** Absent until the details have been read, and after a read has failed. */
  details?: { readonly phase: Phase };
  /**
   * The part of earlier details that the row shows while `details` is absent: an earlier window read them, or
   * this window did before a later read failed.
   */
  remembered?: { readonly phase: Phase };
  /** When the details were last read; epoch milliseconds. */
  readAt?: number;
  /** When a read of the details was last attempted; epoch milliseconds. */
  triedAt?: number;
  failure?: Failure;
  /**
   * What needs attention. Absent until the assessment is made, which is after the row is shown, and again
   * after a read of the details has failed.
   */
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

/** The part of a row's id that distinguishes the row from its siblings. */
export function keyOf(row: RowBelow): string {
  return row.id.slice(row.parent.id.length + 1);
}
