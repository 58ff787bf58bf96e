/** Names of objects, and the records that are stored under them. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { finspaceKind } from '../../src/deploy/finspace/kind';
import { keyBreach } from '../../src/deploy/finspace/name-rules';
import { codeKey, digestInKey, parseRecordKey, recordFolder, recordKey } from '../../src/deploy/naming';
import { type DeploymentRecord, formatRecord, parseRecord } from '../../src/deploy/record';
import { casesOf } from '../cases';

const DIGEST = 'ab'.repeat(32);
const AT = Date.UTC(2026, 2, 1, 14, 5, 9, 42);

describe('names', () => {
  test('are those of the design', () => {
    expect(codeKey('slipway', DIGEST)).toBe(`slipway/code/${DIGEST}.zip`);
    expect(codeKey('', DIGEST)).toBe(`code/${DIGEST}.zip`);
    expect(codeKey('/a/b/', DIGEST)).toBe(`a/b/code/${DIGEST}.zip`);
    expect(recordKey('slipway', ['e1', 'rdb'], { at: AT, operationId: '0mhx' })).toBe(
      'slipway/deployments/e1/rdb/2026-03-01T14-05-09.042Z-0mhx.json',
    );
  });

  test('say what they were made from', () => {
    expect(digestInKey(codeKey('a/b', DIGEST))).toBe(DIGEST);
    expect(digestInKey('releases/equities.zip')).toBeUndefined();
    expect(digestInKey(`xcode/${DIGEST}.zip`)).toBeUndefined();
    expect(parseRecordKey('notes.json')).toBeUndefined();
    expect(parseRecordKey('2026-13-01T14-05-09.042Z-0mhx.json')).toBeUndefined();
  });

  test('of records are keys that FinSpace takes, sort by time, and are read back', () => {
    const name = fc.record({ at: fc.nat(4e12), operationId: fc.stringMatching(/^[0-9a-z]{17}$/) });
    fc.assert(
      fc.property(name, name, (a, b) => {
        const [first, second] = [a, b].map((one) => recordKey('slipway', ['e1', 'rdb-1'], one));
        expect(keyBreach(first!)).toBeUndefined();
        expect(parseRecordKey(first!)).toEqual(a);
        expect(first!.startsWith(recordFolder('slipway', ['e1', 'rdb-1']))).toBe(true);
        if (a.at < b.at) expect(first! < second!).toBe(true);
      }),
      casesOf(1_000),
    );
  });
});

const format = (record: DeploymentRecord) => formatRecord(record, finspaceKind);
const parse = (text: string) => parseRecord(text, finspaceKind);

describe('records', () => {
  const record: DeploymentRecord = {
    operationId: '0mhxk0a1bcdefgh12',
    at: AT,
    region: 'us-east-1',
    accountId: '111122223333',
    path: ['e1', 'rdb'],
    configuration: {
      code: { bucket: 'b', key: `slipway/code/${DIGEST}.zip`, versionId: 'v1' },
      initializationScript: 'init/start.q',
      commandLineArguments: [{ key: 's', value: '2' }],
    },
    before: { code: { bucket: 'b', key: 'equities.zip' }, commandLineArguments: [] },
    strategy: 'ROLLING',
    author: 'arn:aws:iam::111122223333:user/ann',
    digest: DIGEST,
    git: { commit: '0123abc', dirty: true },
    origin: '0mhxk0a1bcdefgh11',
  };

  test('are read back whole, with and without what is optional', () => {
    expect(parse(format(record))).toEqual(record);
    const { before: _b, digest: _d, git: _g, origin: _o, ...least } = record;
    const bare = { ...least, configuration: { code: { bucket: 'b', key: 'k' }, commandLineArguments: [] } };
    expect(parse(format(bare))).toEqual(bare);
  });

  test('of another version, damaged or made by somebody else are not taken for records', () => {
    const data = JSON.parse(format(record)) as Record<string, unknown>;
    const damaged = [
      { ...data, slipwayRecord: 2 },
      { ...data, at: 'yesterday' },
      { ...data, strategy: 'FAST' },
      { ...data, configuration: { commandLineArguments: [] } },
      {
        ...data,
        configuration: { ...(data['configuration'] as object), commandLineArguments: [{ key: 's' }] },
      },
      { ...data, configuration: { ...(data['configuration'] as object), initializationScript: 7 } },
      ...Object.keys(data)
        .filter((name) => !['before', 'digest', 'git', 'origin'].includes(name))
        .map((name) => ({ ...data, [name]: undefined })),
    ];
    for (const one of damaged) expect(parse(JSON.stringify(one))).toBeUndefined();
    for (const text of ['', '{', 'null', '[]', '7', format(record).slice(0, -10)]) {
      expect(parse(text)).toBeUndefined();
    }
  });
});
