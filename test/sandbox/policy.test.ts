/** Which bucket policies let the sandbox's FinSpace read code. */
import { expect, test } from 'vitest';
import { lackingAction } from '../../src/sandbox/finspace/policy';
import { finspacePolicy } from '../../src/sandbox/seed/buckets';

const OBJECT = { bucket: 'code', key: 'a/b.zip', versionId: '1' };
const READER = {
  accountId: '111122223333',
  sourceArn: 'arn:aws:finspace:us-east-1:111122223333:kxEnvironment/env1/kxCluster/rdb',
};

interface Statement {
  readonly Effect?: string;
  readonly Principal?: unknown;
  readonly Action?: unknown;
  readonly Resource?: unknown;
  readonly Condition?: unknown;
}

const all: Statement = {
  Effect: 'Allow',
  Principal: { Service: 'finspace.amazonaws.com' },
  Action: ['s3:GetObject*', 's3:ListBucket'],
  Resource: ['arn:aws:s3:::code', 'arn:aws:s3:::code/*'],
};
const policy = (...statements: readonly Statement[]): string => JSON.stringify({ Statement: statements });
const when = (Condition: unknown): Statement => ({ ...all, Condition });

test.each<[string, string | undefined, string | undefined]>([
  ['no policy', undefined, 's3:ListBucket'],
  ['the one that AWS recommends', finspacePolicy('code', 'us-east-1', READER.accountId), undefined],
  ['the one of another region', finspacePolicy('code', 'eu-west-1', READER.accountId), 's3:ListBucket'],
  ['the one of another account', finspacePolicy('code', 'us-east-1', '999'), 's3:ListBucket'],
  ['everything for it', policy(all), undefined],
  ['everything for everybody', policy({ ...all, Principal: '*' }), undefined],
  [
    'several services',
    policy({ ...all, Principal: { Service: ['a.amazonaws.com', 'finspace.amazonaws.com'] } }),
    undefined,
  ],
  ['another service', policy({ ...all, Principal: { Service: 'lambda.amazonaws.com' } }), 's3:ListBucket'],
  ['people alone', policy({ ...all, Principal: { AWS: '*' } }), 's3:ListBucket'],
  ['actions in other capitals', policy({ ...all, Action: 'S3:*' }), undefined],
  ['objects alone', policy({ ...all, Resource: 'arn:aws:s3:::code/*' }), 's3:ListBucket'],
  ['the bucket alone', policy({ ...all, Resource: 'arn:aws:s3:::code' }), 's3:GetObject'],
  [
    'another prefix',
    policy({ ...all, Resource: ['arn:aws:s3:::code', 'arn:aws:s3:::code/b/*'] }),
    's3:GetObject',
  ],
  [
    'one letter open',
    policy({ ...all, Resource: ['arn:aws:s3:::code', 'arn:aws:s3:::code/?/b.zip'] }),
    undefined,
  ],
  [
    'no tags',
    policy({ ...all, Action: ['s3:ListBucket', 's3:GetObject', 's3:GetObjectVersion'] }),
    's3:GetObjectTagging',
  ],
  [
    'no versions',
    policy({ ...all, Action: ['s3:ListBucket', 's3:GetObject', 's3:GetObjectTagging'] }),
    's3:GetObjectVersion',
  ],
  ['a refusal besides', policy(all, { ...all, Effect: 'Deny', Action: 's3:GetObject' }), 's3:GetObject'],
  [
    'a refusal for others besides',
    policy(all, { ...all, Effect: 'Deny', Condition: { StringEquals: { 'aws:SourceAccount': '999' } } }),
    undefined,
  ],
  [
    'its environment',
    policy(when({ ArnLike: { 'aws:SourceArn': 'arn:aws:finspace:*:*:kxEnvironment/env1/*' } })),
    undefined,
  ],
  [
    'another environment',
    policy(when({ ArnLike: { 'aws:SourceArn': 'arn:aws:finspace:*:*:kxEnvironment/env2/*' } })),
    's3:ListBucket',
  ],
  [
    'one of two environments',
    policy(when({ StringLike: { 'AWS:SourceArn': ['*/env2/*', '*/env1/*'] } })),
    undefined,
  ],
  [
    'wildcards in an exact condition',
    policy(when({ StringEquals: { 'aws:SourceArn': '*' } })),
    's3:ListBucket',
  ],
  [
    'a condition that is not known',
    policy(when({ IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } })),
    's3:ListBucket',
  ],
  ...['__proto__', 'constructor', 'toString'].map((name): [string, string, string] => [
    `a condition on ${name}, which every object has`,
    policy(when(JSON.parse(`{"StringLike":{"${name}":"*"}}`))),
    's3:ListBucket',
  ]),
  [
    'a refusal under a condition that is not known',
    policy(all, { ...all, Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
    's3:ListBucket',
  ],
])('%s', (_, text, lacking) => {
  expect(lackingAction(text, OBJECT, READER)).toBe(lacking);
});

test('the right to read versions is needed only where a version is named', () => {
  const text = policy({ ...all, Action: ['s3:ListBucket', 's3:GetObject', 's3:GetObjectTagging'] });
  expect(lackingAction(text, { bucket: 'code', key: 'a/b.zip' }, READER)).toBeUndefined();
});
