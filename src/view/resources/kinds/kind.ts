/** The declaration of a kind of row: everything that the Resources view, its menus and its memory know about it. */
import type { ClusterSeen, SeenItems } from '../../../drain/cluster-seen';
import type { Page } from '../../../model/page';
import type { Phase } from '../../../model/phase';
import type { CommandId } from '../../command-ids';
import type { ConsolePage } from '../../console-url';
import type { RowIcon } from '../../row-icon';
import type { KeptTexts, SnapshotRow } from '../memory/snapshot';
import type { DetailedRow, Row, RowBelow, ThingRow } from '../row';
import type { AttentionReader, Priority, ResourceSource, Services } from '../source';
import type { ListedPage, ThingPage } from './page';

export interface RowAppearance extends RowIcon {
  readonly label: string;
  /** The name for screen readers, where the label is shortened. */
  readonly fullName?: string;
  /**
   * The state in one or two words. They stand right beside the label, where a narrow side bar does not cut them off.
   * Absent where there is no state to show.
   */
  readonly state?: string;
  /** Further words, the most important first: a narrow side bar cuts the last ones. */
  readonly words: readonly string[];
  /** What the row stands for, in words for screen readers. */
  readonly role: string;
  readonly phase?: Phase;
  /** Absent: the row has no rows below it. */
  readonly open?: 'collapsed' | 'expanded';
}

/**
 * The condition under which the menu of a row offers a command. `while-busy`: while an operation or AWS
 * works on the thing; `in-aws`: unless the connection is the sandbox; `while-empty` and `unless-empty`:
 * according to {@link ThingKind.isEmpty}.
 */
export type Offered = 'always' | 'while-busy' | 'in-aws' | 'while-empty' | 'unless-empty';
export type OfferedCommands = Readonly<Partial<Record<CommandId, Offered>>>;

export interface RowKind<N extends Row> {
  appearance(row: N): RowAppearance;
  /** The tooltip in Markdown; undefined for none. May ask AWS for facts that the list does not have. */
  tooltip(
    row: N,
    source: ResourceSource,
    signal: AbortSignal,
  ): string | undefined | Promise<string | undefined>;
  /**
   * Commands in the row's menu in addition to those that all rows, or all rows of things, have. A test
   * compares them with package.json.
   */
  readonly commands: OfferedCommands;
}

/** A kind of row that exists whenever its parent row exists, and that only holds other rows. */
export interface FolderKind<N extends RowBelow> extends RowKind<N> {
  readonly below: N['parent']['kind'];
  /** Distinguishes the row from its siblings, in ids and in the stored rows: no sibling ever has this key. */
  readonly key: string;
}

/** The members that a new row starts with. */
export type RowStart<N extends ThingRow> = Pick<N, 'kind' | 'id' | 'parent'>;

/**
 * How the things of a kind are listed below their parent. `I` is the type of the list's items, one for each
 * thing.
 */
export interface ThingList<N extends ThingRow, I> {
  /**
   * Distinguishes a thing from its siblings. In the path of an operation on the thing, the key is the last
   * name, or, if `names` splits the key, the last two names.
   */
  key(item: I): string;
  row(item: I, start: RowStart<N>): N;
  /** Splits a key that combines two names of a path; absent where the key is a single name. */
  names?(key: string): readonly [string, string];
  /**
   * Called when a known row is listed again: drops details that were read separately if the new item shows
   * that they are out of date.
   */
  confirm?(row: N, item: I): void;
  /** The words to show if nothing is listed. */
  none(parent: N['parent']): string;
  /** Why the list is empty, in a sentence; undefined if no reason is needed. */
  whyNone?(parent: N['parent']): string | undefined;
}

/** A list that a service gives page by page. */
export interface PagedList<N extends ThingRow, I> extends ThingList<N, I> {
  /** @param next undefined: the first page. */
  page(
    parent: N['parent'],
    services: Services,
    next: string | undefined,
    signal: AbortSignal,
  ): Promise<Page<I>>;
}

