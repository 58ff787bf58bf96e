// Writes the folders that packing is measured on: q-like sources, tables as text, and columns as kdb+ stores them.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const MEBI = 1024 * 1024;

/**
 * @typedef {object} FolderShape
 * @property {string} name
 * @property {number} files How many small files.
 * @property {number} bytes Of all files together, about.
 * @property {number} large How many files of 40 MB there are besides the small ones.
 */

/** The three sizes of which `docs/performance.md` speaks. @type {readonly FolderShape[]} */
export const SHAPES = [
  { name: 'small', files: 60, bytes: 0.4e6, large: 0 },
  { name: 'medium', files: 2_000, bytes: 29e6, large: 0 },
  { name: 'large', files: 9_997, bytes: 297e6, large: 3 },
];

/**
 * Writes one folder; the same shape gives the same bytes everywhere.
 * @param {string} root
 * @param {FolderShape} shape
 */
export function writeFolder(root, shape) {
  const random = generator(shape.files);
  const pools = {
    q: qText(random, MEBI),
    csv: csvText(random, MEBI),
    column: column(random, MEBI),
    noise: noise(random, MEBI),
  };
  const mean = (shape.bytes - shape.large * 40e6) / shape.files;
  for (let number = 0; number < shape.files; number++) {
    const kind = kindOf(number);
    const size = Math.max(40, Math.round(mean * (0.1 + 1.8 * random())));
    const module = number % 211;
    const folder = `area${String(module % 17).padStart(2, '0')}/module${String(module).padStart(3, '0')}`;
    write(
      join(root, folder, `${kind.stem}${number}.${kind.extension}`),
      slice(random, pools[kind.pool], size),
    );
  }
  const largePools = [pools.csv, pools.column, pools.noise];
  for (let number = 0; number < shape.large; number++) {
    const pool = largePools[number % largePools.length] ?? pools.csv;
    write(join(root, 'data', `large${number}.${number === 0 ? 'csv' : 'bin'}`), slice(random, pool, 40e6));
  }
}

/** Of twenty files twelve are q, four CSV, three columns, one compressed already. @param {number} number */
function kindOf(number) {
  const place = number % 20;
  if (place < 12) return { pool: /** @type {const} */ ('q'), stem: 'lib', extension: 'q' };
  if (place < 16) return { pool: /** @type {const} */ ('csv'), stem: 'ref', extension: 'csv' };
  if (place < 19) return { pool: /** @type {const} */ ('column'), stem: 'col', extension: 'dat' };
  return { pool: /** @type {const} */ ('noise'), stem: 'snap', extension: 'gz' };
}

/** Whether a file of these folders is compressed already, so that deflate gains nothing. @param {string} path */
export function isNoise(path) {
  return path.endsWith('.gz') || path.endsWith('/large2.bin');
}

/** @param {string} file @param {Uint8Array} bytes */
function write(file, bytes) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, bytes);
}

/** `size` bytes cut out of a pool in pieces of up to 300 KB, far more than deflate looks back. */
function slice(/** @type {() => number} */ random, /** @type {Buffer} */ pool, /** @type {number} */ size) {
  const out = Buffer.allocUnsafe(size);
  for (let at = 0; at < size; ) {
    const from = Math.floor(random() * (pool.length - 1));
    at += pool.copy(out, at, from, Math.min(pool.length, from + 300_000, from + size - at));
  }
  return out;
}

/** A small xorshift generator, so that a folder is the same on every machine. @param {number} seed */
function generator(seed) {
  let state = (seed * 2_654_435_761) >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 2 ** 32;
  };
}

const VERBS =
  'select exec update delete upsert insert aj wj lj ij pj uj asof cols meta count first last sum avg max min dev var prd wavg wsum deltas ratios sums prds differ fills group distinct reverse iasc idesc xasc xdesc xkey xcol xbar raze flip enlist string lower upper trim ssr vs sv like within except inter union cross'.split(
    ' ',
  );
