/** Times as people say them. */
import { expect, test } from 'vitest';
import { agoWords } from '../../src/view/messages/ago';

const NOW = Date.UTC(2026, 10, 30);
const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000] as const;

test.each([
  [30_000, 'just now'],
  [12 * MINUTE + 40_000, '12 min ago'],
  [5 * MINUTE + 40_000, '5 min ago'],
  [3 * HOUR, '3 h ago'],
  [3 * DAY, '3 days ago'],
  [59 * DAY, '59 days ago'],
  [200 * DAY, '6 months ago'],
  [3 * 366 * DAY, '3 years ago'],
  [-10 * DAY, 'in 10 days'],
  [-10_000, 'just now'],
])('%d ms: %s', (before, words) => {
  expect(agoWords(NOW - before, NOW)).toBe(words);
});
