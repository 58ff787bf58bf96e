/** Sentences with a count say "1 file", not "1 files". */
import { expect, test } from 'vitest';
import { zipCheck } from '../../src/deploy/checks/bucket';
import { contentCheck } from '../../src/deploy/checks/content';
import type { ZipOrFailure } from '../../src/deploy/deployed';
import { argumentsWords, clustersWords, filesWords } from '../../src/view/messages/counts';
import { changesWords } from '../../src/view/messages/deploy';
import { checkWords } from '../../src/view/messages/deploy-checks';
import { configWords, confirmationWords } from '../../src/view/messages/nodegroup';

const over = (most: number) => ({ code: 'nodes-over-size', facts: { count: 9, most } }) as const;

const ZIP = { kind: 'zip', zip: { directory: { size: 1, entries: [{}] } } } as unknown as ZipOrFailure;

test.each([
  [filesWords(0), '0 files'],
  [filesWords(1), '1 file'],
  [filesWords(2), '2 files'],
  [argumentsWords(0), 'no arguments'],
  [argumentsWords(1), '1 argument'],
  [argumentsWords(2), '2 arguments'],
  [clustersWords(1), '1 cluster'],
  [clustersWords(2), '2 clusters'],
  [confirmationWords(1, 'Insights'), '1 node group needs your confirmation: Insights'],
  [confirmationWords(2, 'Insights'), '2 node groups need your confirmation: Insights'],
  [checkWords(contentCheck(1)), '1 file.'],
  [checkWords(zipCheck(ZIP)), 'The zip can be read: 1 file.'],
  [changesWords({ kind: 'first', files: 1 }), '1 file, the first code there'],
  [
    configWords(over(1)),
    'The node group has at most 1 node, so no more than that can be unavailable at once.',
  ],
  [
    configWords(over(3)),
    'The node group has at most 3 nodes, so no more than that can be unavailable at once.',
  ],
])('%s', (words, expected) => {
  expect(words).toBe(expected);
});