/** A list that a watch keeps current while its rows are visible. */
export interface LiveList<N extends ThingRow, I, S = ClusterSeen> extends ThingList<N, I> {
  items(parent: N['parent'], seen: S): LiveItems<I>;
}

export interface LiveItems<I> extends SeenItems<I> {
  /**
   * The number of items that the view shows only on request. They are counted even while they are shown.
   * Absent or 0 if there are none.
   */
  readonly others?: number;
}

/**
 * Converts the rows of a kind to the form that is stored on disk, and back. Only texts that a row or its
 * tooltip shows are stored, and the time when they were read.
 */
export interface ThingMemory<N extends ThingRow> {
  keep(row: N): SnapshotRow;
  /** Makes a row from its stored texts. An earlier version of Slipway may have stored them. */
  restore(kept: KeptTexts, start: RowStart<N> & { readonly asOf: number }): N;
}

export interface ThingKind<N extends ThingRow, I> extends RowKind<N> {
  readonly below: N['parent']['kind'];
  readonly list: ThingList<N, I>;
  /** Absent where nothing of the row is stored. */
  readonly memory?: ThingMemory<N>;
  /** The thing's page in the AWS console; undefined where it has none. */
  readonly console: ConsolePage | undefined;
  /**
   * The kinds of operations on such a thing, as the ledger names them. The row shows the running operations of
   * these kinds.
   */
  readonly operations: readonly string[];
  /**
   * True if the thing is known to contain nothing that could be changed.
   * @param inside the things that are known to be inside; empty only if the list of them is complete, and
   * undefined while it is not known whether there are any
   */
  isEmpty?(row: N, inside: readonly ThingRow[] | undefined): boolean;
  /**
   * The words to show below a row if the view shows only rows that need attention, and no thing of this kind
   * needs attention.
   */
  fine(): string;
}

/** A kind of thing whose rows open a page of their own. */
export interface PagedKind<N extends ThingRow, I> extends ThingKind<N, I> {
  readonly page: ThingPage;
}

/** A kind of thing whose list gives all that its row shows. */
export interface ListedKind<N extends ThingRow, I> extends PagedKind<N, I> {
  readonly list: PagedList<N, I>;
  readonly memory: ThingMemory<N>;
  readonly page: ListedPage<N>;
  /** The phase that the last list gave. */
  phase(row: N): Phase;
}

/**
 * A kind of thing inside a cluster. Such a thing is read only by a watch, which runs while the row above
 * the thing is open in the visible view, or while a page shows the thing. It is not stored, and does not
 * count among the rows that need attention.
 */
export interface LiveKind<N extends ThingRow, I, S = ClusterSeen> extends ThingKind<N, I> {
  readonly list: LiveList<N, I, S>;
  phase(row: N): Phase;
}

/** A kind of thing whose list gives only names; the details are read separately, one thing at a time. */
export interface DetailedKind<N extends DetailedRow> extends PagedKind<N, string> {
  readonly list: PagedList<N, string>;
  readonly memory: ThingMemory<N>;
  details(row: N, services: Services, signal: AbortSignal): Promise<NonNullable<N['details']>>;
  /** The part of the details that the row still shows after a later read has failed. */
  remembered(details: NonNullable<N['details']>): NonNullable<N['remembered']>;
  /** `interactive` if a user who opens the row's parent waits for the details. */
  readonly priority: Priority;
  readonly assessment: ThingAssessment<N>;
}

/**
 * Finds out what needs attention on a thing. Called after the thing's row is shown, so that the row does
 * not wait for the result.
 */
export interface ThingAssessment<N extends DetailedRow> {
  /** Assesses the row; undefined where too little is known for an assessment. */
  ask(
    row: N,
    reader: AttentionReader,
    signal: AbortSignal,
  ): Promise<NonNullable<N['assessment']>> | undefined;
  /**
   * The part of the row that the assessments of the rows below depend on. When this part changes, those
   * assessments are made again.
   */
  basis(row: N): string | undefined;
  /**
   * True if a refresh of the row also drops the cached answers of AWS that all assessments in its connection use.
   */
  readonly isRefreshedWhole: boolean;
}
