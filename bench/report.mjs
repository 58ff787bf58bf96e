// What a benchmark tells, and how it is shown: one row a figure, with its limit where one was set.
import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';

/**
 * The less the better, whatever it counts.
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
  const width = Math.max(...rows.map(({ what }) => what.length));
  const lines = sectionsOf(rows).flatMap(([section, own]) => [
    '',
    section,
    ...own.map((row) => line(row, width)),
  ]);
  return [...lines, '', held(rows)].join('\n');
}

/**
 * Tables for docs/performance.md, under a sentence that says on which machine and beside what load they were made.
 * @param {readonly Row[]} rows @param {string} where
 */
export function markdown(rows, where) {
  const tables = sectionsOf(rows).flatMap(([section, own]) => [
    '',
    `**${section[0]?.toUpperCase()}${section.slice(1)}**`,
    '',
    '| | | limit | |',
    '| --- | --- | --- | --- |',
    ...own.map((row) => {
      const most = row.limit === undefined ? '' : number(row.limit);
      const cells = [row.what, amount(row), isMiss(row) ? `**${most}, missed**` : most];
      return `| ${[...cells, row.note ?? ''].map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
    }),
  ]);
  return [where, ...tables, '', `${held(rows)}.`].join('\n');
}

/** The machine, and how busy it has been. */
export function thisMachine() {
  const [first] = cpus();
  const load = loadavg().map((one) => one.toFixed(1));
  return (
    `On ${new Date().toISOString().slice(0, 10)}: ${availableParallelism()} cores (${first?.model.trim()}), ` +
    `${(totalmem() / 2 ** 30).toFixed(0)} GiB, Node ${process.versions.node}; load ${load.join(', ')} at the end ` +
    '(of the last 1, 5 and 15 minutes).'
  );
}

/** A change of a figure smaller than this part of it is noise. */
const NOISE = 0.15;
/** So is one smaller than this, in the unit of a figure that is no ratio. */
const SMALL = { ms: 1, 'ms beyond idle': 1, MiB: 1, KB: 1, MB: 0.1, calls: 0.5 };

/**
 * What has become worse or better since rows of before, the worst first; and what is new or gone.
 * @param {readonly Row[]} before @param {readonly Row[]} now
 */
export function comparison(before, now) {
  const earlier = new Map(before.map((row) => [nameOf(row), row]));
  const changes = now.flatMap((row) => {
    const old = earlier.get(nameOf(row));
    earlier.delete(nameOf(row));
    return changed(old, row);
  });
  const lines = changes
    .sort((a, b) => b.ratio - a.ratio)
    .map(({ row, old, ratio }) => {
      const word = old === undefined ? 'new' : ratio > 1 ? 'worse' : 'better';
      const was = old === undefined ? '' : `${number(old.value)} → `;
      const missed = isMiss(row) ? ', MISSED' : old && isMiss(old) ? ', held again' : '';
      return `  ${word.padEnd(6)} ${row.section}: ${row.what}: ${was}${amount(row)}${missed}`;
    });
  const gone = [...earlier.values()].map(({ section, what }) => `  gone   ${section}: ${what}`);
  const all = [...lines, ...gone];
  return all.length === 0 ? 'nothing has changed by more than noise' : ['', ...all].join('\n');
}

/** @typedef {{ row: Row, old: Row | undefined, ratio: number }} Change */

/** @param {Row | undefined} old @param {Row} row @returns {readonly Change[]} None where it is noise. */
function changed(old, row) {
  if (old === undefined) return [{ row, old, ratio: 1 }];
  const most = Math.max(Math.abs(old.value), Math.abs(row.value));
  const least = /** @type {Record<string, number>} */ (SMALL)[row.unit] ?? 0;
  const difference = row.value - old.value;
  const isNoise = Math.abs(difference) <= Math.max(NOISE * most, least);
  if (isNoise && isMiss(row) === isMiss(old)) return [];
  return [{ row, old, ratio: row.value / old.value }];
}

/** @param {Row} row */
function nameOf({ section, what, unit, against }) {
  return JSON.stringify([section, what, unit, against]);
}

/** @param {readonly Row[]} rows @returns {readonly (readonly [string, readonly Row[]])[]} */
function sectionsOf(rows) {
  const names = [...new Set(rows.map(({ section }) => section))];
  return names.map((name) => [name, rows.filter(({ section }) => section === name)]);
}

/** @param {readonly Row[]} rows */
function held(rows) {
  const limited = rows.filter(({ limit }) => limit !== undefined);
  return `${limited.filter((row) => !isMiss(row)).length} of ${limited.length} limits held`;
}

/** @param {Row} row @param {number} width */
function line(row, width) {
  const { what, limit, note } = row;
  const parts = [`  ${what.padEnd(width)} ${amount(row, 8)}`];
  if (limit !== undefined) parts.push(`(limit ${number(limit)}${isMiss(row) ? ', MISSED' : ''})`);
  if (note !== undefined) parts.push(`– ${note}`);
  return parts.join(' ');
}

/** @param {Row} row */
function amount({ value, unit, against }, width = 0) {
  return `${number(value).padStart(width)} ${unit}${against === undefined ? '' : ` of ${against}`}`.trimEnd();
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
  print(rows, { json: process.argv.includes('--json') });
}

/**
 * As a table, as JSON, or as Markdown; after it what has changed since a file of JSON was written.
 * @param {readonly Row[]} rows
 * @param {{ json?: boolean, markdown?: boolean, compare?: string }} how
 */
export function print(rows, how) {
  const text = how.markdown ? markdown(rows, thisMachine()) : table(rows);
  process.stdout.write(`${how.json ? JSON.stringify(rows, undefined, 2) : text}\n`);
  // With the figures themselves on the standard output, so that they can be kept in a file.
  if (how.compare !== undefined)
    console.error(comparison(JSON.parse(readFileSync(how.compare, 'utf8')), rows));
}
