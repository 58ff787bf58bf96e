/** The shortest and the longest of what is a secret, with nothing around it, and what is one character short of it. */
import { describe, expect, test } from 'vitest';
import { findSecrets } from '../../src/package/content/secrets';

const patternsIn = (text: string): readonly string[] =>
  findSecrets(Buffer.from(text)).map(({ pattern }) => pattern);
const word = (length: number): string => 'Tr0ub4dor'.repeat(40).slice(0, length);
const mixed = (length: number): string => 'aB3dE6gH9jK2mN5pQ8rS1tU4vW7xY0z'.repeat(9).slice(0, length);

describe.each([
  ['', ''],
  ['a:1;\n', '\nb:2\n'],
])('between %j and %j', (before, behind) => {
  test.each<[string, string, readonly string[]]>([
    ['the shortest handle', '::1000:a:bcd', ['q-handle-password']],
    ['a handle with a port of five digits', '::65535:a:bcd', ['q-handle-password']],
    ['a handle with a port of three digits', '::999:abc:bcd', []],
    ['a handle with a port of six digits', '::100000:a:bcd', []],
    ['a handle with a port that is none', '::0100:a:bcde', []],
    ['a handle with a password of two characters', '::1000:ab:cd', []],
    ['a handle with a user of 64', `::1000:${word(64)}:bcd`, ['q-handle-password']],
    ['a handle with a user of 65', `::1000:${word(65)}:bcd`, []],
    ['a handle with a host of 253', `:${'h'.repeat(253)}:1000:a:bcd`, ['q-handle-password']],
    ['the shortest URL', 'ab://:Bcde@h', ['url-password']],
    ['a URL with a password of three characters', 'abc://:bcd@host', []],
    ['a URL with a scheme of one letter', 'a://:bcdef@host', []],
    ['a URL with a password of 256', `https://a:${word(256)}@h`, ['url-password']],
    [
      'a URL with a user of 40 and a password of 250',
      `ab://${'u'.repeat(40)}:${word(250)}@h`,
      ['url-password'],
    ],
    ['a URL with an address behind it', `ab://u:Bcde@h/c@d`, ['url-password']],
    ['a parameter', 'ab://h?pwd=bcd', ['connection-password']],
    ['a parameter in capitals', 'AB://H?PASSWORD=bcd', ['connection-password']],
    ['a parameter with a value of two characters', 'ab://host?pwd=bc', []],
    ['a parameter with another name', 'ab://h?forward=bcd ab://h?keyed=bcd', []],
    ['a key of forty', `secret_key=${mixed(40)}`, ['aws-secret-key']],
    ['a key of thirty-nine', `secret_key=${mixed(39)}`, []],
    ['a key of forty-one', `secret_key=${mixed(41)}`, []],
    ['a key without a capital', `secret_key=${mixed(40).toLowerCase()}`, []],
    ['a key without a small letter', `secret_key=${mixed(40).toUpperCase()}`, []],
    ['a key whose padding goes on', `SharedAccessKey=${mixed(43)}==`, []],
    ['a key without its padding', `SharedAccessKey=${mixed(43)}`, []],
    ['a licence of forty', `KDB_LICENSE_B64=${mixed(40)}`, ['kdb-licence']],
    ['a licence of thirty-nine', `KDB_LICENSE_B64=${mixed(39)}`, []],
    ['a user and a password of Oracle', 'jdbc:oracle:ab:c/def@', ['connection-password']],
    ['a user without a password of Oracle', 'jdbc:oracle:ab:c/de@f', []],
  ])('%s', (_, text, patterns) => {
    expect(patternsIn(`${before}${text}${behind}`)).toEqual(patterns);
  });
});

test('a name may stand 100 characters before its key, and not in another file’s worth of text', () => {
  const apart = (length: number): string => `secret_key "${' '.repeat(length - 2)}"${mixed(40)}`;
  expect(patternsIn(apart(99))).toEqual(['aws-secret-key']);
  expect(patternsIn(apart(150))).toEqual([]);
});

test('each of two findings stands in its own line, in the order of the file', () => {
  const text = `ab://u:Bcde@h\n\n\n::1000:a:bcd\nsecret_key=${mixed(40)}\n`;
  expect(findSecrets(Buffer.from(text))).toEqual([
    { line: 1, pattern: 'url-password' },
    { line: 4, pattern: 'q-handle-password' },
    { line: 5, pattern: 'aws-secret-key' },
  ]);
});

test.each([
  [19, 19],
  [20, 20],
  [21, 20],
])('of %d findings %d are told', (count, told) => {
  expect(patternsIn('ab://u:Bcde@h\n'.repeat(count))).toHaveLength(told);
});

test('a zero byte says that it is no text, as far as the first 8,000 bytes', () => {
  const text = '\nab://u:Bcde@h\n';
  expect(patternsIn(`${' '.repeat(7_999)}\0${text}`)).toEqual([]);
  expect(patternsIn(`${' '.repeat(8_000)}\0${text}`)).toEqual(['url-password']);
});

test('of keys that follow each other each is found once, in the line that opens it', () => {
  const key = `-----BEGIN ${'PRIVATE KEY'}-----\n${mixed(64)}\n-----END ${'PRIVATE KEY'}-----\n`;
  expect(findSecrets(Buffer.from(key + key))).toEqual([
    { line: 1, pattern: 'private-key' },
    { line: 4, pattern: 'private-key' },
  ]);
});
