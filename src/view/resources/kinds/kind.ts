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
 * works on the thing; `in-aws`: only for things in AWS; `while-empty` and `unless-empty`: according to
 * {@link ThingKind.isEmpty}.
 */
export type Offered = 'always' | 'while-busy' | 'in-aws' | 'while-empty' | 'unless-empty';
export type OfferedCommands = Readonly<Partial<Record<CommandId, Offered>>>;

export interface RowKind<N extends Row> {
  appearance(row: N): RowAppearance;
  /** The tooltip in Markdown; undefined for none. Asks AWS for facts that the list does not have. */
  tooltip(
    row: N,
    source: ResourceSource,
    signal: AbortSignal,
  ): string | undefined | Promise<string | undefined>;
  /** Commands in the row's menu in addition to those that all rows have. A test compares them with package.json. */
  readonly commands: OfferedCommands;
}

/** A row that exists together with its parent and holds other rows. */
export interface FolderKind<N extends RowBelow> extends RowKind<N> {
  readonly below: N['parent']['kind'];
  /** Distinguishes the row from its siblings in ids and in the memory of the tree: no sibling ever has this name. */
  readonly key: string;
}

/** The members that a new row starts with. */
export type RowStart<N extends ThingRow> = Pick<N, 'kind' | 'id' | 'parent'>;

/** How things are listed below their parent. `I` is the list's item for one thing. */
export interface ThingList<N extends ThingRow, I> {
  /** Distinguishes a thing from its siblings; it is the last name in the path of an operation on the thing. */
  key(item: I): string;
  row(item: I, start: RowStart<N>): N;
  /** Splits a key that combines two names of a path; absent where the key is a single name. */
  names?(key: string): readonly [string, string];
  /** Brings the row's details, which were read separately, in line with the list's new item. */
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
  /** How many further items the view shows only on request; absent if there are none. */
  readonly others?: number;
}

/** Stores the rows of a kind on disk, and restores them. Only the texts that a row shows are stored. */
export interface ThingMemory<N extends ThingRow> {
  keep(row: N): SnapshotRow;
  /** The row as it was when it was stored, perhaps by an earlier version of Slipway. */
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
   * @param inside everything that is listed in it; undefined while not all is known
   */
  isEmpty?(row: N, inside: readonly ThingRow[] | undefined): boolean;
  /** The words to show where none of the things below a row needs attention. */
  fine(): string;
}

/** A kind of thing whose rows open a page of their own. */
export interface PagedKind<N extends ThingRow, I> extends ThingKind<N, I> {
  readonly page: ThingPage;
}

/** A kind of thing that its list describes in full. */
export interface ListedKind<N extends ThingRow, I> extends PagedKind<N, I> {
  readonly list: PagedList<N, I>;
  readonly memory: ThingMemory<N>;
  readonly page: ListedPage<N>;
  /** The phase that the last list gave. */
  phase(row: N): Phase;
}

/**
 * A kind of thing inside a cluster. Such a thing is watched while its row is visible, is not stored, does not
 * count among the rows that need attention, and is read only after the user has opened the row above it.
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
  /** The part of the old details that the row shows until new ones have been read. */
  remembered(details: NonNullable<N['details']>): NonNullable<N['remembered']>;
  /** `interactive` if a user who opens the row's parent waits for the details. */
  readonly priority: Priority;
  readonly assessment: ThingAssessment<N>;
}

/**
 * Finds the facts about a thing that need attention. Called after the thing's row is shown, so that no row
 * waits for the result.
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
