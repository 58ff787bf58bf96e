/** `slipway.json` from a stranger: of any size, depth and encoding it is answered at once, in words, and never thrown at. */

import { symlinkSync, writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { MOST_BYTES } from '../../src/deploy/targets/decode';
import { DEEPEST, LARGEST_TEXT, MOST_TARGETS } from '../../src/deploy/targets/limits';
import { readSmallFile } from '../../src/model/small-file';
import { temporaryFolder } from '../package/fixture';
import { parseTargets, parseTargetsFile } from './kinds';

const RDB = { connection: 'sandbox', environment: 'eq7dev', cluster: 'rdb-1', bucket: 'acme-code' };
const GOOD = JSON.stringify({ targets: { rdb: RDB } });

const many = <T>(count: number, make: (at: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, at) => make(at));

function codesIn(text: string): readonly string[] {
  return parseTargets(text).problems.map(({ code }) => code);
}

describe('limits', () => {
  const nested = (open: string, close: string, depth: number): string =>
    `${open.repeat(depth)}0${close.repeat(depth)}`;

  test.each([
    ['lists', '[', ']'],
    ['objects', '{"a":', '}'],
    ['lists that never end', '[', ''],
    ['objects that never end', '{"a":', ''],
    ['both, with comments and line breaks', '/* [ */ {\r\n"a": [ // {\n', ']}'],
  ])('%s inside of one another are told where they go too deep, of whatever size', (_what, open, close) => {
    for (const depth of [DEEPEST + 1, 5_000, 40_000]) {
      const { entries, problems } = parseTargets(nested(open, close, depth).slice(0, LARGEST_TEXT));
      expect(entries).toEqual([]);
      expect(problems).toEqual([expect.objectContaining({ code: 'too-deep', facts: { most: DEEPEST } })]);
      const [range] = problems.map((one) => one.range);
      expect(['{', '[']).toContain(open.repeat(DEEPEST + 1)[range!.offset]);
    }
  });

  test('brackets in strings and comments are none', () => {
    const text = `{ // ${'['.repeat(100)}\n "targets": { "${'{'.repeat(100)}": ${JSON.stringify(RDB)} } /* ${'{'.repeat(100)} */ }`;
    expect(parseTargets(text)).toMatchObject({
      problems: [],
      entries: [{ target: { path: ['eq7dev', 'rdb-1'] } }],
    });
  });

  test('a target in its whole depth is far from the limit', () => {
    const target = { ...RDB, commandLineArguments: [{ key: 'port', value: '1' }] };
    expect(codesIn(JSON.stringify({ targets: { rdb: target } }))).toEqual([]);
  });

  test('a text of the largest size is read, and one that is longer is told', () => {
    const padded = (length: number): string => `${GOOD}${' '.repeat(length - GOOD.length)}`;
    expect(codesIn(padded(LARGEST_TEXT))).toEqual([]);
    expect(parseTargets(padded(LARGEST_TEXT + 1))).toEqual({
      entries: [],
      problems: [
        expect.objectContaining({
          code: 'too-large-file',
          facts: { length: LARGEST_TEXT + 1, most: LARGEST_TEXT },
        }),
      ],
    });
  });

  test('so many targets are read, and one more leaves none', () => {
    const file = (count: number): string =>
      `{"defaults": ${JSON.stringify(RDB)}, "targets": {${many(count, (at) => `"t${at}":{}`).join()}}}`;
    const most = parseTargets(file(MOST_TARGETS));
    expect(most.problems).toEqual([]);
    expect(most.entries.filter(({ target }) => target).length).toBe(MOST_TARGETS);
    const more = parseTargets(file(MOST_TARGETS + 1));
    expect(more.problems).toEqual([
      expect.objectContaining({
        code: 'too-many-targets',
        facts: { count: MOST_TARGETS + 1, most: MOST_TARGETS },
      }),
    ]);
    expect(more.entries.some(({ target }) => target)).toBe(false);
  });
});

describe('the work grows with the text alone', () => {
  const bad = { key: 'a b', value: '' };
  const SHAPES: Readonly<Record<string, (count: number) => string>> = {
    'whole targets': (count) => file({}, count, RDB),
    'targets that take all from the defaults': (count) => file(RDB, count, {}),
    'a long list in the defaults': (count) =>
      file({ ...RDB, include: many(count, (at) => `lib/${at}/**`) }, count, {}),
    'arguments of the defaults that AWS refuses': (count) =>
      file({ ...RDB, commandLineArguments: many(count, () => bad) }, count, {}),
    'members of onSave in the defaults': (count) =>
      file({ ...RDB, onSave: { enabled: true }, protected: true }, count, { onSave: { burst: 1 } }),
    'a long prefix in the defaults': (count) => file({ ...RDB, prefix: 'ü'.repeat(count) }, count, {}),
    'targets without anything': (count) => file({}, count, {}),
    'unknown members': (count) => file({}, count, { ...RDB, nothing: 1 }),
    'unknown members of the defaults': (count) =>
      file(Object.fromEntries(many(count, (at) => [`x${at}`, 1])), count, {}),
    'one name again and again': (count) =>
      `{"targets":{${many(count, () => `"t":${JSON.stringify(RDB)}`).join()}}}`,
    'one member again and again': (count) =>
      `{"targets":{"t":{${many(count, () => '"cluster":"c"').join()}}}}`,
    'wrong types': (count) => file({}, count, { ...RDB, prefix: 1 }),
    'mistakes of syntax': (count) => `{"targets":{${many(count, (at) => `"t${at}" {]`).join()}}}`,
    'no JSON': (count) => many(count, () => '}: ,').join(''),
    'arguments with the same key': (count) =>
      file({}, 1, { ...RDB, commandLineArguments: many(count, () => ({ key: 'port', value: '1' })) }),
  };

  function file(defaults: object, count: number, target: object): string {
    const targets = many(count, (at) => `"t${at}":${JSON.stringify(target)}`).join();
    return `{"defaults":${JSON.stringify(defaults)},"targets":{${targets}}}`;
  }

  test.each(Object.entries(SHAPES))('%s', async (_what, shape) => {
    const [few, more] = [shape(100), shape(900)];
    const growth = more.length / few.length;
    const [steps, later] = [await stepsOf(few), await stepsOf(more)];
    // Apart, since the library goes through the text letter by letter, and would hide what is ours.
    for (const whose of ['ours', 'library'] as const) {
      expect(steps[whose]).toBeGreaterThan(0);
      expect(later[whose] / steps[whose]).toBeLessThan(1.4 * growth);
    }
  });

  const session = new Session();
  let fresh: typeof import('./kinds');

  beforeAll(async () => {
    // Calls that the optimizer has inlined are not counted.
    setFlagsFromString('--no-opt');
    session.connect();
    await session.post('Profiler.enable');
    await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
    // Blocks are counted of what is compiled from here on.
    vi.resetModules();
    fresh = await import('./kinds');
  });
  afterAll(async () => {
    await session.post('Profiler.stopPreciseCoverage');
    session.disconnect();
    setFlagsFromString('--opt');
  });

  /** How often the blocks of the parser and of its library were run: the same on each machine. */
  async function stepsOf(text: string): Promise<{ readonly ours: number; readonly library: number }> {
    // Each look counts from the one before it.
    await session.post('Profiler.takePreciseCoverage');
    fresh.parseTargets(text);
    const { result } = await session.post('Profiler.takePreciseCoverage');
    const sum = (place: RegExp): number =>
      result
        .filter(({ url }) => place.test(url))
        .flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges.map(({ count }) => count)))
        .reduce((all, count) => all + count, 0);
    return { ours: sum(/src\/deploy\//), library: sum(/jsonc-parser/) };
  }
});

describe('the bytes of the file', () => {
  const withMark = (encoding: BufferEncoding, text = GOOD): Buffer => Buffer.from(`\uFEFF${text}`, encoding);
  const swapped = (bytes: Buffer): Buffer => Buffer.from(bytes).swap16();

  test('with a byte order mark are the same targets, each at its place in the editor', () => {
    const plain = parseTargetsFile(Buffer.from(GOOD));
    expect(plain.entries[0]?.target?.path.at(-1)).toBe('rdb-1');
    expect(parseTargetsFile(withMark('utf8'))).toEqual(plain);
    const marked = parseTargets(`\uFEFF${GOOD}`);
    expect(marked.problems).toEqual([]);
    expect(marked.entries[0]).toMatchObject({
      target: plain.entries[0]?.target,
      range: { offset: GOOD.indexOf('"rdb"') + 1 },
    });
  });

  test('with whatever line ends are the same targets', () => {
    const lines = `{\n  // a comment\n  "targets": {\n    "rdb": ${JSON.stringify(RDB)} // another\n  }\n}\n`;
    for (const end of ['\r\n', '\r']) {
      const { entries, problems } = parseTargetsFile(Buffer.from(lines.replaceAll('\n', end)));
      expect(problems).toEqual([]);
      expect(entries[0]?.target?.path.at(-1)).toBe('rdb-1');
    }
  });

  test.each([
    ['UTF-16 LE', withMark('utf16le')],
    ['UTF-16 BE', swapped(withMark('utf16le'))],
    ['UTF-16 LE', Buffer.from(GOOD, 'utf16le')],
    ['UTF-16 BE', swapped(Buffer.from(GOOD, 'utf16le'))],
    ['UTF-32 LE', Buffer.from([0xff, 0xfe, 0, 0, 0x7b, 0, 0, 0])],
    [undefined, Buffer.from(GOOD.replace('rdb', 'é'), 'latin1')],
    [undefined, Buffer.concat([Buffer.from(GOOD), Buffer.from([0xc3])])],
  ])('in another encoding (%s) are refused by its name', (encoding, bytes) => {
    const { entries, problems } = parseTargetsFile(bytes);
    expect(entries).toEqual([]);
    expect(problems).toEqual([
      expect.objectContaining({ code: 'not-utf8', facts: encoding === undefined ? {} : { encoding } }),
    ]);
  });

  test('more of them than any text needs are refused unread', () => {
    expect(parseTargetsFile(new Uint8Array(MOST_BYTES + 1)).problems[0]?.code).toBe('too-large-file');
  });
});

describe('a small file', () => {
  test('is read whole, and no further than it may be', () => {
    const file = join(temporaryFolder(), 'slipway.json');
    writeFileSync(file, GOOD);
    expect(Buffer.from(readSmallFile(file, 1_000)).toString()).toBe(GOOD);
    expect(readSmallFile(file, 10).length).toBe(11);
    writeFileSync(file, '');
    expect(readSmallFile(file, 10).length).toBe(0);
  });

  test.skipIf(process.platform === 'win32')('is no device behind a link, no folder, and not missing', () => {
    const folder = temporaryFolder();
    symlinkSync('/dev/zero', join(folder, 'slipway.json'));
    expect(() => readSmallFile(join(folder, 'slipway.json'), 10)).toThrow(
      expect.objectContaining({ code: 'EINVAL' }),
    );
    expect(() => readSmallFile(folder, 10)).toThrow(expect.objectContaining({ code: 'EISDIR' }));
    expect(() => readSmallFile(join(folder, 'nothing'), 10)).toThrow(
      expect.objectContaining({ code: 'ENOENT' }),
    );
  });
});
