/** What a kind of row declares: all that the Resources view, its menus and its memory know of it. */
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
  /** What screen readers say for it, where the label is shortened. */
  readonly fullName?: string;
  /**
   * The state in one or two words. They stand right beside the label, where a narrow side bar does not cut them.
   * Absent: there is nothing to say.
   */
  readonly state?: string;
  /** Further words, the most important first: a narrow side bar cuts the last ones. */
  readonly words: readonly string[];
  /** What the row stands for, for screen readers. */
  readonly role: string;
  readonly phase?: Phase;
  /** Absent: the row has no others below it. */
  readonly open?: 'collapsed' | 'expanded';
}

/**
 * When a command is in the menu of a row: always, while an operation or AWS works on it, only of things in AWS, or by
 * {@link ThingKind.isEmpty}.
 */
export type Offered = 'always' | 'while-busy' | 'in-aws' | 'while-empty' | 'unless-empty';
export type OfferedCommands = Readonly<Partial<Record<CommandId, Offered>>>;

export interface RowKind<N extends Row> {
  appearance(row: N): RowAppearance;
  /** The tooltip in Markdown; undefined: none. Asks AWS where the list did not say enough. */
  tooltip(
    row: N,
    source: ResourceSource,
    signal: AbortSignal,
  ): string | undefined | Promise<string | undefined>;
  /** Commands in the row's menu beside those that all rows have. A test compares them with package.json. */
  readonly commands: OfferedCommands;
}

/** A row that is there with its parent and holds rows. */
export interface FolderKind<N extends RowBelow> extends RowKind<N> {
  readonly below: N['parent']['kind'];
  /** Tells the row from its siblings in ids and in the memory of the tree: no thing beside it is ever named so. */
  readonly key: string;
}

/** What a new row begins with. */
export type RowStart<N extends ThingRow> = Pick<N, 'kind' | 'id' | 'parent'>;

/** How things are listed below their parent; `I` is what a list says of one. */
export interface ThingList<N extends ThingRow, I> {
  /** What tells a thing from its siblings; the last name in the path of an operation about it. */
  key(item: I): string;
  row(item: I, start: RowStart<N>): N;
  /** The names in a path that the key stands for; absent: the key is the name. */
  names?(key: string): readonly [string, string];
  /** Brings what was read beside the list in line with what the list says now. */
  confirm?(row: N, item: I): void;
  /** Words where there are none. */
  none(parent: N['parent']): string;
  /** Why there are none, in a sentence; undefined where no reason is needed. */
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

/** A list that a watch keeps current for as long as its rows can be seen. */
export interface LiveList<N extends ThingRow, I, S = ClusterSeen> extends ThingList<N, I> {
  items(parent: N['parent'], seen: S): LiveItems<I>;
}

export interface LiveItems<I> extends SeenItems<I> {
  /** How many more there are that show only if the user asks for them; absent: none. */
  readonly others?: number;
}

/** What is kept of a row on disk: what it shows and nothing else. */
export interface ThingMemory<N extends ThingRow> {
  keep(row: N): SnapshotRow;
  /** The row as it was; also of what an earlier version of Slipway kept. */
  restore(kept: KeptTexts, start: RowStart<N> & { readonly asOf: number }): N;
}

export interface ThingKind<N extends ThingRow, I> extends RowKind<N> {
  readonly below: N['parent']['kind'];
  readonly list: ThingList<N, I>;
  /** Absent: nothing of it outlives the window. */
  readonly memory?: ThingMemory<N>;
  /** Its page in the AWS console; undefined: it has none. */
  readonly console: ConsolePage | undefined;
  /** Kinds of operations that are about such a thing, as the ledger names them: its row shows them. */
  readonly operations: readonly string[];
  /**
   * True if the thing is known to hold nothing that could be changed.
   * @param inside all that is listed in it; undefined while that is not known
   */
  isEmpty?(row: N, inside: readonly ThingRow[] | undefined): boolean;
  /** Words where none of the things below a row needs attention. */
  fine(): string;
}

/** A thing whose row opens a page of its own. */
export interface PagedKind<N extends ThingRow, I> extends ThingKind<N, I> {
  readonly page: ThingPage;
}

/** A thing of which the list says all that its row shows. */
export interface ListedKind<N extends ThingRow, I> extends PagedKind<N, I> {
  readonly list: PagedList<N, I>;
  readonly memory: ThingMemory<N>;
  readonly page: ListedPage<N>;
  /** As last listed. */
  phase(row: N): Phase;
}

/**
 * A thing inside a cluster. It is watched while its row can be seen, kept nowhere, not counted among what needs
 * attention, and never asked for before somebody opens the row above it.
 */
export interface LiveKind<N extends ThingRow, I, S = ClusterSeen> extends ThingKind<N, I> {
  readonly list: LiveList<N, I, S>;
  phase(row: N): Phase;
}

/** A thing of which the list says the name alone. */
export interface DetailedKind<N extends DetailedRow> extends PagedKind<N, string> {
  readonly list: PagedList<N, string>;
  readonly memory: ThingMemory<N>;
  details(row: N, services: Services, signal: AbortSignal): Promise<NonNullable<N['details']>>;
  /** The part of the details that the row shows until they have been read again. */
  remembered(details: NonNullable<N['details']>): NonNullable<N['remembered']>;
  /** `interactive` if a user who opens the row's parent waits for the details. */
  readonly priority: Priority;
  readonly assessment: ThingAssessment<N>;
}

/** What needs attention: asked for after the row shows, so that no row waits for it. */
export interface ThingAssessment<N extends DetailedRow> {
  /** Undefined while not enough is known to ask. */
  ask(
    row: N,
    reader: AttentionReader,
    signal: AbortSignal,
  ): Promise<NonNullable<N['assessment']>> | undefined;
  /** What the assessments of the rows below depend on. When it changes they are asked for again. */
  basis(row: N): string | undefined;
  /** True if a refresh of the row asks anew for all that assessments in its connection depend on. */
  readonly isRefreshedWhole: boolean;
}
