// The longest time that work holds up the thread it runs on, measured and told.
import { setTimeout as delay } from 'node:timers/promises';
import { median } from './pack/measure.mjs';
import { openAccount } from './thread-account.mjs';

/** Milliseconds of a core, beyond what an idle loop takes, that no work may take in one turn. */
const LIMIT = 10;

/**
 * The longest turn of the event loop, to the millisecond that a timer may wait, in milliseconds.
 * @typedef {object} Slice
 * @property {number} cpu On a core: what the work itself takes. Where the system keeps no account of it, as `held`.
 * @property {number} held By the clock, without the time for which other processes had the core: what a turn waits for the
 * disk or for a thread that collects garbage is counted too.
 */

/**
 * From before the work to after it.
 * @param {() => Promise<unknown>} work
 * @returns {Promise<Slice>}
 */
export async function longestSlice(work) {
  await delay(200);
  const account = openAccount();
  const longest = { cpu: 0, held: 0 };
  let last = account.read();
  const timer = setInterval(() => {
    const now = account.read();
    longest.cpu = Math.max(longest.cpu, now.cpu - last.cpu);
    longest.held = Math.max(longest.held, now.held - last.held);
    last = now;
  }, 1);
  try {
    await delay(20);
    await work();
    await delay(20);
  } finally {
    clearInterval(timer);
    account.close();
  }
  return longest;
}

/**
 * A figure of the quietest round: what other work on the machine does to a round can only make it longer.
 * @param {readonly Slice[]} slices One of each round.
 * @param {readonly Slice[]} idle The same of a loop that does nothing.
 */
export function sliceFigure(slices, idle) {
  const beyond = (
    /** @type {'cpu' | 'held'} */ what,
    /** @type {(values: readonly number[]) => number} */ of,
  ) => Math.max(0, of(slices.map((slice) => slice[what])) - of(idle.map((slice) => slice[what])));
  const least = (/** @type {readonly number[]} */ values) => Math.min(...values);
  return {
    value: beyond('cpu', least),
    unit: 'ms beyond idle',
    limit: LIMIT,
    note: `median ${beyond('cpu', median).toFixed(1)}, held ${beyond('held', least).toFixed(1)}`,
  };
}

/** A row's figure of what is taken off. @param {readonly Slice[]} idle */
export function idleFigure(idle) {
  return { what: 'idle', value: Math.min(...idle.map(({ cpu }) => cpu)), unit: 'ms' };
}
