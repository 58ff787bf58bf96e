/** How much an ignore file may hold: the most that is taken, and how a line is named that is one too many. */
import { describe, expect, test } from 'vitest';
import { FolderRules } from '../../src/package/rules/folder-rules';

function rulesOf(raw: string): FolderRules {
  const top = FolderRules.of({ include: [], ignore: [], useGitignore: false });
  return top.within('', { files: new Map([['.slipwayignore', raw]]) });
}

const refusal = (code: string, facts: object) =>
  expect.objectContaining({
    failure: { kind: 'refused', code, facts: { path: '.slipwayignore', ...facts } },
  });

const lines = (count: number, line: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => line(at)).join('\n');

describe('the most that is taken', () => {
  test('is a rule of 4,096 bytes, whatever its letters', () => {
    expect(rulesOf('a'.repeat(4_096)).decide('b', 'b', false).fate).toBe('in');
    const long = Buffer.from('é'.repeat(2_048)).toString('latin1');
    expect(rulesOf(long).decide('b', 'b', false).fate).toBe('in');
    expect(() => rulesOf(`b\n${long}a`)).toThrow(
      refusal('rule-too-long', { line: 2, rule: `${'é'.repeat(60)}…`, limit: 4_096 }),
    );
  });

  test('is 100,000 rules, comments and empty lines not counted', () => {
    const most = lines(100_000, (at) => `${at}.q`);
    const rules = rulesOf(`# one\n\n${most}\n# one more\n\n`);
    expect(rules.decide('99999.q', '99999.q', false).fate).toBe('out');
    expect(() => rulesOf(`${most}\n${'x'.repeat(60)}`)).toThrow(
      refusal('rules-too-many', { line: 100_001, rule: 'x'.repeat(60), limit: 100_000 }),
    );
  });

  test('is 4 MiB', () => {
    const most = 4 * 1024 * 1024;
    expect(rulesOf('\n'.repeat(most - 1).concat('a')).decide('a', 'a', false).fate).toBe('out');
    expect(() => rulesOf('\n'.repeat(most).concat('a'))).toThrow(refusal('rules-too-large', { limit: most }));
  });

  test('is a thousand rules that begin and end alike, paths and names by themselves', () => {
    const most = lines(1_000, (at) => `*${at}*`);
    const paths = lines(1_000, (at) => `/*${at}*`);
    expect(rulesOf(`${most}\n${paths}`).decide('x999', 'x999', false).fate).toBe('out');
    expect(() => rulesOf(`${most}\n*x*`)).toThrow(refusal('rules-alike', { rule: '*x*', limit: 1_000 }));
    // The same name over and over is found at once.
    expect(rulesOf(`${lines(2_000, () => 'a.q')}`).decide('a.q', 'a.q', false).fate).toBe('out');
  });

  test('tells apart what differs in the first or the last 32 bytes', () => {
    const begin = (at: number): string => `${at}`.padStart(32, 'a');
    expect(
      rulesOf(lines(1_500, (at) => `${begin(at)}*`)).decide(`${begin(7)}z`, `${begin(7)}z`, false).fate,
    ).toBe('out');
    expect(() => rulesOf(lines(1_500, (at) => `a${begin(at)}*`))).not.toThrow();
    expect(() => rulesOf(lines(1_500, (at) => `${'a'.repeat(32)}${at}*`))).toThrow(
      expect.objectContaining({ failure: expect.objectContaining({ code: 'rules-alike' }) }),
    );
  });
});

test.each<[string, string, readonly string[]]>([
  ['spaces at the end', 'a.q   ', ['a.q']],
  ['a space that is escaped', 'a.q\\  ', ['a.q ']],
  ['a backslash that is escaped', 'a.q\\\\  ', ['a.q\\']],
  ['an escaped backslash and an escaped space', 'a.q\\\\\\  ', ['a.q\\ ']],
  ['a tab at the end', 'a.q\t', ['a.q\t']],
  ['spaces alone', '  ', []],
])('%s', (_, rule, out) => {
  const names = ['a.q', 'a.q ', 'a.q\\', 'a.q\\ ', 'a.q\t', '  ', ' '];
  const rules = rulesOf(rule);
  expect(names.filter((name) => rules.decide(name, name, false).fate === 'out')).toEqual(out);
});
