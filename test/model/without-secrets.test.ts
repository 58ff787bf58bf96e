/** Secrets are taken out of sentences of others; the sentences stay readable. */
import { expect, test } from 'vitest';
import { withoutSecrets, withoutValues } from '../../src/model/without-secrets';

const KEY_ID = `AKIA${'Q3ZT'.repeat(4)}`;
const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYzzQ7LsKe9a';
const TOKEN = `IQoJb3JpZ2luX2Vj${'aB3/xY9+'.repeat(40)}`;

test.each([
  [`the key ${KEY_ID} is not active`, KEY_ID],
  [`SecretAccessKey: ${SECRET}`, SECRET],
  [`{"Version":1,"SecretAccessKey":"short-one"}`, 'short-one'],
  [`{\\"SessionToken\\":\\"short-two\\"}`, 'short-two'],
  [`aws_secret_access_key = abc/def`, 'abc/def'],
  [`computed with ${SECRET} and refused`, SECRET],
  [`token ${TOKEN} has expired`, TOKEN],
  ['export VAULT_TOKEN=s.8aXb21', 's.8aXb21'],
  ['--password hunter2 is wrong', 'hunter2'],
  ['-db-token=hunter2', 'hunter2'],
  ['password: hunter', 'hunter'],
  ['the password is hunter2', 'hunter2'],
  ["passphrase='two words'", 'two words'],
  ['Authorization: AWS4-HMAC-SHA256 Credential=ABCD/2026, Signature=0123abcd', '0123abcd'],
  ['Authorization: Bearer abc.def-ghi', 'abc.def-ghi'],
  ['https://b.s3.amazonaws.com/k?X-Amz-Credential=AB%2F1&X-Amz-Signature=feed01&x=1', 'feed01'],
  ['https://b.s3.amazonaws.com/k?X-Amz-Security-Token=feed02', 'feed02'],
  ['postgres://joe:hunter2@db/x', 'hunter2'],
  ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl', 'eyJzdWIiOiIxMjM0In0'],
  ['-----BEGIN RSA PRIVATE KEY-----\nMIIEhunter\n-----END RSA PRIVATE KEY-----', 'MIIEhunter'],
  ['-----BEGIN PRIVATE KEY-----\nMIIEhunter', 'MIIEhunter'],
  [`ghp_${'a1B2'.repeat(9)}`, `ghp_${'a1B2'.repeat(9)}`],
])('%s', (text, secret) => {
  expect(withoutSecrets(text)).not.toContain(secret);
  expect(withoutSecrets(text)).toContain('***');
});

test.each([
  'The security token included in the request is expired',
  'Invalid token: expired. Sign in again.',
  'User: arn:aws:sts::111122223333:assumed-role/Dev/joe is not authorized to perform: eks:ListClusters',
  'The key slipway/code/3f9a1c27b0d45e68897766554433221100ffeeddccbbaa998877665544332211.zip is not there',
  'Your session has expired. Run aws sso login --profile prod',
  'commit 3f9a1c27b0d45e68897766554433221100ffeedd',
  '/home/joe/projects/trading/equities/code/init.q: no such file',
  'Secrets Manager, tokens and passwords are not read',
])('%s stays as it is', (text) => {
  expect(withoutSecrets(text)).toBe(text);
});

test('a long text costs time in proportion', () => {
  const worst = [
    'password',
    'token-',
    'a:',
    '--',
    '-----BEGIN PRIVATE KEY',
    'eyJ',
    'A1b/',
    'x://',
    '?sig=',
    '"',
  ]
    .map((part) => part.repeat(200_000 / part.length))
    .join(' ');
  const begun = process.cpuUsage();
  withoutSecrets(worst);
  const { user } = process.cpuUsage(begun);
  // A square of two million steps would take minutes.
  expect(user / 1e6).toBeLessThan(20);
});

test('known values go, the longest first, and short ones stay', () => {
  expect(withoutValues('-pass hunter2 hunter2x abc', ['abc', 'hunter2', 'hunter2x'])).toBe(
    '-pass *** *** abc',
  );
});
