/** How wizards and rows of the tree lead to the deploy targets of one kind. */
import type { Connection } from '../../model/connection';
import type { ResourceNode } from '../../view/resources/node';
import type { Ports } from '../ports';
import type { Listed, TypedHolder } from './listed';

/** Names that lead to a thing, outermost first, as in an operation's subject. */
export interface PickedPath {
  readonly path: readonly string[];
}

/** A thing of a list. */
export interface NamedPlace extends PickedPath {
  /** As titles name it, without its connection: `equities-dev / dev-scratch`. */
  readonly label: string;
}

/** The thing, or the holder of things, that a row of the tree stands for. */
export interface NamedByRow {
  /** Outermost first: of a thing, or of what things lie in. */
  readonly within: readonly string[];
  /** In the words of the tree. */
  readonly label: string;
}

/**
 * One question asks for a thing of any kind in any connection: a flat list of all there are, each row `connection / …`.
 * A kind gives its rows by `list`, and says by `depth` which names are whole.
 */
export interface TargetPicks {
  readonly icon: string;
  /** How many names lead to one. */
  readonly depth: number;
  /**
   * What lies within these names, a page at a time; without a name, all that the connection leads to. Where listing all
   * of it would be slow or long (the workloads of each namespace of each cluster), a page has rows of the kind `holder`
   * in place of things: once such a row is taken, this is asked for what lies within its names, and it may have holders
   * again. Nothing is asked of AWS beyond the page that is waited for. What throws is shown as a row that says why,
   * beside those that have come; where only a part cannot be read, a row of the kind `unread` says so.
   */
  list(
    connection: Connection,
    within: readonly string[],
    ports: Ports,
    signal: AbortSignal,
  ): AsyncIterable<readonly Listed<NamedPlace>[]>;
  /** Lets the user type the name of a thing that the list may lack; absent if lists are complete. */
  readonly typed?: TypedHolder;
  /** Where there are none. */
  none(): string;
  /** The thing or holder that a row stands for; undefined for any other row. */
  named(node: ResourceNode): NamedByRow | undefined;
}
