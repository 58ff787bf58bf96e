/** One operation: how it ended and what to do, its time line, its results, and the exact requests. */
import * as l10n from '@vscode/l10n';
import { connectionFromId } from '../../../model/connection';
import { presentItems } from '../../../model/present';
import { isLiveLater } from '../../../model/progress';
import type { Inside } from '../../../nodegroup/inside/inside';
import type { BatchRowStatus } from '../../../operations/batch-plan';
import type { Operation } from '../../../operations/operation';
import {
  batchWords,
  doneWords,
  kindWords,
  operationWords,
  serviceWords,
  startOf,
  waitingWords,
} from '../../messages/operation';
import { durationWords } from '../../messages/phase';
import { connectionLabel } from '../../resources/kinds/connection';
import { jsonBlock, rowsBlock } from '../blocks';
import { code, lines, muted, sign } from '../cells';
import { type Fact, factsSection } from '../facts';
import type { Cell, Finding, Page, PageButton, Section } from '../page';
import { type FailingPodSeen, failingPodSection } from './failing-pod';
import { insideSection } from './inside';
import { batchLane, laneOf } from './time-line';
import { toneOf } from './tone';

/** The operation that a page shows, and what the page needs beyond the operation itself. */
export interface ShownOperation {
  /** The values of arguments are masked in it, since they may be secrets. */
  readonly operation: Operation;
  /** Why the operation ended as it did, in sentences. */
  readonly failure?: string;
  /** Why the last poll failed, in sentences. */
  readonly problem?: string;
  /** Says for how long AWS or Kubernetes has reported nothing new; absent unless the silence is long. */
  readonly silence?: string;
  /** How long the operation is expected to take from now on; absent if that cannot be estimated. */
  readonly estimate?: string;
  /** The rows of a batch, in the order of the batch; empty if the operation is no batch. */
  readonly rows: readonly ShownRow[];
  /**
   * First the buttons that decide how the operation goes on; then the remedies, the safest one first; then
   * all others.
   */
  readonly buttons: readonly PageButton[];
  /** What Slipway saw inside the cluster; absent if the cluster was not watched. */
  readonly inside?: Inside;
  /** The pod that made the operation fail; absent if there is none, and until the pod has been read. */
  readonly failingPod?: FailingPodSeen;
}

export interface ShownRow {
  readonly label: string;
  readonly status: BatchRowStatus;
  /** Why the row's operation ended as it did; absent if that needs no explanation. */
  readonly why?: string;
  /** Opens the page of the row's operation; absent until that operation has begun. */
  readonly button?: PageButton;
}

/** `now`: epoch milliseconds. */
export function operationPage(shown: ShownOperation, now: number): Page {
  const { operation, rows, buttons, inside, failingPod } = shown;
  return {
    kind: kindWords(operation),
    heading: operation.subject.label,
    about: aboutOf(operation),
    state: { tone: toneOf(operation), text: stateWordsOf(shown, now) },
    notices: noticesOf(shown),
    buttons,
    sections: presentItems(
      failingPod && failingPodSection(failingPod, now),
      timeSection(operation, rows, now),
      inside && insideSection(inside, now, operation.endedAt),
      rows.length > 0 ? rowsSection(rows) : undefined,
      detailsSection(operation),
      operation.request && jsonSection('request', l10n.t('Request'), operation.request.input),
      jsonSection('plan', l10n.t('Plan'), operation.plan),
    ),
  };
}

function stateWordsOf({ operation, rows, estimate }: ShownOperation, now: number): string {
  const { endedAt } = operation;
  const took = durationWords((endedAt ?? now) - startOf(operation));
  // "Succeeded, after 3 min" would say too much while some pods still run the earlier code.
  if (rows.length === 0 && isPartlyToCome(operation)) return `${doneWords(operation)} · ${took}`;
  const words = rows.length > 0 ? batchWords(rows.map(({ status }) => status)) : operationWords(operation);
  if (endedAt !== undefined) return l10n.t('{0}, after {1}', { 0: words, 1: took });
  return [l10n.t('{0}, for {1} so far', { 0: words, 1: took }), estimate]
    .filter((part) => part !== undefined)
    .join(' · ');
}

