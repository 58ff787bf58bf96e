// Runs a program and says what it cost; runs several in turns and takes medians of ratios.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

const GNU_TIME = '/usr/bin/time';
/** Without what this machine makes every Node read at its start, such as certificates. */
const { NODE_EXTRA_CA_CERTS: _, NODE_OPTIONS: __, ...ENVIRONMENT } = process.env;
/** Below so many milliseconds GNU time's hundredths of a second tell nothing. */
const TELLING = 100;

/**
 * @typedef {object} Cost
 * @property {number} wall Milliseconds.
 * @property {number | undefined} cpu Milliseconds, user and system; unknown where GNU time is missing.
 * @property {number | undefined} peak MiB of memory.
 */

/**
 * @param {readonly string[]} command
 * @param {string} cwd
 * @param {string} notes A file that may be written.
 * @returns {Cost}
 */
export function run(command, cwd, notes) {
  const timed = existsSync(GNU_TIME) ? [GNU_TIME, '-f', '%U %S %M', '-o', notes, ...command] : command;
  const [program = '', ...options] = timed;
  const before = performance.now();
  const { status, stderr, error } = spawnSync(program, options, {
    cwd,
    env: ENVIRONMENT,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  const wall = performance.now() - before;
  if (status !== 0) throw new Error(`${command.join(' ')}: ${error?.message ?? stderr}`);
  if (timed === command) return { wall, cpu: undefined, peak: undefined };
  const [user = 0, system = 0, kibi = 0] = readFileSync(notes, 'utf8').trim().split(' ').map(Number);
  return { wall, cpu: 1000 * (user + system), peak: kibi / 1024 };
}

/** How many rounds come before those that count, to load and warm what they use. @param {number} rounds Of those that count. */
export function warmUpFor(rounds) {
  return rounds < 4 ? 1 : 2;
}

/** @param {readonly number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? 0)
    : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

/**
 * Medians of each cost's ratio to the base's cost of the same round.
 * @param {readonly Cost[]} costs
 * @param {readonly Cost[]} base
 */
export function ratios(costs, base) {
  /** @param {'wall' | 'cpu'} what */
  const ratio = (what) => {
    const each = costs.map((cost, round) => (cost[what] ?? Number.NaN) / (base[round]?.[what] ?? Number.NaN));
    const tells = base.every((cost) => (cost[what] ?? 0) >= (what === 'cpu' ? TELLING : 0));
    return tells && !each.some(Number.isNaN) ? median(each) : undefined;
  };
  const peaks = costs.flatMap(({ peak }) => peak ?? []);
  return { wall: ratio('wall'), cpu: ratio('cpu'), peak: peaks.length === 0 ? undefined : median(peaks) };
}
