/**
 * For each kind of deploy target: how wizards list its targets, and which target a row of the tree stands
 * for.
 */
import type { Connection } from '../../model/connection';
import type { ResourceNode } from '../../view/resources/node';
import type { Ports } from '../ports';
import type { Listed, TypedHolder } from './listed';

/** Names that identify a thing, outermost first, as in an operation's subject. */
export interface PickedPath {
  readonly path: readonly string[];
}

/** A thing that a list offers, or a picked thing, with its label. */
export interface NamedPlace extends PickedPath {
  /** The name that titles show, without its connection: `equities-dev / dev-scratch`. */
  readonly label: string;
}

/**
 * What a row of the tree represents: a thing that can be picked, or a holder, which contains such things. For example,
 * environments are the holders of kdb clusters.
 */
export interface NamedByRow {
  /** The names that identify the thing or the holder, outermost first. */
  readonly within: readonly string[];
  /** The label of the thing or the holder within its connection: `equities-dev / dev-scratch`. */
  readonly label: string;
}

/**
 * How the things of one kind of deploy target are listed and named, for the question that asks for a thing of
 * any kind in any connection: one flat list with rows `connection / …`.
 */
export interface TargetPicks {
  readonly icon: string;
  /** The number of names that identify a thing. */
  readonly depth: number;
  /**
   * The things inside the holder with these names, page by page; without a name, all things of the
   * connection. If a complete list would be slow or long (the workloads of each namespace of each cluster), a
   * page has rows of the kind `holder` in place of things. When the user picks such a row, `list` is called
   * with the holder's names, and may return holders again. An error is shown as a row with the reason, beside
   * the rows that have arrived; if only a part cannot be read, a row of the kind `unread` says so.
   */
  list(
    connection: Connection,
    within: readonly string[],
    ports: Ports,
    signal: AbortSignal,
  ): AsyncIterable<readonly Listed<NamedPlace>[]>;
  /**
   * Lets the user type the name of a holder that may be missing in the list; absent if lists are complete.
   */
  readonly typed?: TypedHolder;
  /** The words to show where `list` finds nothing inside the holder with these names. */
  none(within: readonly string[]): string;
  /** The thing or holder that a row represents; undefined for any other row. */
  named(node: ResourceNode): NamedByRow | undefined;
}
