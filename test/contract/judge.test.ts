/** The judge objects to one broken exchange for each of its rules, and to none that is as the models have it. */
import { describe, expect, test } from 'vitest';
import type { Exchange } from './exchange';
import { judge } from './judge';
import { UNCHECKED } from './lawful';
import { modelOf } from './model';
import { type Finding, patternOf } from './values';

interface Sketch extends Partial<Omit<Exchange, 'requestBody' | 'replyBody'>> {
  readonly body?: unknown;
  readonly reply?: unknown;
}

const bytes = (value: unknown): Buffer =>
  Buffer.from(value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value));

function exchange({ body, reply, ...given }: Sketch): Exchange {
  return {
    service: 'finspace',
    method: 'GET',
    path: '/kx/environments',
    query: '',
    requestHeaders: { 'content-type': 'application/json' },
    status: 200,
    replyHeaders: {},
    requestBody: bytes(body),
    replyBody: bytes(reply ?? {}),
    ...given,
  };
}

const CODE = '/kx/environments/abc123/clusters/eq-rdb/configuration/code';
const GOOD_CODE = {
  clientToken: 'token-1',
  code: { s3Bucket: 'code-bucket', s3Key: 'a/b.zip' },
  initializationScript: 'rdb/init.q',
  commandLineArguments: [{ key: 's', value: '4' }],
  deploymentConfiguration: { deploymentStrategy: 'ROLLING' },
};
const update = (change: object): Sketch => ({ method: 'PUT', path: CODE, body: { ...GOOD_CODE, ...change } });

const INSIGHTS = { service: 'eks', method: 'POST', path: '/clusters/prod/insights' };
const NODEGROUP = { service: 'eks', method: 'POST', path: '/clusters/prod/node-groups/web/update-version' };
const SSM: Sketch = {
  service: 'ssm',
  method: 'POST',
  path: '/',
  requestHeaders: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'AmazonSSM.GetParameter' },
  body: { Name: '/a' },
};
const STS: Sketch = {
  service: 'sts',
  method: 'POST',
  path: '/',
  requestHeaders: { 'content-type': 'application/x-www-form-urlencoded' },
  body: 'Action=GetCallerIdentity&Version=2011-06-15',
};
const IDENTITY =
  '<GetCallerIdentityResponse xmlns="x"><GetCallerIdentityResult><Arn>arn:aws:sts::111122223333:assumed-role/a/b</Arn></GetCallerIdentityResult><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></GetCallerIdentityResponse>';
const S3: Sketch = { service: 's3', path: '/bucket', requestHeaders: {}, reply: '' };
const error = (status: number, code: string, reply: object = { message: 'm' }): Sketch => ({
  status,
  replyHeaders: { 'x-amzn-errortype': code },
  reply,
});

const words = (findings: readonly Finding[] | undefined): readonly string[] | undefined =>
  findings?.map(({ rule, where }) => `${rule} ${where}`);