/** True if the operation succeeded, but not everything runs the new code yet. */
function isPartlyToCome({ state, outcome }: Operation): boolean {
  return state === 'succeeded' && isLiveLater(outcome?.facts ?? {});
}

function aboutOf({ subject, author, createdAt }: Operation): readonly Cell[] {
  return presentItems(
    l10n.t('account {0}', { 0: subject.accountId }),
    subject.region,
    author && l10n.t('as {0}', { 0: author.arn }),
    l10n.t('begun {0}', { 0: new Date(createdAt).toLocaleString() }),
  );
}

function noticesOf({ operation, failure, problem, silence }: ShownOperation): readonly Finding[] {
  const tone = toneOf(operation);
  const waiting = waitingWords(operation);
  const note = (title: string): Finding => ({ tone: 'warning', verdict: l10n.t('Note'), title });
  return presentItems<Finding>(
    failure === undefined ? undefined : { tone, verdict: operationWords(operation), title: failure },
    waiting === undefined ? undefined : { tone, verdict: l10n.t('Waiting for you'), title: waiting },
    problem === undefined
      ? undefined
      : note(l10n.t('The last look at {0} failed: {1}', { 0: serviceWords(operation), 1: problem })),
    silence === undefined ? undefined : note(silence),
  );
}

function timeSection(operation: Operation, rows: readonly ShownRow[], now: number): Section {
  const begun = rows.flatMap(({ label, status }) =>
    status.operation === undefined ? [] : [[label, status.operation] as const],
  );
  const name = l10n.t('Time line');
  return {
    id: 'time',
    heading: name,
    blocks: [{ kind: 'lanes', name, lanes: [begun.length > 0 ? batchLane(begun) : laneOf(operation)], now }],
  };
}

function rowsSection(rows: readonly ShownRow[]): Section {
  const heading = l10n.t('Operations');
  const head = [l10n.t('Name'), l10n.t('State'), l10n.t('Took'), l10n.t('Why'), l10n.t('Operation')];
  return { id: 'rows', heading, blocks: [rowsBlock(heading, head, rows.map(rowCells))] };
}

function rowCells({ label, status: { operation }, why, button }: ShownRow): readonly Cell[] {
  const ended = operation?.endedAt;
  return [
    label,
    operation === undefined ? muted(l10n.t('not begun')) : sign(toneOf(operation), operationWords(operation)),
    operation === undefined || ended === undefined ? '' : durationWords(ended - startOf(operation)),
    why ?? '',
    button === undefined ? '' : { kind: 'button', button },
  ];
}

function detailsSection({ id, subject, endedAt, requestIds, facts: seen }: Operation): Section {
  const said = seen['statusReason'];
  const update = seen['updateId'];
  const facts: readonly Fact[] = [
    [l10n.t('Operation'), code(id)],
    [l10n.t('Connection'), connectionWords(subject.connectionId)],
    [l10n.t('Resource'), subject.arn === undefined ? undefined : code(subject.arn)],
    [l10n.t('Update of EKS'), typeof update === 'string' ? code(update) : undefined],
    [l10n.t('What AWS said'), typeof said === 'string' && said !== '' ? said : undefined],
    [l10n.t('Ended'), endedAt === undefined ? undefined : new Date(endedAt).toLocaleString()],
    [l10n.t('AWS request ids'), requestIds.length === 0 ? undefined : lines(requestIds.map(code))],
  ];
  return factsSection(l10n.t('Details'), facts, 'details');
}

/** If the id is not the id of a connection, it is shown unchanged. */
function connectionWords(id: string): string {
  const connection = connectionFromId(id);
  return connection === undefined ? id : `${connectionLabel(connection)} · ${connection.region}`;
}

function jsonSection(id: string, heading: string, data: unknown): Section {
  return { id, heading, fold: 'closed', blocks: [jsonBlock(heading, data)] };
}