const SYLLABLES =
  'tr qu sy px vol ts ord exe ven lim risk pos hdb rdb tp gw sub pub log rec eod cfg fx eq fut opt bar vw tw mid bid ask lvl snap agg perm auth user heart beat tim er chk val map tbl col key'.split(
    ' ',
  );
const OPERATORS = [
  '+',
  '-',
  '*',
  '%',
  '&',
  '|',
  '=',
  '<>',
  '>=',
  '<',
  '?',
  '#',
  '_',
  '^',
  '~',
  ',',
  '@',
  '.',
  '$',
  '!',
];

function qText(/** @type {() => number} */ random, /** @type {number} */ size) {
  const pick = (/** @type {readonly string[]} */ list) => list[Math.floor(random() * list.length)] ?? '';
  const names = Array.from({ length: 1200 }, () =>
    Array.from({ length: 1 + Math.floor(random() * 3) }, () => pick(SYLLABLES)).join(''),
  );
  // Squared, so that some names are common and most are rare, as in real sources.
  const name = () => names[Math.floor(random() ** 2 * names.length)] ?? '';
  const number = () =>
    random() < 0.6 ? String(Math.floor(random() ** 3 * 10_000)) : (random() * 1000).toFixed(3);
  const line = () => {
    const kind = random();
    if (kind < 0.12)
      return `/ ${name()} ${name()} of the ${name()} ${pick(VERBS)}s when ${name()} is ${number()}`;
    if (kind < 0.3)
      return `.${name()}.${name()}:{[${name()};${name()}] ${pick(VERBS)} ${name()}${pick(OPERATORS)}${number()}}`;
    if (kind < 0.5)
      return `  ${name()}:${pick(VERBS)} ${name()} from ${name()} where ${name()}${pick(OPERATORS)}${number()};`;
    if (kind < 0.62)
      return `  if[${number()}${pick(OPERATORS)}${name()};.log.info"${name()} ${name()} ${name()}: ",string ${name()}];`;
    if (kind < 0.72)
      return `${name()}:([]time:\`timespan$();sym:\`symbol$();${name()}:\`float$();${name()}:\`long$())`;
    if (kind < 0.8) return '';
    return `  ${name()}[${name()};\`${name()}]:${name()}${pick(OPERATORS)}(${pick(VERBS)} each ${name()})${pick(OPERATORS)}${number()};`;
  };
  return text(line, size);
}

function csvText(/** @type {() => number} */ random, /** @type {number} */ size) {
  let price = 100;
  let time = 34_200_000;
  return text(() => {
    price += (random() - 0.5) * 0.2;
    time += Math.floor(random() * 400);
    const symbol = String.fromCharCode(
      65 + Math.floor(random() * 8),
      65 + Math.floor(random() * 8),
      65 + Math.floor(random() * 8),
    );
    return `2024.03.${10 + Math.floor(random() * 10)},${time},${symbol},${price.toFixed(4)},${Math.floor(random() ** 3 * 10_000)}`;
  }, size);
}

function text(/** @type {() => string} */ line, /** @type {number} */ size) {
  const lines = [];
  for (let length = 0; length < size; ) {
    const next = `${line()}\n`;
    lines.push(next);
    length += next.length;
  }
  return Buffer.from(lines.join('')).subarray(0, size);
}

/** A random walk as eight-byte floats: what a price column is on disk. */
function column(/** @type {() => number} */ random, /** @type {number} */ size) {
  const values = new Float64Array(size / 8);
  let value = 100;
  for (let at = 0; at < values.length; at++) {
    value = Math.round((value + (random() - 0.5) * 0.2) * 1e4) / 1e4;
    values[at] = value;
  }
  return Buffer.from(values.buffer);
}

function noise(/** @type {() => number} */ random, /** @type {number} */ size) {
  const words = new Uint32Array(size / 4);
  for (let at = 0; at < words.length; at++) words[at] = random() * 2 ** 32;
  return Buffer.from(words.buffer);
}
