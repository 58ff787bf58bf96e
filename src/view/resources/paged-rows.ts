/** Rows that pages show, whether or not the rows above them are open in the view. */

import { type Failure, failed } from '../../model/failure';
import { presentItems } from '../../model/present';
import type { Branch, BranchRows } from './branch-rows';
import { listedIn } from './branches';
import { detailedKindOf } from './describe';
import type { LiveBranches } from './inside/live-branches';
import { isDetailedKind, isFolderKind } from './kinds/table';
import { showAlways } from './kinds/workloads';
import type { TreeMemory } from './memory/tree-memory';
import {
  type BranchNode,
  type DetailedNode,
  isBranch,
  isDetailed,
  isLiveBranch,
  isPaged,
  type PagedNode,
  type ThingNode,
} from './node';
import type { OpenBranches } from './open-branches';
import type { Owners } from './owners';
import type { Roots } from './roots';
import { type ConnectionNode, connectionNodeOf, keyOf, type Row } from './row';
import type { RowDetails } from './row-details';
import { type Step, stepsTo } from './shape';
import type { AttentionReader, ResourceSource } from './source';

export interface PagedRowsParts {
  readonly roots: Roots;
  readonly below: BranchRows;
  readonly details: RowDetails;
  readonly memory: TreeMemory;
  readonly owners: Owners;
  readonly open: OpenBranches;
  readonly live: Pick<LiveBranches, 'hold' | 'again'>;
  readonly source: Pick<ResourceSource, 'isReady'>;
  readonly attention: Pick<AttentionReader, 'forget'>;
}

/** Identifies the thing that a page shows. */
export interface ThingPlace {
  readonly kind: PagedNode['kind'];
  readonly connectionId: string;
  /** The names of the thing and of all things that contain it, the outermost first. */
  readonly path: readonly string[];
}

export class PagedRows {
  /** Rows that were made for a page without reading a list. A list that was read later may contain them. */
  private readonly unlisted = new Set<ThingNode>();

  private readonly readListeners = new Set<(row: ThingNode) => void>();

  constructor(private readonly parts: PagedRowsParts) {}

  /**
   * Calls `listener` when a read of a row's details has ended, even if the row looks as before: the page then has
   * another time of reading. Returns the function that removes the listener.
   */
  onDidRead(listener: (row: ThingNode) => void): () => void {
    this.readListeners.add(listener);
    return () => this.readListeners.delete(listener);
  }

  /** Called when a read of the row's details has ended. */
  settled(row: ThingNode): void {
    for (const listener of [...this.readListeners]) listener(row);
  }

  /** True if AWS can be asked without the user having to log in first. False for a connection that was removed. */
  async isReady(connectionId: string): Promise<boolean> {
    const connection = this.connection(connectionId);
    return connection !== undefined && (await this.parts.source.isReady(connection.connection));
  }

  connection(id: string): ConnectionNode | undefined {
    return this.parts.roots.all().find((one) => one.id === id);
  }

  /**
   * The row of the thing. Undefined if there is none yet, or if only the thing's name is known and the row
   * neither is being read nor waits to be read.
   */
  find({ kind, connectionId, path }: ThingPlace): PagedNode | undefined {
    const steps = stepsTo(kind, path);
    const row = steps && this.thing([connectionId, ...steps.map(({ key }) => key)].join('/'));
    return row && isDetailed(row) && isBlank(row) && !this.isReading(row) ? undefined : row;
  }

  /** The row with this id, where it exists already. */
  thing(id: string): PagedNode | undefined {
    const row = this.parts.below.thing(id);
    return row && isPaged(row) ? row : undefined;
  }

  /**
   * The row of the thing. If there is none yet, it is made, with as few requests to AWS as possible.
   * @param mayAsk whether AWS may be asked; if not, the row is one that {@link find} finds, or a remembered one
   * @param signal aborts when no page shows the row any more; until then, if `mayAsk` is true, a thing inside
   * a cluster is watched
   * @returns undefined if the connection was removed or the path does not fit the kind, if the list does not
   * contain the thing, or if there is no row and AWS may not be asked
   * @throws the failure to read a list on the way to the row
   */
  async reach(place: ThingPlace, mayAsk: boolean, signal: AbortSignal): Promise<ThingNode | undefined> {
    const { kind, connectionId, path } = place;
    const { roots, memory, owners, details } = this.parts;
    const connection = this.connection(connectionId);
    const steps = stepsTo(kind, path);
    if (!connection || !steps) return undefined;
    await memory.load(connectionId);
    if (mayAsk) owners.askOnce(connection);
    let at: Row = connection;
    const things: ThingNode[] = [];
    for (const step of steps) {
      if (isFolderKind(step.kind)) {
        const folder: Row | undefined = roots.foldersOf(at).find((one) => one.kind === step.kind);
        if (!folder) return undefined;
        at = folder;
        continue;
      }
      const branch = at as BranchNode;
      if (mayAsk) this.hold(branch, step.key, signal);
      const thing: ThingNode | undefined = await this.step(branch, step, mayAsk);
      if (!thing) return undefined;
      things.push(thing);
      at = thing;
    }
    // The rows above the thing may have to be read, too: a remembered node group may be below a cluster of
    // which only the name is known.
    if (!mayAsk) return this.find(place);
    details.readUnread(things, 'interactive');
    details.read(
      things.filter(isDetailed).filter(({ asOf }) => asOf !== undefined),
      'interactive',
    );
    return things.at(-1);
  }