describe('by the official models', () => {
  test.each<[string, Sketch]>([
    [
      'a list',
      { query: 'maxResults=5', reply: { environments: [{ status: 'CREATED', creationTimestamp: 1.7e9 }] } },
    ],
    ['a code update', update({})],
    [
      'a declared error',
      { ...update({}), ...error(409, 'ConflictException', { message: 'm', reason: 'r' }) },
    ],
    ['a common error', error(403, 'UnrecognizedClientException')],
    [
      'an EKS update',
      { ...NODEGROUP, body: { version: '1.33', force: true }, reply: { update: { status: 'InProgress' } } },
    ],
    [
      'repeated query parameters',
      { service: 'eks', path: '/cluster-versions', query: 'clusterVersions=1.32&clusterVersions=1.33' },
    ],
    ['JSON 1.1', { ...SSM, reply: { Parameter: { Type: 'String', Value: 'x', LastModifiedDate: 1.7e9 } } }],
    ['a JSON 1.1 error', { ...SSM, status: 400, reply: { __type: 'ParameterNotFound', message: 'm' } }],
    ['query', { ...STS, reply: IDENTITY }],
    [
      'a query error',
      {
        ...STS,
        status: 403,
        reply:
          '<ErrorResponse><Error><Type>Sender</Type><Code>SignatureDoesNotMatch</Code></Error></ErrorResponse>',
      },
    ],
    [
      'an S3 put',
      {
        ...S3,
        method: 'PUT',
        path: '/bucket/a/b.zip',
        query: 'x-id=PutObject',
        requestHeaders: { 'if-none-match': '*', 'x-amz-meta-a': 'b' },
        body: 'bytes',
      },
    ],
    [
      'an S3 part',
      { ...S3, method: 'PUT', path: '/bucket/a/b.zip', query: 'x-id=UploadPart&partNumber=1&uploadId=u' },
    ],
    [
      'an S3 list',
      {
        ...S3,
        query: 'list-type=2&prefix=a',
        reply:
          '<ListBucketResult><KeyCount>1</KeyCount><IsTruncated>false</IsTruncated><Contents><Key>a</Key><LastModified>2026-01-01T00:00:00.000Z</LastModified><Size>1</Size></Contents></ListBucketResult>',
      },
    ],
    [
      'an S3 location',
      { ...S3, query: 'location', reply: '<LocationConstraint xmlns="x">eu-west-1</LocationConstraint>' },
    ],
    [
      'an S3 document sent',
      {
        ...S3,
        method: 'PUT',
        query: 'versioning',
        body: '<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>',
      },
    ],
    [
      'an S3 error',
      { ...S3, path: '/bucket/a', status: 404, reply: '<Error><Code>NoSuchKey</Code></Error>' },
    ],
    ['an S3 error to HEAD', { ...S3, method: 'HEAD', path: '/bucket/a', status: 404 }],
  ])('%s has no findings', (_, sketch) => {
    expect(judge(exchange(sketch))).toEqual({ request: [], reply: [] });
  });

  test.each<[string, Sketch]>([
    ['operation GET /kx/nothing', { path: '/kx/nothing' }],
    ['operation DELETE /kx/environments', { method: 'DELETE' }],
    ['operation PATCH /', { ...SSM, method: 'PATCH' }],
    ['location clusterName', update({ clusterName: 'eq-rdb' })],
    ['location strategy', { query: 'strategy=FORCE' }],
    ['location x-amz-unheard-of', { ...S3, requestHeaders: { 'x-amz-unheard-of': '1' } }],
    ['location body', { ...S3, query: 'list-type=2', body: '<A></A>' }],
    ['unknown-member strategy', update({ strategy: 'FORCE' })],
    ['unknown-member code.bucket', update({ code: { bucket: 'x' } })],
    ['unknown-member Names', { ...SSM, body: { Name: '/a', Names: [] } }],
    [
      'unknown-member Id',
      { ...STS, body: 'Action=GetCallerIdentity&Version=2011-06-15&Id=1', reply: IDENTITY },
    ],
    ['required code', update({ code: undefined })],
    ['required deploymentConfiguration.deploymentStrategy', update({ deploymentConfiguration: {} })],
    ['required Name', { ...SSM, body: {} }],
    ['type initializationScript', update({ initializationScript: 7 })],
    ['type force', { ...NODEGROUP, body: { force: 'true' } }],
    ['type commandLineArguments', update({ commandLineArguments: {} })],
    ['type code', update({ code: 'x' })],
    ['type maxResults', { query: 'maxResults=many' }],
    ['type defaultOnly', { service: 'eks', path: '/cluster-versions', query: 'defaultOnly=yes' }],
    [
      'enum deploymentConfiguration.deploymentStrategy',
      update({ deploymentConfiguration: { deploymentStrategy: 'QUICK' } }),
    ],
    ['enum filter.statuses[0]', { ...INSIGHTS, body: { filter: { statuses: ['FINE'] } } }],
    ['pattern clusterName', { path: '/kx/environments/abc/clusters/-ab', method: 'GET' }],
    [
      'pattern commandLineArguments[0].key',
      update({ commandLineArguments: [{ key: 'secret;rm', value: '1' }] }),
    ],
    ['pattern code.s3Key', update({ code: { s3Bucket: 'code-bucket', s3Key: 'a b.zip' } })],
    ['length environmentId', { path: `/kx/environments/${'a'.repeat(33)}/clusters` }],
    ['length code.s3ObjectVersion', update({ code: { s3ObjectVersion: '' } })],
    ['range maxResults', { path: '/kx/environments/abc/clusters', query: 'maxResults=101' }],
    ['range maxResults', { ...INSIGHTS, body: { maxResults: 0 } }],
    ['protocol content-type', { ...update({}), requestHeaders: {} }],
    ['protocol body', { ...INSIGHTS, body: '{' }],
    ['protocol Version', { ...STS, body: 'Action=GetCallerIdentity&Version=2020-01-01', reply: IDENTITY }],
    [
      'timestamp IfModifiedSince',
      { ...S3, path: '/bucket/a', requestHeaders: { 'if-modified-since': '2026-01-01T00:00:00Z' } },
    ],
  ])('a request: %s', (expected, sketch) => {
    expect(words(judge(exchange(sketch))?.request)).toEqual([expected]);
  });

  test.each<[string, Sketch]>([
    ['status status', { status: 201 }],
    ['enum environments[0].status', { reply: { environments: [{ status: 'READY' }] } }],
    [
      'timestamp environments[0].creationTimestamp',
      { reply: { environments: [{ creationTimestamp: 1.7e12 }] } },
    ],
    [
      'timestamp environments[0].creationTimestamp',
      { reply: { environments: [{ creationTimestamp: '2026-01-01T00:00:00Z' }] } },
    ],
    ['pattern environments[0].environmentId', { reply: { environments: [{ environmentId: 'a_b' }] } }],
    ['unknown-member environment', { reply: { environment: {} } }],
    ['type environments', { reply: { environments: {} } }],
    ['protocol body', { reply: '<html>' }],
    [
      'timestamp Contents[0].LastModified',
      {
        ...S3,
        query: 'list-type=2',
        reply:
          '<ListBucketResult><Contents><LastModified>1700000000</LastModified></Contents></ListBucketResult>',
      },
    ],
    [
      'unknown-member Count',
      { ...S3, query: 'list-type=2', reply: '<ListBucketResult><Count>1</Count></ListBucketResult>' },
    ],
    ['protocol body', { ...STS, reply: '<GetCallerIdentityResponse></GetCallerIdentityResponse>' }],
    ['error-code reply', { status: 400, reply: { message: 'm' } }],
    ['error-code ResourceInUseException', error(409, 'ResourceInUseException')],
    ['error-status ValidationException', error(404, 'ValidationException')],
    ['error-status UnrecognizedClientException', error(500, 'UnrecognizedClientException')],
    [
      'unknown-member ConflictException.cause',
      { ...update({}), ...error(409, 'ConflictException', { message: 'm', cause: 'r' }) },
    ],
    [
      'error-status NoSuchKey',
      { ...S3, path: '/bucket/a', status: 400, reply: '<Error><Code>NoSuchKey</Code></Error>' },
    ],
    [
      'error-code NoSuchThing',
      { ...S3, path: '/bucket/a', status: 404, reply: '<Error><Code>NoSuchThing</Code></Error>' },
    ],
    ['error-code reply', { ...S3, method: 'HEAD', path: '/bucket/a', status: 418 }],
  ])('a reply: %s', (expected, sketch) => {
    expect(words(judge(exchange(sketch))?.reply)).toEqual([expected]);
  });

  test.each(UNCHECKED)('%s has no model, so its exchanges are unchecked', (service) => {
    expect(modelOf(service)).toBeUndefined();
    expect(judge(exchange({ service }))).toBeUndefined();
  });

  test.each(['finspace', 'eks', 'ssm', 'sts', 's3'])(
    'every pattern of %s is one that the judge can use',
    (service) => {
      const patterns = Object.values(modelOf(service)?.shapes ?? {}).flatMap(({ pattern }) => pattern ?? []);
      expect(patterns.filter((pattern) => pattern !== undefined)).not.toEqual([]);
      for (const pattern of patterns) patternOf(pattern);
    },
  );
});
