/** The audit trail: complete, without the values of arguments, and harmless in a spreadsheet. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { masked } from '../../src/model/masked';
import { csv, jsonLines } from '../../src/operations/export';
import type { Operation } from '../../src/operations/operation';
import { casesOf } from '../cases';
import { awsFailure, planned, request } from './data';

const secret = 's3cr3t-port';
const commandLineArguments = [{ key: 'port', value: secret }];

const operation: Operation = {
  ...planned({ plan: { next: { commandLineArguments }, files: 3 } }),
  id: '00abc',
  writer: 'w',
  state: 'failed',
  author: { accountId: '123456789012', arn: 'arn:aws:sts::123456789012:assumed-role/dev/me' },
  request: { ...request, input: { commandLineArguments, clusterName: 'rdb' } },
  steps: [{ name: 'put', at: 1 }],
  facts: {},
  requestIds: ['r1', 'r2'],
  createdAt: Date.UTC(2026, 0, 2, 3, 4, 5),
  sentAt: Date.UTC(2026, 0, 2, 3, 4, 6),
  endedAt: Date.UTC(2026, 0, 2, 3, 4, 7),
  outcome: { state: 'failed', failure: awsFailure({ message: `Value '${secret}' at 'port' is bad` }) },
};

/** Reads RFC 4180 text without the code under test. */
function cells(text: string): string[][] {
  const rows: string[][] = [];
  const pattern = /"((?:[^"]|"")*)"(,|\r\n)/y;
  let row: string[] = [];
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    row.push(match[1]!.replaceAll('""', '"'));
    if (match[2] === '\r\n') {
      rows.push(row);
      row = [];
    }
  }
  return rows;
}

describe('JSON lines', () => {
  test('hold one operation each, arguments masked', () => {
    const lines = jsonLines([operation, operation], { withArguments: false }).split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).not.toContain(secret);
    const { request: shown, outcome, steps } = JSON.parse(lines[0]!);
    expect(shown.input).toEqual({
      commandLineArguments: [{ key: 'port', value: '***' }],
      clusterName: 'rdb',
    });
    expect(outcome.failure.message).toBe("Value '***' at 'port' is bad");
    expect(steps).toEqual(operation.steps);
  });

  test('hold everything when asked for', () => {
    expect(JSON.parse(jsonLines([operation], { withArguments: true }))).toEqual(operation);
  });
});

describe('CSV', () => {
  test('has a heading and a row for each operation', () => {
    const [heading = [], row = [], ...more] = cells(csv([operation], { withArguments: false }));
    expect(more).toEqual([]);
    const cell = Object.fromEntries(heading.map((name, index) => [name, row[index]]));
    expect(cell).toMatchObject({
      id: '00abc',
      state: 'failed',
      subject: 'env / rdb',
      account: '123456789012',
      author: 'arn:aws:sts::123456789012:assumed-role/dev/me',
      created: '2026-01-02T03:04:05.000Z',
      accepted: '',
      token: 'token-1',
      requestIds: 'r1 r2',
    });
    expect(JSON.parse(cell['request']!)).toMatchObject({ input: { clusterName: 'rdb' } });
    expect(row.join()).not.toContain(secret);
  });

  test('never starts a formula, whatever a label holds, and can be read back', () => {
    const label = fc.string({
      unit: fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', '"', ',', "'", '＝', 'a'),
    });
    fc.assert(
      fc.property(label, (text) => {
        const subject = { ...operation.subject, label: text };
        const [heading = [], row = []] = cells(csv([{ ...operation, subject }], { withArguments: true }));
        const found = row[heading.indexOf('subject')]!;
        expect(found).not.toMatch(/^[=+\-@\t\r\n＝]/);
        expect([text, `'${text}`]).toContain(found);
      }),
      casesOf(1000),
    );
  });
});

describe('masking', () => {
  test('reaches arguments at any depth and in any shape, and keeps their keys', () => {
    expect(
      masked({
        changes: [{ commandLineArguments: { before: { key: 'key1', value: 'a' }, after: ['b'] } }],
        key: 'kept',
        value: 'kept',
      }),
    ).toEqual({
      changes: [{ commandLineArguments: { before: { key: 'key1', value: '***' }, after: ['***'] } }],
      key: 'kept',
      value: 'kept',
    });
  });

  test('leaves no value of an argument in any sentence of AWS', () => {
    const value = fc.string({ minLength: 4, unit: fc.constantFrom('a', 'b', '.', '*', '$') });
    fc.assert(
      fc.property(fc.array(value, { minLength: 1 }), fc.string(), (values, between) => {
        const { message } = masked({
          message: values.join(between),
          commandLineArguments: values.map((text, index) => ({ key: `k${index}`, value: text })),
        }) as { message: string };
        for (const text of values.filter((one) => !one.includes('*'))) expect(message).not.toContain(text);
      }),
      casesOf(1000),
    );
  });
});
