/** One operation as a page: what, where, who, the plan, the request, the timeline, how it ended. */
import * as l10n from '@vscode/l10n';
import type { Facts } from '../../model/json';
import type { Inside } from '../../nodegroup/inside/inside';
import type { Operation } from '../../operations/operation';
import { code, jsonBlock, page, plain, table } from '../markdown';
import { kindWords, operationWords, startOf, stateWords } from '../messages/operation';
import { durationWords } from '../messages/phase';
import { insideBlocks } from './inside';

/** What the page cannot find in the operation itself. */
export interface OperationPage {
  /** With values of arguments masked: they may be secrets. */
  readonly operation: Operation;
  /** Why it ended as it did, in sentences. */
  readonly failure?: string;
  /** What the last look at AWS could not read. */
  readonly problem?: string;
  /** That AWS has said nothing for long. */
  readonly silence?: string;
  /** What is known of the inside of the cluster, where it was looked into. */
  readonly inside?: Inside;
  /** The rows of a batch, in their order. */
  readonly rows: readonly OperationPageRow[];
}

/** A row of a batch on the page of the batch. */
export interface OperationPageRow {
  readonly label: string;
  /** Absent: it has not begun. */
  readonly operation?: Operation;
  /** Why it ended as it did. */
  readonly why?: string;
}

export function operationPage({ operation, failure, problem, silence, inside, rows }: OperationPage): string {
  const { subject, author, request, endedAt } = operation;
  return page([
    `# ${plain(kindWords(operation))}: ${plain(subject.label)}`,
    // No elapsed time while it runs: the page is written when something happens, and would soon be wrong.
    [
      `**${plain(operationWords(operation))}**`,
      ...(endedAt === undefined ? [] : [durationWords(endedAt - startOf(operation))]),
    ].join(' · '),
    failure && plain(failure),
    problem && l10n.t('The last look at AWS failed: {0}', { 0: plain(problem) }),
    silence && plain(silence),
    table(
      ['', ''],
      [
        [l10n.t('Operation'), code(operation.id)],
        [l10n.t('Connection'), plain(`${subject.connectionId} · ${subject.region} · ${subject.accountId}`)],
        ...(subject.arn === undefined ? [] : [[l10n.t('Resource'), code(subject.arn)]]),
        ...(author === undefined ? [] : [[l10n.t('By'), code(author.arn)]]),
        [l10n.t('Begun'), new Date(operation.createdAt).toLocaleString()],
        ...(operation.endedAt === undefined
          ? []
          : [[l10n.t('Ended'), new Date(operation.endedAt).toLocaleString()]]),
        ...(operation.requestIds.length === 0
          ? []
          : [[l10n.t('AWS request ids'), operation.requestIds.map(code).join(' ')]]),
      ],
    ),
    rows.length > 0 ? `## ${l10n.t('Rows')}` : undefined,
    rows.length > 0 ? rowsTable(rows) : undefined,
    ...(inside ? insideBlocks(inside, endedAt === undefined ? Date.now() : undefined) : []),
    `## ${l10n.t('Timeline')}`,
    timeline(operation),
    factsBlock(l10n.t('What AWS said'), operation.facts),
    factsBlock(l10n.t('Outcome'), operation.outcome?.facts ?? {}),
    request && `## ${l10n.t('Request')}`,
    request && jsonBlock(request.input),
    `## ${l10n.t('Plan')}`,
    jsonBlock(operation.plan),
  ]);
}

function rowsTable(rows: readonly OperationPageRow[]): string {
  return table(
    ['', l10n.t('State'), l10n.t('Took'), l10n.t('Why')],
    rows.map(({ label, operation, why }) => [
      plain(label),
      plain(operation ? stateWords(operation.state) : l10n.t('not begun')),
      operation?.endedAt === undefined ? '' : durationWords(operation.endedAt - startOf(operation)),
      plain(why ?? ''),
    ]),
  );
}

function timeline(operation: Operation): string {
  const lines: { readonly at: number; readonly what: string; readonly facts?: Facts }[] = [
    { at: operation.createdAt, what: l10n.t('planned') },
    ...operation.steps.map(({ at, name, facts }) => ({ at, what: name, ...(facts && { facts }) })),
    ...(operation.sentAt === undefined ? [] : [{ at: operation.sentAt, what: l10n.t('request sent') }]),
    ...(operation.acceptedAt === undefined
      ? []
      : [{ at: operation.acceptedAt, what: l10n.t('accepted by AWS') }]),
    ...(operation.endedAt === undefined
      ? []
      : [{ at: operation.endedAt, what: stateWords(operation.state) }]),
  ];
  return table(
    [l10n.t('Time'), l10n.t('What'), ''],
    lines
      .sort((a, b) => a.at - b.at)
      .map(({ at, what, facts }) => [
        new Date(at).toLocaleTimeString(),
        plain(what),
        Object.entries(facts ?? {})
          .map(([name, value]) => `${plain(name)} ${factCode(value)}`)
          .join('<br>'),
      ]),
  );
}

function factsBlock(title: string, facts: Facts): string | undefined {
  const known = Object.entries(facts).filter(([, value]) => value !== undefined);
  if (known.length === 0) return undefined;
  return [
    `## ${title}`,
    table(
      ['', ''],
      known.map(([name, value]) => [plain(name), factCode(value)]),
    ),
  ].join('\n\n');
}

/** With spaces, at which a cell of a table can be broken. */
function factCode(value: Facts[string]): string {
  return code(
    typeof value === 'string' ? value : String(JSON.stringify(value, null, 1)).replace(/\n\s*/g, ' '),
  );
}
