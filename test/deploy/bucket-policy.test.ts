/** What a bucket's policy means for FinSpace, and that what cannot be judged is called unknown. */
import { describe, expect, test } from 'vitest';
import { bucketPolicyCheck, policyFor } from '../../src/deploy/finspace/checks/bucket-policy';
import { known } from '../../src/plan/optional-read';

const READER = { accountId: '111122223333', region: 'us-east-1', environmentId: 'e1', clusterName: 'rdb' };
const OBJECT = { bucket: 'acme', key: 'slipway/code/x.zip' };
const FINSPACE = { Service: 'finspace.amazonaws.com' };
const ALLOW = {
  Effect: 'Allow',
  Principal: FINSPACE,
  Action: 's3:*',
  Resource: ['arn:aws:s3:::acme', 'arn:aws:s3:::acme/*'],
};

const judge = (...statements: readonly object[]) =>
  bucketPolicyCheck(known(JSON.stringify({ Version: '2012-10-17', Statement: statements })), OBJECT, READER);
const finding = (...statements: readonly object[]) => judge(...statements).code.replace('bucket-policy.', '');
const when = (Condition: object) => ({ ...ALLOW, Condition });

describe('an allowing statement', () => {
  test('the one that Slipway proposes is enough', () => {
    expect(finding(...(policyFor('acme', READER) as object[]))).toBe('lets-read');
  });

  test.each<readonly [string, object, string]>([
    ['everything', ALLOW, 'lets-read'],
    ['everybody', { ...ALLOW, Principal: '*' }, 'lets-read'],
    ['every AWS principal', { ...ALLOW, Principal: { AWS: '*' } }, 'lets-read'],
    [
      'several services',
      { ...ALLOW, Principal: { Service: ['eks.amazonaws.com', 'finspace.amazonaws.com'] } },
      'lets-read',
    ],
    ['another service', { ...ALLOW, Principal: { Service: 'eks.amazonaws.com' } }, 'lacks'],
    ['an account', { ...ALLOW, Principal: { AWS: 'arn:aws:iam::111122223333:root' } }, 'lacks'],
    [
      'all but another service',
      { ...ALLOW, Principal: undefined, NotPrincipal: { Service: 'eks.amazonaws.com' } },
      'lets-read',
    ],
    ['all but FinSpace', { ...ALLOW, Principal: undefined, NotPrincipal: FINSPACE }, 'lacks'],
    ['another case', { ...ALLOW, Action: ['S3:get*', 's3:LISTBUCKET'] }, 'lets-read'],
    ['one character', { ...ALLOW, Action: ['s3:?etObject*', 's3:ListBucket'] }, 'lets-read'],
    ['no tags', { ...ALLOW, Action: ['s3:GetObject', 's3:GetObjectVersion', 's3:ListBucket'] }, 'lacks'],
    ['all but tags', { ...ALLOW, Action: undefined, NotAction: 's3:GetObjectTagging' }, 'lacks'],
    ['all but deleting', { ...ALLOW, Action: undefined, NotAction: 's3:Delete*' }, 'lets-read'],
    ['the objects only', { ...ALLOW, Resource: 'arn:aws:s3:::acme/*' }, 'lacks'],
    ['the bucket only', { ...ALLOW, Resource: 'arn:aws:s3:::acme' }, 'lacks'],
    ['other objects', { ...ALLOW, Resource: ['arn:aws:s3:::acme', 'arn:aws:s3:::acme/other/*'] }, 'lacks'],
    [
      'all but other objects',
      { ...ALLOW, Resource: undefined, NotResource: 'arn:aws:s3:::acme/other/*' },
      'lets-read',
    ],
    [
      'a dot that is no wildcard',
      { ...ALLOW, Resource: ['arn:aws:s3:::acme', 'arn:aws:s3:::acme/slipway/code/x.z.p'] },
      'lacks',
    ],
    ['its account', when({ StringEquals: { 'aws:SourceAccount': '111122223333' } }), 'lets-read'],
    ['its account, as a number', when({ StringEquals: { 'aws:SourceAccount': 111122223333 } }), 'lets-read'],
    ['another account', when({ StringEquals: { 'AWS:sourceaccount': ['999922223333'] } }), 'lacks'],
    [
      'its environment',
      when({ ArnLike: { 'aws:SourceArn': 'arn:aws:finspace:us-east-1:111122223333:kxEnvironment/e1/*' } }),
      'lets-read',
    ],
    [
      'another environment',
      when({ ArnLike: { 'aws:SourceArn': 'arn:aws:finspace:us-east-1:111122223333:kxEnvironment/e2/*' } }),
      'lacks',
    ],
    ...[
      ['each part by its wildcards', 'arn:*:finspace:us-*:*:kxEnvironment/e1/*', 'lets-read'],
      ['one character a time', 'arn:aws:finspace:us-east-?:11112222????:kxEnvironment/e?/*', 'lets-read'],
      ['its last part, slashes and all', 'arn:aws:finspace:us-east-1:111122223333:*', 'lets-read'],
      ['a star over two parts', 'arn:aws:finspace:*:kxEnvironment/e1/*', 'lacks'],
      ['a star over all parts but the last', 'arn:*:kxEnvironment/e1/*', 'lacks'],
      ['a star over the end', 'arn:aws:finspace:us-east-1:*', 'lacks'],
      ['a star over the middle', 'arn:aws:*:us-east-1:kxEnvironment/e1/kxCluster/*', 'lacks'],
      ['a character for a colon', 'arn:aws:finspace:us-east-1?111122223333:kxEnvironment/e1/*', 'lacks'],
      ['parts of another ARN', 'arn:aws:finspace:*:us-east-1:111122223333:kxEnvironment/e1/*', 'lacks'],
    ].flatMap(([name, pattern, verdict = '']): (readonly [string, object, string])[] =>
      ['ArnLike', 'ArnEquals', 'ArnLikeIfExists'].map(
        (operator) =>
          [`${operator}: ${name}`, when({ [operator]: { 'aws:SourceArn': pattern } }), verdict] as const,
      ),
    ),
    [
      'a text as long as it likes',
      when({ StringLike: { 'aws:SourceArn': 'arn:aws:*:kxEnvironment/e1/*' } }),
      'lets-read',
    ],
    [
      'all but a star that goes past a colon',
      when({ ArnNotLike: { 'aws:SourceArn': 'arn:aws:finspace:*' } }),
      'lets-read',
    ],
    ['another region', when({ StringLike: { 'aws:SourceArn': 'arn:aws:finspace:eu-west-1:*' } }), 'lacks'],
    ['a star that is none', when({ StringEquals: { 'aws:SourceArn': 'arn:aws:finspace:*' } }), 'lacks'],
    ['anything but itself', when({ StringNotEquals: { 'aws:SourceAccount': '111122223333' } }), 'lacks'],
    ['a condition that nobody here knows', when({ IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }), 'unknown'],
    ['a key that nobody here knows', when({ StringEquals: { 'aws:PrincipalOrgID': 'o-1' } }), 'unknown'],
    [
      'an unknown condition beside one that fails',
      when({ StringEquals: { 'aws:SourceAccount': '9', 'aws:PrincipalOrgID': 'o' } }),
      'lacks',
    ],
    ['a damaged condition', when(['x']), 'unknown'],
  ])('for %s', (_what, statement, expected) => {
    expect(finding(statement)).toBe(expected);
  });

  test('several may share the work', () => {
    const objects = { ...ALLOW, Action: 's3:GetObject*', Resource: 'arn:aws:s3:::acme/*' };
    const bucket = { ...ALLOW, Action: 's3:ListBucket', Resource: 'arn:aws:s3:::acme' };
    expect(finding(objects, bucket)).toBe('lets-read');
    expect(judge(objects)).toMatchObject({
      code: 'bucket-policy.lacks',
      facts: { actions: ['s3:ListBucket'] },
    });
  });
});

