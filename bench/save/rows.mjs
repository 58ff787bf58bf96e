// What the save benchmarks tell of their rounds.
import { median } from '../pack/measure.mjs';

/**
 * @param {string} section
 * @param {string} against What the floor is.
 * @param {number} calls The most requests that a save may send.
 * @param {readonly import('../save-host.mjs').Round[]} rounds
 * @returns {readonly import('../report.mjs').Row[]}
 */
export function rowsOf(section, against, calls, rounds) {
  const of = (/** @type {(round: import('../save-host.mjs').Round) => number} */ value) =>
    median(rounds.map(value));
  return [
    {
      section,
      what: 'save to accepted update, 1,000 files',
      value: of(({ save, floor }) => save.accepted / floor.accepted),
      unit: '×',
      against,
      limit: 1.5,
      note: 'both begin with a save in a real window; no latency, debounce 0',
    },
    {
      section,
      what: 'save to the update on its way',
      value: of(({ save, floor }) => save.sent / floor.sent),
      unit: '×',
      against,
      note: 'without the time that the sandbox takes to accept it',
    },
    { section, what: 'a save, until accepted', value: of(({ save }) => save.accepted), unit: 'ms' },
    {
      section,
      what: 'the bare requests, until accepted',
      value: of(({ floor }) => floor.accepted),
      unit: 'ms',
    },
    { section, what: 'a save, until on its way', value: of(({ save }) => save.sent), unit: 'ms' },
    {
      section,
      what: 'the bare requests, until on its way',
      value: of(({ floor }) => floor.sent),
      unit: 'ms',
    },
    {
      section,
      what: 'requests of a save',
      value: of(({ requests }) => requests.length),
      unit: 'calls',
      limit: calls,
    },
  ];
}