  /** The list below a row as far as it is known or remembered; sends no request. */
  inner(row: BranchNode): Branch | undefined {
    this.parts.memory.restore(row);
    return this.parts.below.known(row);
  }

  /** Reads the list below a row if it is unknown or outdated. */
  readInner(row: BranchNode): void {
    if (isUnread(this.inner(row))) void this.parts.open.ask(row);
  }

  /** Watches the row's thing until `signal` aborts, if the thing is inside a cluster. */
  keepCurrent(row: PagedNode, signal: AbortSignal): void {
    this.hold(row.parent, keyOf(row), signal);
  }

  /** The rows below a branch that were made for pages and that the branch's list does not contain. */
  unlistedBelow(branch: BranchNode): readonly ThingNode[] {
    const listed = this.parts.below.known(branch)?.rows ?? [];
    return [...this.unlisted].filter(
      (row) => row.parent === branch && this.parts.below.thing(row.id) === row && !listed.includes(row),
    );
  }

  /** When the row was last read, or listed; epoch milliseconds. */
  readAt(row: PagedNode): number | undefined {
    return isDetailed(row) ? row.readAt : this.parts.below.listedAt(row);
  }

  /** True if the row is known to contain nothing that could be changed. */
  isEmpty(row: PagedNode): boolean {
    return this.parts.below.isEmpty(row);
  }

  /** Why the row, or the list that contains it, could not be read the last time. */
  failureOf(row: PagedNode): Failure | undefined {
    return isDetailed(row) ? row.failure : this.parts.below.known(row.parent)?.failure;
  }

  /** True if the row, or the list that contains it, is being read or waits to be read. */
  isReading(row: PagedNode): boolean {
    return isDetailed(row)
      ? this.parts.details.isReading(row)
      : this.parts.below.known(row.parent)?.fetching !== undefined;
  }

  /**
   * Reads a row again: its details if they are read separately, otherwise the list that contains the row. The
   * list below the row is read as well if it is known already. Resolves when the lists have been read; the
   * details may arrive later.
   */
  async readAgain(row: PagedNode): Promise<void> {
    const { below, details, attention, live } = this.parts;
    if (isLiveBranch(row.parent)) live.again(row.parent);
    if (isDetailed(row) && detailedKindOf(row).assessment.isRefreshedWhole)
      attention.forget(connectionNodeOf(row).id);
    if (isDetailed(row)) details.read([row], 'interactive');
    const lists = presentItems<BranchNode>(
      isDetailed(row) ? undefined : row.parent,
      isBranch(row) && below.known(row) ? row : undefined,
    );
    await Promise.all(lists.map((list) => below.refresh(list, 'interactive')));
  }

  private hold(branch: BranchNode, key: string, signal: AbortSignal): void {
    if (!isLiveBranch(branch)) return;
    if (branch.kind === 'workloads') showAlways(branch, key, signal);
    this.parts.live.hold(branch, signal);
  }

  /**
   * The row with this key right below a branch. For a kind whose lists give only names, a row that does not
   * exist yet is made from its key, without reading the list.
   */
  private async step(at: BranchNode, { kind, key }: Step, mayAsk: boolean): Promise<ThingNode | undefined> {
    const { below, memory, open } = this.parts;
    memory.restore(at);
    const id = `${at.id}/${key}`;
    const there = below.thing(id);
    if (isDetailedKind(kind)) return there ?? this.named(at, key);
    if ((there && there.asOf === undefined) || !mayAsk) return there;
    const known = below.known(at);
    if (known && !known.fetching) await below.refresh(at, 'interactive');
    else await open.ask(at);
    if (!below.thing(id)) await below.known(at)?.fetching?.whole;
    const row = below.thing(id);
    const failure = below.known(at)?.failure;
    if (!row && failure) throw failed(failure);
    return row;
  }

  private named(at: BranchNode, name: string): ThingNode {
    const { start, detailed } = listedIn(at);
    if (!detailed) throw new Error(`what is below ${at.kind} has more than a name`);
    const from = start(name);
    // Both casts are safe. The type of `detailed` covers every kind, but its value declares just the kind that
    // is listed below `at`. That kind takes `from`, which was made as the start of a row of the kind, and makes
    // only rows of the kind, all of which are of the type `ThingNode`.
    const row = this.parts.below.row(from.id, () => detailed.list.row(name, from as never) as ThingNode);
    this.unlisted.add(row);
    return row;
  }
}

/** True if the list below a row is unknown, or remembered and not read yet. */
export function isUnread(branch: Branch | undefined): boolean {
  return branch === undefined || branch.isOutdated === true;
}

/** True if only the name of the row's thing is known. */
function isBlank({ details, remembered, failure }: DetailedNode): boolean {
  return details === undefined && remembered === undefined && failure === undefined;
}
