/** Builds tooltips of rows: a title, names with their values, and sentences. */
import { page, plain, table } from '../../markdown';

export type SheetLine = readonly [name: string, value: string | number | undefined];

/**
 * A tooltip in Markdown. The title, the values and the sentences in `more` are escaped; the names of the
 * values are not. Lines whose value is undefined or empty are left out.
 */
export function sheet(
  title: string,
  lines: readonly SheetLine[],
  more: readonly string[] | undefined = [],
): string {
  const known = lines.filter(([, value]) => value !== undefined && value !== '');
  return page([
    `**${plain(title)}**`,
    table(
      ['', ''],
      known.map(([name, value]) => [name, plain(String(value))]),
    ),
    ...more.map(plain),
  ]);
}

/** @param at epoch milliseconds. */
export function dateWords(at: number | undefined): string | undefined {
  return at === undefined ? undefined : new Date(at).toLocaleString();
}
