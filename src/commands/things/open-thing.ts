/** A thing whose page is open: finds its row, reads more for the page, and makes its content. */

import * as l10n from '@vscode/l10n';
import { connectionFromId } from '../../model/connection';
import { type Failure, failureOf } from '../../model/failure';
import { present } from '../../model/present';
import { failureWords } from '../../view/messages/failure';
import { isOpen } from '../../view/messages/operation';
import type { Finding, Page, PageButton } from '../../view/pages/page';
import { commandButton, pageCommands } from '../../view/pages/things/buttons';
import type { ThingOperation } from '../../view/pages/things/operations';
import { type ThingContent, type ThingReading, thingPage } from '../../view/pages/things/thing';
import { isInConsole } from '../../view/resources/console';
import { type KdbClusterNode, readKdbCluster } from '../../view/resources/kinds/kdb-cluster';
import { PAGED } from '../../view/resources/kinds/table';
import { kindOf, type PagedNode, type ResourceNode } from '../../view/resources/node';
import { isUnread, type ThingPlace } from '../../view/resources/paged-rows';
import { connectionNodeOf } from '../../view/resources/row';
import { contentOf, failureFinding, unknownFinding } from './contents';
import type { ThingPageDeps } from './deps';
import { busyInside, operationsAt } from './thing-operations';

/** Why there is no row to show. */
type Missing =
  | { readonly kind: 'reading' }
  /** AWS was not asked, since a log-in would have been needed first. */
  | { readonly kind: 'not-asked' }
  | { readonly kind: 'gone' }
  | { readonly kind: 'failed'; readonly failure: Failure };

export class OpenThing {
  /** Why there is no row. Undefined if there is one, or if nothing has looked for the row yet. */
  private missing: Missing | undefined;
  /** True while the details of a kdb cluster are being read; the list of clusters does not contain them. */
  private isReadingMore = false;
  /** Why the details of the kdb cluster, or the list below the row, could not be read, as a sentence. */
  private notRead: string | undefined;
  /** The reads of lists for which the page waits or has waited. The page never waits for the same read twice. */
  private readonly awaited = new WeakSet<object>();
  private runningIds: ReadonlySet<string>;
  private readonly closing = new AbortController();
  private readonly unlisten: () => void;

  /** @param changed called when the content of the page has changed. */
  constructor(
    readonly place: ThingPlace,
    private readonly deps: ThingPageDeps,
    private readonly changed: () => void,
  ) {
    this.runningIds = this.runningNow();
    this.unlisten = deps.paged.onDidRead((row) => row === this.row() && changed());
  }

  row(): PagedNode | undefined {
    return this.deps.paged.find(this.place);
  }

  /** The name of the thing for the tab, as far as it is known. */
  label(): string {
    const row = this.row();
    return row ? kindOf(row).appearance(row).label : (this.place.path.at(-1) ?? '');
  }

  /**
   * True if a change of these rows may change the page: the page's row, a row above it or a row below it is
   * among them, or the page has no row. `rows` is undefined if any row may have changed.
   */
  concerns(rows: readonly ResourceNode[] | undefined): boolean {
    const own = this.row()?.id;
    return (
      rows === undefined ||
      own === undefined ||
      rows.some(({ id }) => id === own || id.startsWith(`${own}/`) || own.startsWith(`${id}/`))
    );
  }

  isRunning(): boolean {
    return this.runningIds.size > 0;
  }

  /** Reads a kdb cluster or a workload again if an operation on it has ended. */
  operationsChanged(): void {
    const before = this.runningIds;
    this.runningIds = this.runningNow();
    const hasEnded = [...before].some((id) => !this.runningIds.has(id));
    const kind = this.row()?.kind;
    // Things of the other kinds are read again by the tree itself.
    if (hasEnded && (kind === 'kdb-cluster' || kind === 'workload')) void this.readAgain();
  }

  /** Reads again everything that the page shows. */
  async readAgain(): Promise<void> {
    this.notRead = undefined;
    const row = this.row();
    const failure = row
      ? this.deps.paged.failureOf(row)
      : this.missing?.kind === 'failed' && this.missing.failure;
    // The AWS files may have changed since the failure, so the next read must read the files again.
    if (failure && failure.kind === 'credentials') await this.deps.forget(this.place.connectionId);
    if (!row) return this.reach(true);
    if (row.kind === 'kdb-cluster') delete row.details;
    const reading = this.deps.paged.readAgain(row);
    if (hasInner(row)) this.deps.paged.readInner(row);
    await reading;
    this.changed();
  }

  content(): Page {
    const now = this.deps.clock.now();
    const operations = this.operations();
    const row = this.row();
    if (!row) {
      if (this.missing === undefined) void this.reach(false);
      return thingPage(this.withoutRow(operations), now);
    }
    this.missing = undefined;
    this.deps.paged.keepCurrent(row, this.closing.signal);
    if (row.kind === 'kdb-cluster') void this.readMore(row);
    if (hasInner(row)) void this.readInner(row);
    const parts = {
      paged: this.deps.paged,
      isFollowed: operations.some(({ operation, of }) => of === undefined && isOpen(operation)),
      busy: busyInside(operations),
      ...present({ notRead: this.notRead }),
      now,
    };
    return thingPage(
      {
        ...contentOf(row, parts),
        reading: this.reading(row),
        operations,
        buttons: buttonsOf(row, this.deps.paged.isEmpty(row)),
      },
      now,
    );
  }

