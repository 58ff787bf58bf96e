/** Where records of deployments are looked for, with and without a ledger. */
import { describe, expect, test } from 'vitest';
import { recordPlaces } from '../../src/commands/code/history/places';
import { codeKey } from '../../src/deploy/naming';
import type { Operation } from '../../src/operations/operation';

const DIGEST = 'ab'.repeat(32);
const nothing = { operations: [], targets: [], prefixOf: () => 'slipway' };

const operation: Operation = {
  id: 'op',
  kind: 'code',
  state: 'succeeded',
  subject: { connectionId: 'sandbox:us-east-1', region: 'us-east-1', accountId: '1', path: [], label: 'rdb' },
  plan: {
    bucket: 'team',
    prefix: 'q',
    before: { commandLineArguments: [] },
    next: { code: { bucket: 'team', key: 'k' }, commandLineArguments: [] },
    strategy: 'ROLLING',
  },
  writer: 'w',
  steps: [],
  facts: {},
  requestIds: [],
  createdAt: 1,
};

describe('records of deployments', () => {
  test.each(['slipway', 'team/q', ''])('are found by the name of the code alone, prefix "%s"', (prefix) => {
    const code = { bucket: 'code', key: codeKey(prefix, DIGEST), versionId: '1' };
    expect(recordPlaces({ ...nothing, code })).toEqual([{ bucket: 'code', prefix }]);
  });

  test('are looked for under the usual prefix when somebody else named the code', () => {
    const code = { bucket: 'code', key: 'equities/equities.zip' };
    expect(recordPlaces({ ...nothing, code })).toEqual([{ bucket: 'code', prefix: 'slipway' }]);
  });

  test('are looked for where the ledger and targets say, each place once', () => {
    const code = { bucket: 'team', key: codeKey('q', DIGEST) };
    const targets = [{ bucket: 'code', prefix: 'slipway' }];
    expect(recordPlaces({ ...nothing, code, targets, operations: [operation, operation] })).toEqual([
      { bucket: 'team', prefix: 'q' },
      { bucket: 'code', prefix: 'slipway' },
    ]);
  });

  test('are nowhere for a cluster that nobody has deployed to', () => {
    expect(recordPlaces({ ...nothing, code: undefined })).toEqual([]);
  });
});