describe('a denying statement', () => {
  const DENY = { ...ALLOW, Sid: 'Never', Effect: 'Deny', Principal: '*' };

  test('wins, and is named', () => {
    expect(judge(ALLOW, DENY)).toMatchObject({
      code: 'bucket-policy.denies',
      facts: { statements: ['Never'] },
    });
    expect(judge(ALLOW, { ...DENY, Sid: undefined })).toMatchObject({ facts: { statements: ['2'] } });
  });

  test('against plain HTTP does not concern FinSpace', () => {
    expect(finding(ALLOW, { ...DENY, Condition: { Bool: { 'aws:SecureTransport': 'false' } } })).toBe(
      'lets-read',
    );
    expect(finding(ALLOW, { ...DENY, Condition: { Bool: { 'aws:SecureTransport': false } } })).toBe(
      'lets-read',
    );
  });

  test('that may apply leaves it unknown', () => {
    expect(finding(ALLOW, { ...DENY, Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } } })).toBe(
      'unknown',
    );
  });

  test('for others does not count', () => {
    expect(finding(ALLOW, { ...DENY, Principal: { AWS: 'arn:aws:iam::1:root' } })).toBe('lets-read');
    expect(finding(ALLOW, { ...DENY, Action: 's3:DeleteObject' })).toBe('lets-read');
  });
});

test('no policy lets nobody read, and a policy that is no JSON is unknown', () => {
  expect(bucketPolicyCheck(known(undefined), OBJECT, READER)).toMatchObject({
    code: 'bucket-policy.lacks',
    verdict: 'warn',
    remedy: 'add-bucket-policy',
    facts: { statement: policyFor('acme', READER) },
  });
  expect(bucketPolicyCheck(known('{'), OBJECT, READER).code).toBe('bucket-policy.unknown');
  expect(bucketPolicyCheck(known('7'), OBJECT, READER).code).toBe('bucket-policy.lacks');
  expect(judge(ALLOW).code).toBe('bucket-policy.lets-read');
});
