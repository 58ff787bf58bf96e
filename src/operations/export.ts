/**
 * The audit trail as a file: operations as JSON lines with all their data, or as a table with most of
 * their data.
 */

import type { Json } from '../model/json';
import { masked } from '../model/masked';
import { visibleJson, visibleWithBreaks } from '../model/visible-text';
import type { Operation } from './operation';

export interface ExportOptions {
  /** Keeps the values of command-line arguments, which are otherwise masked. */
  readonly withArguments: boolean;
}

/** One JSON object per line, with escapes for invisible characters and line ends. */
export function jsonLines(operations: readonly Operation[], options: ExportOptions): string {
  return operations.map((operation) => `${json(shown(operation, options))}\n`).join('');
}

/**
 * A table with a heading, whose rows end with CRLF. Times are ISO 8601 in UTC.
 * @see https://www.rfc-editor.org/rfc/rfc4180
 */
export function csv(operations: readonly Operation[], options: ExportOptions): string {
  const rows = operations.map((operation) => {
    const row = shown(operation, options);
    return COLUMNS.map(([, cell]) => cell(row));
  });
  return [COLUMNS.map(([name]) => name), ...rows].map((row) => `${row.map(quoted).join(',')}\r\n`).join('');
}

const COLUMNS: readonly (readonly [name: string, cell: (operation: Operation) => string])[] = [
  ['id', ({ id }) => id],
  ['kind', ({ kind }) => kind],
  ['state', ({ state }) => state],
  ['subject', ({ subject }) => subject.label],
  ['arn', ({ subject }) => subject.arn ?? ''],
  ['account', ({ subject }) => subject.accountId],
  ['region', ({ subject }) => subject.region],
  ['connection', ({ subject }) => subject.connectionId],
  ['author', ({ author }) => author?.arn ?? ''],
  ['created', ({ createdAt }) => time(createdAt)],
  ['sent', ({ sentAt }) => time(sentAt)],
  ['accepted', ({ acceptedAt }) => time(acceptedAt)],
  ['ended', ({ endedAt }) => time(endedAt)],
  ['token', ({ request }) => request?.token ?? ''],
  ['requestIds', ({ requestIds }) => requestIds.join(' ')],
  ['outcome', ({ outcome }) => json(outcome)],
  ['facts', ({ facts }) => json(facts)],
  ['request', ({ request }) => json(request)],
  ['plan', ({ plan }) => json(plan)],
  ['parent', ({ parent }) => parent ?? ''],
  ['origin', ({ origin }) => origin ?? ''],
];

function shown(operation: Operation, { withArguments }: ExportOptions): Operation {
  return withArguments ? operation : maskedOperation(operation);
}

function time(at: number | undefined): string {
  return at === undefined ? '' : new Date(at).toISOString();
}

function json(value: unknown): string {
  return value === undefined ? '' : visibleJson(JSON.stringify(value));
}

/**
 * A cell that a spreadsheet reads as text: an apostrophe precedes a text that would start a formula.
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
function quoted(cell: string): string {
  const seen = visibleWithBreaks(cell);
  const text = /^[=+\-@\t\r\n＝＋－＠]/.test(seen) ? `'${seen}` : seen;
  return `"${text.replaceAll('"', '""')}"`;
}

/**
 * The operation without the values of command-line arguments and the secrets in AWS's own sentences, which
 * {@link masked} replaces.
 */
export function maskedOperation(operation: Operation): Operation {
  // Masking changes only texts, so the result is still an operation.
  return masked(operation as unknown as Json) as unknown as Operation;
}
