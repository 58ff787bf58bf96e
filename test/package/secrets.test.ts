/** Secrets are found where they stand, and nothing of them is told. */
import { array, assert, constantFrom, integer, property, record, string } from 'fast-check';
import { expect, test } from 'vitest';
import { findSecrets } from '../../src/package/content/secrets';
import { ALWAYS, CASES, newPacker, noise, requestFor, temporaryFolder, write } from './fixture';

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
const some = (length: number): string => LETTERS.repeat(9).slice(7, 7 + length);

// Put together here, so that no scanner takes this file for a leak.
const SECRETS: readonly { readonly pattern: string; readonly text: string }[] = [
  { pattern: 'aws-access-key', text: `AKIA${'Q3EGSIZ2HJLNBTVX'}` },
  { pattern: 'aws-access-key', text: `ASIA${'Q3EGSIZ2HJLNBTVX'}` },
  { pattern: 'aws-secret-key', text: `aws_secret_access_key = ${some(40)}` },
  { pattern: 'aws-secret-key', text: `"SecretAccessKey": "${some(40)}"` },
  { pattern: 'private-key', text: `-----BEGIN RSA ${'PRIVATE KEY'}-----\n${some(64)}\n${some(64)}\n` },
  { pattern: 'private-key', text: `-----BEGIN ${'PRIVATE KEY'}-----\n${some(64)}\n` },
  {
    pattern: 'private-key',
    text: `-----BEGIN EC ${'PRIVATE KEY'}-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,${'0A'.repeat(16)}\n\n${some(64)}\n`,
  },
  { pattern: 'github-token', text: `ghp_${some(36)}` },
  { pattern: 'github-token', text: `github_pat_${some(22)}_${some(59)}` },
  { pattern: 'gitlab-token', text: `glpat-${some(20)}` },
  { pattern: 'slack-token', text: `xoxb-${'123456789012-123456789012'}-${some(24)}` },
  {
    pattern: 'slack-webhook',
    text: `https://hooks.slack.com/services/T${'0123ABCD'}/B${'0123ABCD'}/${some(24)}`,
  },
  { pattern: 'google-api-key', text: `AIza${some(35)}` },
  { pattern: 'stripe-key', text: `sk_live_${some(24)}` },
  { pattern: 'npm-token', text: `npm_${some(36)}` },
];

test.each(SECRETS)('$pattern is found, by itself', ({ pattern, text }) => {
  expect(findSecrets(Buffer.from(text))).toEqual([{ line: 1, pattern }]);
});

test.each(['utf16le', 'big-endian'] as const)('it is found in UTF-16, %s', (order) => {
  const { pattern, text } = SECRETS[0]!;
  const bytes = Buffer.from(`\ufeffa: 1\n\nkey: ${text}\n`, 'utf16le');
  expect(findSecrets(order === 'utf16le' ? bytes : bytes.swap16())).toEqual([{ line: 3, pattern }]);
});

test('wherever it stands, a secret is found in its line', () => {
  // Spaces and short words, as in sources: they must neither hide a secret nor make one.
  const word = string({
    unit: constantFrom('a', 'Z', '9', '_', '/', ':', ' ', '\n', '"', ';'),
    maxLength: 60,
  });
  const place = record({
    before: array(word, { maxLength: 40 }),
    kind: integer({ min: 0, max: SECRETS.length - 1 }),
    after: word,
  });
  assert(
    property(place, ({ before, kind, after }) => {
      const { pattern, text } = SECRETS[kind]!;
      const head = `${before.join(' ')}\n\t`;
      const found = findSecrets(Buffer.from(`${head}${text} ${after}`));
      expect(found).toEqual([{ line: head.split('\n').length, pattern }]);
    }),
    CASES,
  );
});

test.each([
  ['an access key of the documentation', `AKIA${'IOSFODNN7EXAMPLE'}`],
  ['a hash', 'sha256: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  ['a long name', 'thisIsAVeryLongIdentifierInCamelCaseThatGoesOnAndOnAndOn_withUnderscores_too'],
  ['a public key', `-----BEGIN PUBLIC KEY-----\n${some(64)}\n`],
  ['a certificate', `-----BEGIN CERTIFICATE-----\n${some(64)}\n`],
  ['a key id inside of a longer word', `XAKIA${'Q3EGSIZ2HJLNBTVX'}`],
  ['a secret name without a value', 'aws_secret_access_key = get_it_from_the_environment'],
  ['nothing', ''],
])('%s is no finding', (_, text) => {
  expect(findSecrets(Buffer.from(text))).toEqual([]);
});

test.each(['# EXAMPLE: ', 'EXAMPLE ', '/ an EXAMPLE of a key\n'])(
  'a real key near the word EXAMPLE is found (%s)',
  (before) => {
    const { pattern, text } = SECRETS[0]!;
    const line = before.split('\n').length;
    expect(findSecrets(Buffer.from(`${before}${text} EXAMPLE`))).toEqual([{ line, pattern }]);
    const madeUp = `AKIA${'IOSFODNN7EXAMPLE'}`;
    expect(findSecrets(Buffer.from(`${madeUp} ${before}${text}`))).toEqual([{ line, pattern }]);
  },
);

test('several in one file come in its order, and not without end', () => {
  const key = SECRETS[0]!.text;
  const token = SECRETS[7]!.text;
  expect(findSecrets(Buffer.from(`a\n${key}\n\n${token} ${key}\n`))).toEqual([
    { line: 2, pattern: 'aws-access-key' },
    { line: 4, pattern: 'github-token' },
    { line: 4, pattern: 'aws-access-key' },
  ]);
  expect(findSecrets(Buffer.from(`${key}\n`.repeat(500)))).toHaveLength(20);
});

test('binary files and those over 2 MB are not looked into, all others are', async () => {
  const { text } = SECRETS[0]!;
  const root = temporaryFolder();
  write(root, {
    'binary.q': `\0${text}`,
    'large.q': `${'a: 1\n'.repeat(300_000)}${text}`,
    'larger.q': `${'a: 1\n'.repeat(450_000)}${text}`,
  });
  expect((await newPacker().scan(requestFor(root), ALWAYS)).secrets).toEqual([
    { path: 'large.q', line: 300_001, pattern: 'aws-access-key' },
  ]);
});

test('a scan names the file and the line, also when it is asked again', async () => {
  const root = temporaryFolder();
  write(root, {
    'cfg.q': `/ settings\n.aws.key:"${SECRETS[0]!.text}"\n`,
    'clean.q': 'a:1',
    'noise.bin': noise(5_000),
  });
  const packer = newPacker();
  const request = requestFor(root);
  const expected = [{ path: 'cfg.q', line: 2, pattern: 'aws-access-key' }];
  expect((await packer.scan(request, ALWAYS)).secrets).toEqual(expected);
  expect((await packer.scan(request, ALWAYS)).secrets).toEqual(expected);
});
