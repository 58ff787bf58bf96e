/** JSON from disks and buckets that somebody else may have written: too deep, too long, with names that mean something. */
import { describe, expect, test } from 'vitest';
import { finspaceKind } from '../../src/deploy/finspace/kind';
import { type DeploymentRecord, formatRecord, parseRecord } from '../../src/deploy/record';
import { DEEPEST_JSON, parseJson } from '../../src/model/parse-json';
import { formatLine, parseLine } from '../../src/operations/ledger-line';
import { parseSnapshot } from '../../src/view/resources/memory/snapshot';

const deep = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;
const deepObject = (depth: number): string => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
const DEPTHS = [DEEPEST_JSON + 10, 10_000, 300_000];

describe('JSON', () => {
  test('is read up to a depth, and brackets in texts are none', () => {
    expect(parseJson(deep(DEEPEST_JSON))).toBeInstanceOf(Array);
    expect(parseJson(deep(DEEPEST_JSON + 1))).toBeUndefined();
    expect(parseJson(deepObject(DEEPEST_JSON + 1))).toBeUndefined();
    for (const text of ['['.repeat(1_000), `\\"${'{'.repeat(1_000)}`, `${'\\'.repeat(2)}"["`.repeat(300)])
      expect(parseJson(JSON.stringify(text))).toBe(text);
    expect(parseJson(`[${deep(100)},${deep(100)},${deep(150)}]`)).toHaveLength(3);
    expect(parseJson('[')).toBeUndefined();
  });

  test('gives __proto__ to nobody', () => {
    const read = parseJson('{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}}');
    expect((read as { polluted?: number }).polluted).toBeUndefined();
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});

describe('a line of the ledger', () => {
  const subject = { connectionId: 'c', region: 'r', accountId: 'a', label: 'l', path: [] };
  const line = (plan: string): string =>
    `{"v":1,"id":"1a","at":1,"writer":"w","seq":1,"type":"planned","kind":"k","subject":${JSON.stringify(subject)},"plan":${plan}}`;

  test.each(DEPTHS)('that is %i deep is damaged, and takes nothing along', (depth) => {
    expect(parseLine(line(deep(depth)))).toEqual({ problem: 'damaged' });
    expect(parseLine(line(deepObject(depth)))).toEqual({ problem: 'damaged' });
  });

  test('that is read can be written down again, with __proto__ and line separators in it', () => {
    const plan = '{"__proto__":{"target":"x"},"name":"a\u2028b\u2029c\u0085d\\ne\\r"}';
    const read = parseLine(line(plan));
    if (!('event' in read)) throw new Error('the line is damaged');
    const written = formatLine(read.event);
    expect(written.split('\n')).toHaveLength(2);
    expect(parseLine(written.slice(0, -1))).toEqual(read);
    expect(written).toContain('"__proto__":{"target":"x"}');
  });
});

describe('a record', () => {
  const format = (one: DeploymentRecord) => formatRecord(one, finspaceKind);
  const parse = (text: string) => parseRecord(text, finspaceKind);
  const record = {
    operationId: '1a',
    at: Date.UTC(2026, 0, 1),
    region: 'us-east-1',
    accountId: '111122223333',
    path: ['eq7dev', 'rdb'],
    configuration: { code: { bucket: 'b', key: 'k' }, commandLineArguments: [] },
    strategy: 'ROLLING',
    author: 'somebody',
  } as const;

  test.each(DEPTHS)('that is %i deep is none', (depth) => {
    const text = format(record);
    expect(parse(text)).toEqual(record);
    expect(parse(text.replace('{', `{"more": ${deep(depth)},`))).toBeUndefined();
  });

  test('takes nothing from __proto__', () => {
    const { author: _, ...rest } = JSON.parse(format(record)) as Record<string, unknown>;
    const text = JSON.stringify(rest).replace('{', '{"__proto__": {"author": "else"},');
    expect(parse(text)).toBeUndefined();
  });

  test('keeps names with line separators', () => {
    const odd = { ...record, author: 'a\u2028b\u2029c\u0085d\ne\r' };
    expect(parse(format(odd))).toEqual(odd);
  });
});

test.each(DEPTHS)(
  'a snapshot of the tree that is %i deep is read no deeper than it is used',
  async (depth) => {
    const text = `{"v":1,"connectionId":"c","accountId":"a","branches":[["k",{"readAt":1,"rows":[{"name":${deep(depth)}}]}]]}`;
    await expect(parseSnapshot(text, 'c', 1)).rejects.toThrow(TypeError);
  },
);