  /** Called when the page was closed. */
  close(): void {
    this.closing.abort();
    this.unlisten();
  }

  private operations(): readonly ThingOperation[] {
    const { ledger, progressOf, outcomeWords } = this.deps;
    return operationsAt(this.place, { operations: ledger.operations(), progressOf, outcomeWords });
  }

  private runningNow(): ReadonlySet<string> {
    return new Set(this.operations().flatMap(({ operation }) => (isOpen(operation) ? [operation.id] : [])));
  }

  /** @param mayAsk true to ask AWS even if the user has to log in first */
  private async reach(mayAsk: boolean): Promise<void> {
    const { paged } = this.deps;
    this.missing = { kind: 'reading' };
    this.changed();
    try {
      const asks = mayAsk || (await paged.isReady(this.place.connectionId));
      const row = await paged.reach(this.place, asks, this.closing.signal);
      this.missing = row ? undefined : { kind: asks ? 'gone' : 'not-asked' };
    } catch (thrown) {
      this.missing = { kind: 'failed', failure: failureOf(thrown) };
    }
    this.changed();
  }

  private async readMore(row: KdbClusterNode): Promise<void> {
    if (row.details || this.notRead !== undefined || this.isReadingMore) return;
    this.isReadingMore = true;
    try {
      if (!(await this.deps.paged.isReady(this.place.connectionId))) this.notRead = notAskedWords();
      else row.details = await readKdbCluster(row, this.deps.source, this.closing.signal);
    } catch (thrown) {
      this.notRead = failureWords(failureOf(thrown));
    } finally {
      this.isReadingMore = false;
    }
    this.changed();
  }

  /**
   * Reads the list below the row if it is not known, and redraws the page when the list has arrived: if the list is
   * empty, no row changes, and nothing else redraws the page.
   */
  private async readInner(row: WithInner): Promise<void> {
    const { paged } = this.deps;
    if (isUnread(paged.inner(row))) {
      const isReady = await paged.isReady(this.place.connectionId);
      const before = this.notRead;
      this.notRead = isReady ? undefined : notAskedWords();
      if (isReady) paged.readInner(row);
      if (this.notRead !== before) this.changed();
    }
    const fetching = paged.inner(row)?.fetching;
    if (!fetching || this.awaited.has(fetching)) return;
    this.awaited.add(fetching);
    await fetching.whole;
    this.changed();
  }

  private reading(row: PagedNode): ThingReading {
    const { paged } = this.deps;
    const readAt = paged.readAt(row);
    const failure = paged.failureOf(row);
    return {
      ...present({ readAt, asOf: row.asOf }),
      isReading: paged.isReading(row),
      ...(failure && { failure: failureFinding(failure, connectionNodeOf(row).connection, 'read') }),
    };
  }

  private withoutRow(operations: readonly ThingOperation[]): Parameters<typeof thingPage>[0] {
    const { kind, connectionId } = this.place;
    const connection = connectionFromId(connectionId);
    const missing = this.missing ?? { kind: 'reading' };
    const content: ThingContent = {
      kind,
      heading: this.label(),
      about: connection ? [connection.region] : [],
      state: stateOf(missing),
      problems:
        missing.kind === 'failed' && connection
          ? [failureFinding(missing.failure, connection, 'reach')]
          : problemsOf(missing, kind),
      sections: [],
    };
    return {
      ...content,
      reading: { isReading: false },
      operations,
      buttons: [commandButton('slipway.resources.refreshRow')],
    };
  }
}

function stateOf({ kind }: Missing): ThingContent['state'] {
  switch (kind) {
    case 'reading':
      return { tone: 'running', text: l10n.t('Reading…') };
    case 'not-asked':
      return { tone: 'unknown', text: l10n.t('Not read since the window was reloaded') };
    case 'gone':
      return { tone: 'neutral', text: l10n.t('No longer there') };
    case 'failed':
      return { tone: 'unknown', text: l10n.t('Could not be read') };
  }
}

function notAskedWords(): string {
  return l10n.t('AWS would ask for a sign-in first, so it was not asked.');
}

function problemsOf({ kind }: Missing, of: ThingContent['kind']): readonly Finding[] {
  if (kind === 'not-asked') return [unknownFinding(notAskedWords(), 'missing')];
  if (kind !== 'gone') return [];
  const why =
    of === 'workload'
      ? l10n.t('Its cluster does not have it any more, or was removed from the Resources view.')
      : l10n.t('AWS does not list it any more, or its connection was removed from the Resources view.');
  return [unknownFinding(why, 'missing')];
}

/** A row whose page lists the things inside the row's thing. */
type WithInner = Extract<PagedNode, { readonly kind: 'environment' | 'eks-cluster' }>;

function hasInner(row: PagedNode): row is WithInner {
  return row.kind === 'environment' || row.kind === 'eks-cluster';
}

/** The buttons for this kind of thing, then the general buttons. */
function buttonsOf(row: PagedNode, isEmpty: boolean): readonly PageButton[] {
  const { page, commands: offered } = PAGED[row.kind];
  const commands = page.commands.filter((id) => !isEmpty || offered[id] !== 'unless-empty');
  return [
    ...pageCommands({ ...page, commands }),
    commandButton('slipway.resources.refreshRow'),
    ...(isInConsole(row) ? [commandButton('slipway.resources.openInConsole')] : []),
  ];
}
