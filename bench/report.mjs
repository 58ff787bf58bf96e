// What a benchmark tells, and how it is shown: one row a figure, with its limit where one was set.

/**
 * @typedef {object} Row
 * @property {string} section What was measured: "packing", "activation", …
 * @property {string} what One figure of it, in words.
 * @property {number} value
 * @property {string} unit `×` for a ratio; `ms`, `MiB`, `KB`, `MB`, `calls`, `round trips` for the rest.
 * @property {string} [against] What a ratio is of.
 * @property {number} [limit] A value above it is a miss.
 * @property {string} [note] What a reader has to know.
 */

/**
 * A table for people. A miss is marked, and counted in the last line.
 * @param {readonly Row[]} rows
 * @returns {string}
 */
export function table(rows) {
  const sections = [...new Set(rows.map(({ section }) => section))];
  const width = Math.max(...rows.map(({ what }) => what.length));
  const lines = sections.flatMap((section) => [
    '',
    section,
    ...rows.filter((row) => row.section === section).map((row) => line(row, width)),
  ]);
  const limited = rows.filter(({ limit }) => limit !== undefined);
  const held = limited.filter((row) => !isMiss(row)).length;
  return [...lines, '', `${held} of ${limited.length} limits held`].join('\n');
}

/** @param {Row} row @param {number} width */
function line(row, width) {
  const { what, value, unit, against, limit, note } = row;
  const parts = [`  ${what.padEnd(width)} ${number(value).padStart(8)} ${unit}`];
  if (against !== undefined) parts.push(`of ${against}`);
  if (limit !== undefined) parts.push(`(limit ${number(limit)}${isMiss(row) ? ', MISSED' : ''})`);
  if (note !== undefined) parts.push(`– ${note}`);
  return parts.join(' ');
}

/** A figure that could not be had is a miss too. @param {Row} row */
function isMiss({ value, limit }) {
  return limit !== undefined && !(value <= limit);
}

/** @param {number} value */
function number(value) {
  return Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(Math.abs(value) >= 10 ? 1 : 2);
}

/**
 * Runs a benchmark where its file is the program that was started: prints the table, or JSON with `--json`.
 * @param {ImportMeta} module The benchmark's own.
 * @param {(options: { quick: boolean, say: (text: string) => void }) => Promise<readonly Row[]>} bench
 */
export async function runAlone({ filename }, bench) {
  if (process.argv[1] !== filename) return;
  const rows = await bench({ quick: process.argv.includes('--quick'), say: (text) => console.error(text) });
  print(rows);
}

/** As a table, or as JSON where the command line says `--json`. @param {readonly Row[]} rows */
export function print(rows) {
  console.log(process.argv.includes('--json') ? JSON.stringify(rows, undefined, 2) : table(rows));
}
