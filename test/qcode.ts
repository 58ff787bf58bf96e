/** Writes a code base as a trading firm might have it: q files in namespaces that load one another, data, scratch. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface CodeBase {
  /** Paths of all files that are to be deployed, sorted by their bytes. */
  readonly deployed: readonly string[];
  /** Paths of files that the ignore file leaves out. */
  readonly ignored: readonly string[];
  /** Path of the initialization script. */
  readonly script: string;
}

const DESKS = ['equities', 'rates', 'credit', 'fx', 'commodities', 'options'] as const;
const TOPICS = [
  'vwap',
  'twap',
  'spread',
  'book',
  'bars',
  'risk',
  'limits',
  'fills',
  'quotes',
  'ref',
  'pnl',
  'curve',
] as const;
const VERBS = ['load', 'clean', 'join', 'roll', 'fill', 'rank', 'score', 'check', 'mark', 'net'] as const;

/** The same files for the same seed. `files`: how many q files. */
export function generateCodeBase(folder: string, { files = 300, seed = 1 } = {}): CodeBase {
  const random = mulberry32(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const written = new Map<string, string>();
  const modules: string[] = [];
  for (let index = 0; index < files; index += 1) {
    const desk = DESKS[index % DESKS.length] as string;
    const topic = TOPICS[Math.floor(index / DESKS.length) % TOPICS.length] as string;
    const name = `${topic}${Math.floor(index / (DESKS.length * TOPICS.length)) || ''}`;
    const path = `${desk}/${name}.q`;
    const loads = [...new Set(Array.from({ length: index % 4 }, () => pick(modules)))].filter(
      (one) => one !== undefined,
    );
    written.set(path, moduleText(desk, name, loads, pick, random));
    modules.push(path);
  }
  written.set(
    'init/start.q',
    `/ Loads every desk.\n${modules
      .filter((_, index) => index % 5 === 0)
      .map((path) => `\\l ${path}`)
      .join('\n')}\n`,
  );
  for (const desk of DESKS) written.set(`${desk}/data/symbols.csv`, csv(desk, random));
  written.set('.slipwayignore', 'scratch/\n*.log\n');
  const ignored = new Map([
    ['scratch/try.q', '\\ts select from trade\n'],
    ['equities/yesterday.log', 'ok\n'],
    ['.env', 'TOKEN=none\n'],
  ]);
  for (const [path, text] of [...written, ...ignored]) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  written.delete('.slipwayignore');
  const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));
  return {
    deployed: [...written.keys()].sort(byBytes),
    ignored: [...ignored.keys()],
    script: 'init/start.q',
  };
}

function moduleText(
  desk: string,
  name: string,
  loads: readonly string[],
  pick: <T>(list: readonly T[]) => T,
  random: () => number,
): string {
  const functions = Array.from({ length: 3 + Math.floor(random() * 5) }, (_, at) => {
    const verb = `${pick(VERBS)}${at}`;
    const window = 1 + Math.floor(random() * 600);
    const column = pick(['price', 'size', 'bid', 'ask', 'notional']);
    return [
      `/ ${verb}[t;syms]: ${column} over ${window} seconds, by symbol`,
      `${verb}:{[t;syms]`,
      `  w:0D00:00:01*${window};`,
      `  r:select ${column}:${pick(['avg', 'max', 'min', 'last', 'dev'])} ${column}, n:count i by sym, w xbar time from t where sym in syms;`,
      `  update ${pick(['delta', 'ratio', 'change'])}:deltas ${column} by sym from r}`,
    ].join('\n');
  });
  return [
    `/ ${desk}: ${name}`,
    ...loads.map((path) => `\\l ${path}`),
    `\\d .${desk}.${name}`,
    '',
    `threshold:${(random() * 100).toFixed(3)}`,
    ...functions,
    '',
    '\\d .',
    '',
  ].join('\n');
}

function csv(desk: string, random: () => number): string {
  const rows = Array.from({ length: 40 + Math.floor(random() * 40) }, (_, at) => {
    const letters = Array.from({ length: 4 }, () => String.fromCharCode(65 + Math.floor(random() * 26))).join(
      '',
    );
    return `${letters},${desk},${(random() * 500).toFixed(2)},${at}`;
  });
  return `sym,desk,close,rank\n${rows.join('\n')}\n`;
}

/** A small seeded generator of numbers from 0 to 1. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
