// The save benchmarks: which folders they save in, and what they tell of their rounds.
import { median } from '../pack/measure.mjs';
import { runSaves } from './run-saves.mjs';
import { targetOf } from './targets.mjs';

/** A limit is for the time until the update is on its way. The larger zip is put in parts, several at a time. */
const FOLDERS = [
  { files: 1_000, rounds: 31, limit: 2, isInParts: false },
  { files: 10_000, rounds: 11, limit: 3, isInParts: true },
];
const QUICK_ROUNDS = 3;

/**
 * @typedef {object} SaveBench
 * @property {import('./targets.mjs').SaveTarget['service']} service
 * @property {string} section
 * @property {string} against What the floor is.
 * @property {number} calls The most requests that a save may send, if its zip is put as a whole.
 */

/**
 * Quick: the smaller folder alone.
 * @param {SaveBench} bench
 * @param {{ quick: boolean, say?: (text: string) => void }} options
 * @returns {Promise<readonly import('../report.mjs').Row[]>}
 */
export async function benchSaves({ service, section, against, calls }, { quick, say = () => undefined }) {
  const rows = [];
  for (const { files, rounds, limit, isInParts } of quick ? FOLDERS.slice(0, 1) : FOLDERS) {
    const measured = await runSaves(targetOf(service), { files, rounds: quick ? QUICK_ROUNDS : rounds, say });
    const figures = figuresOf(measured, { against, limit, ...(!isInParts && { calls }) });
    const name = `${section}, ${files.toLocaleString('en')} files`;
    rows.push(...figures.map((figure) => ({ section: name, ...figure })));
  }
  return rows;
}

/**
 * Both begin with a save in a real window; there is no latency, and the debounce is 0. The quietest rounds of both count: what
 * the window or other work does beside them can only make them longer.
 * @param {readonly import('../save-host.mjs').Round[]} rounds
 * @param {{ against: string, limit: number, calls?: number }} told
 */
function figuresOf(rounds, { against, limit, calls }) {
  /** @typedef {keyof import('../save-host.mjs').Times} Time */
  const of = (/** @type {(round: import('../save-host.mjs').Round) => number} */ value) =>
    median(rounds.map(value));
  const quietest = (/** @type {'save' | 'floor'} */ what, /** @type {Time} */ time) =>
    Math.min(...rounds.map((round) => round[what][time]));
  const ratio = (/** @type {Time} */ time) => ({
    value: quietest('save', time) / quietest('floor', time),
    unit: '×',
    against,
    note: `median of the rounds ${of(({ save, floor }) => save[time] / floor[time]).toFixed(2)}`,
  });
  const times = (/** @type {Time} */ time) => ({
    value: of(({ save }) => save[time]),
    unit: 'ms',
    note: `the bare requests ${of(({ floor }) => floor[time]).toFixed(0)} ms`,
  });
  return [
    { what: 'save to the update on its way', ...ratio('sent'), limit },
    { what: 'save to accepted update', ...ratio('accepted'), limit: 1.5 },
    { what: "… without the server's own time", ...ratio('own') },
    { what: 'a save, until its first request', ...times('first') },
    { what: 'a save, until on its way', ...times('sent') },
    { what: 'a save, until accepted', ...times('accepted') },
    { what: "… without the server's own time", ...times('own') },
    {
      what: 'requests of a save',
      value: of(({ requests }) => requests.length),
      unit: 'calls',
      ...(calls !== undefined && { limit: calls }),
    },
  ];
}
