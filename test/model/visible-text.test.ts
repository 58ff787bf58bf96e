/** What cannot be seen in a text of others is shown, and what writing needs stays. */
import { expect, test } from 'vitest';
import { shortened, visible, visibleJson, visibleLines } from '../../src/model/visible-text';

test.each([
  ['a right-to-left override', 'photo\u202Egpj.q', 'photo‹U+202E›gpj.q'],
  ['an isolate', '\u2066a\u2069', '‹U+2066›a‹U+2069›'],
  ['a zero-width space', 'a\u200Bb', 'a‹U+200B›b'],
  ['a joiner between letters that do not join', 'a\u200Db', 'a‹U+200D›b'],
  ['a byte order mark', '\uFEFFa', '‹U+FEFF›a'],
  ['a soft hyphen', 'a\u00ADb', 'a‹U+00AD›b'],
  ['a tag', 'a\u{E0041}', 'a‹U+E0041›'],
  ['a filler', 'a\u3164b', 'a‹U+3164›b'],
  ['a variation after a letter', 'a\uFE0F\u{E0100}', 'a‹U+FE0F›‹U+E0100›'],
  ['NUL', 'a\0b', 'a‹U+0000›b'],
  ['a colour of a terminal', '\u001B[31mred\u001B[0m', '‹U+001B›[31mred‹U+001B›[0m'],
  ['half a pair', 'a\uD83D', 'a‹U+D83D›'],
  ['ends of lines', 'a\r\nb\nc\rd\u2028e\u2029f\u0085g\th', 'a b c d e f g h'],
])('%s', (_, hostile, shown) => {
  expect(visible(hostile)).toBe(shown);
});

test.each(['init.q', 'größe – ½ … €', 'कार्य क्‍ष', 'می‌خواهم', '👩‍💻 ❤️ 👍🏽', '日本語　テスト'])(
  '%s stays as it is',
  (text) => {
    expect(visible(text)).toBe(text);
  },
);

test('lines are told apart by every end of a line', () => {
  expect(visibleLines('a\nb\r\nc\u2028d\u202Ee')).toEqual(['a', 'b', 'c', 'd‹U+202E›e']);
});

test('JSON with everything visible is the same JSON', () => {
  const data = { name: 'a\u202E\u2028\u{E0041}\0\u007F"\\', list: ['👍'] };
  const text = visibleJson(JSON.stringify(data, null, 2));
  expect(text).toMatch(/^[\n\x20-\x7e👍]+$/u);
  expect(JSON.parse(text)).toEqual(data);
});

test('a long text keeps both of its ends, and no half character', () => {
  expect(shortened('abc', 3)).toBe('abc');
  expect(shortened('0123456789', 9)).toBe('0123 … 89');
  for (let most = 20; most < 30; most += 1) {
    const cut = shortened('😀'.repeat(10_000), most);
    expect(cut.length).toBeLessThanOrEqual(most);
    expect(cut).not.toMatch(/\p{Cs}/u);
  }
});
