import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AwsPorts } from '../../src/aws/contract';
import { judgeEnd } from '../../src/aws/finspace/end-of-service';
import { type AwsFailure, type Failure, failureOf } from '../../src/model/failure';
import { type OpenedAws, openAws, staticProfile } from './open-aws';
import { type Reply, type ScriptedServer, startScriptedServer } from './scripted-server';

const signal = new AbortController().signal;
let server: ScriptedServer;
let opened: OpenedAws;
/** One try a call, so that each reply is what the failure is made of. */
let ports: AwsPorts;

beforeAll(async () => {
  server = await startScriptedServer();
  opened = await openAws();
  await opened.profiles({ config: staticProfile('p', server.url) });
  ports = (await opened.profile('p')).following;
});
afterAll(async () => {
  await opened.close();
  await server.close();
});

/** One call of each protocol that the services speak, both generations of the SDK among them. */
const calls = {
  finspace: () => ports.finspace.listEnvironments(undefined, signal),
  eks: () => ports.eks.listClusters(undefined, signal),
  s3: () => ports.objects.listBuckets(undefined, signal),
  's3 head': () => ports.objects.head({ bucket: 'b', key: 'k' }, signal),
  sts: () => ports.identities.whoAmI(signal),
  ssm: () => ports.images.get('/p', signal),
  ec2: () => ports.compute.subnets(['subnet-1'], signal),
  logs: () => ports.logs.events('g', 0, undefined, signal),
} as const;
type Call = keyof typeof calls;
/** What the failure names, besides the operation. */
const RESOURCES: { readonly [call in Call]?: string } = { ssm: '/p', ec2: 'subnet-1', logs: 'g' };
const everyCall = Object.keys(calls) as Call[];

async function failureOn(call: Call, reply: Reply): Promise<Failure> {
  server.answer(reply);
  return await calls[call]().then(
    (output) => {
      throw new Error(`${call} did not fail but gave ${JSON.stringify(output)}`);
    },
    (thrown: unknown) => failureOf(thrown),
  );
}

/** A refusal as the service's own protocol puts it. */
function refusal(call: Call, status: number, code: string, message: string, more: object = {}): Reply {
  switch (call) {
    case 'finspace':
    case 'eks':
      return {
        status,
        headers: { 'content-type': 'application/json', 'x-amzn-requestid': 'rid', 'x-amzn-errortype': code },
        body: JSON.stringify({ message, ...more }),
      };
    case 'ssm':
    case 'logs':
      return {
        status,
        headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': 'rid' },
        body: JSON.stringify({ __type: `com.amazonaws#${code}`, message }),
      };
    case 'sts':
      return {
        status,
        headers: { 'content-type': 'text/xml', 'x-amzn-requestid': 'rid' },
        body: `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>rid</RequestId></ErrorResponse>`,
      };
    case 'ec2':
      return {
        status,
        headers: { 'content-type': 'text/xml', 'x-amzn-requestid': 'rid' },
        body: `<?xml version="1.0" encoding="UTF-8"?><Response><Errors><Error><Code>${code}</Code><Message>${message}</Message></Error></Errors><RequestID>rid</RequestID></Response>`,
      };
    default:
      return {
        status,
        headers: { 'content-type': 'application/xml', 'x-amz-request-id': 'rid' },
        body: `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${message}</Message><RequestId>rid</RequestId></Error>`,
      };
  }
}

const HTML = { 'content-type': 'text/html; charset=utf-8' };

type Expected = Partial<AwsFailure>;

describe('refusals of AWS', () => {
  const passing = { passing: true, answered: true };
  const lasting = { passing: false, answered: true };
  it.each<[Call, number, string, Expected]>([
    ['finspace', 400, 'ValidationException', { reason: 'invalid', ...lasting }],
    ['finspace', 400, 'LimitExceededException', { reason: 'limit', ...lasting }],
    ['finspace', 403, 'AccessDeniedException', { reason: 'access-denied', ...lasting }],
    ['finspace', 404, 'ResourceNotFoundException', { reason: 'not-found', ...lasting }],
    ['finspace', 404, 'UnknownOperationException', { reason: 'service-ended', ...lasting }],
    ['finspace', 409, 'ConflictException', { reason: 'conflict', ...lasting }],
    ['finspace', 410, 'GoneException', { reason: 'service-ended', ...lasting }],
    ['finspace', 429, 'ThrottlingException', { reason: 'throttled', ...passing }],
    ['finspace', 400, 'ThrottlingException', { reason: 'throttled', ...passing }],
    ['finspace', 500, 'InternalServerException', { reason: 'server', ...passing }],
    ['eks', 400, 'InvalidParameterException', { reason: 'invalid', ...lasting }],
    ['eks', 400, 'InvalidRequestException', { reason: 'invalid', ...lasting }],
    ['eks', 400, 'ClientException', { reason: 'invalid', ...lasting }],
    ['eks', 400, 'ResourceLimitExceededException', { reason: 'limit', ...lasting }],
    ['eks', 403, 'AccessDeniedException', { reason: 'access-denied', ...lasting }],
    ['eks', 404, 'ResourceNotFoundException', { reason: 'not-found', ...lasting }],
    ['eks', 409, 'ResourceInUseException', { reason: 'conflict', ...lasting }],
    ['eks', 429, 'TooManyRequestsException', { reason: 'throttled', ...passing }],
    ['eks', 500, 'ServerException', { reason: 'server', ...passing }],
    ['eks', 503, 'ServiceUnavailableException', { reason: 'server', ...passing }],
    ['eks', 418, 'TeapotException', { reason: 'other', ...lasting }],
    ['s3', 403, 'AccessDenied', { reason: 'access-denied', ...lasting }],
    ['s3', 403, 'AllAccessDisabled', { reason: 'access-denied', ...lasting }],
    ['s3', 404, 'NoSuchBucket', { reason: 'not-found', ...lasting }],
    ['s3', 404, 'NoSuchUpload', { reason: 'not-found', ...lasting }],
    ['s3', 400, 'BadDigest', { reason: 'bad-digest', ...passing }],
    ['s3', 400, 'XAmzContentSHA256Mismatch', { reason: 'bad-digest', ...passing }],
    ['s3', 400, 'RequestTimeout', { reason: 'server', ...passing }],
    ['s3', 400, 'EntityTooLarge', { reason: 'invalid', ...lasting }],
    ['s3', 409, 'ConditionalRequestConflict', { reason: 'conflict', ...passing }],
    ['s3', 409, 'OperationAborted', { reason: 'conflict', ...passing }],
    ['s3', 409, 'BucketNotEmpty', { reason: 'conflict', ...lasting }],
    ['s3', 412, 'PreconditionFailed', { reason: 'precondition', ...lasting }],
    ['s3', 500, 'InternalError', { reason: 'server', ...passing }],
    ['s3', 503, 'SlowDown', { reason: 'throttled', ...passing }],
    ['sts', 403, 'AccessDenied', { reason: 'access-denied', ...lasting }],
    ['sts', 400, 'Throttling', { reason: 'throttled', ...passing }],
    ['ssm', 400, 'AccessDeniedException', { reason: 'access-denied', ...lasting }],
    ['ssm', 400, 'ThrottlingException', { reason: 'throttled', ...passing }],
    ['ssm', 500, 'InternalServerError', { reason: 'server', ...passing }],
    ['ec2', 403, 'UnauthorizedOperation', { reason: 'access-denied', ...lasting }],
    ['ec2', 400, 'InvalidSubnetID.NotFound', { reason: 'not-found', ...lasting }],
    ['ec2', 400, 'InvalidLaunchTemplateName.NotFoundException', { reason: 'not-found', ...lasting }],
    ['ec2', 503, 'RequestLimitExceeded', { reason: 'throttled', ...passing }],
    ['logs', 400, 'ResourceNotFoundException', { reason: 'not-found', ...lasting }],
    ['logs', 400, 'ServiceUnavailableException', { reason: 'server', ...passing }],
  ])('%s %i %s', async (call, status, code, expected) => {
    const failure = await failureOn(call, refusal(call, status, code, 'In the words of AWS.'));
    expect(failure).toEqual({
      kind: 'aws',
      service: call,
      operation: expect.any(String),
      ...(RESOURCES[call] && { resource: RESOURCES[call] }),
      name: code,
      message: 'In the words of AWS.',
      status,
      requestId: 'rid',
      ...expected,
    });
  });

  it('without a body are told with the object and its version', async () => {
    server.answer({ status: 403, headers: {}, body: '' });
    const at = { bucket: 'b', key: 'a/k.zip', versionId: 'v1' };
    const failure = await ports.objects.head(at, signal).then(undefined, failureOf);
    expect(failure).toMatchObject({
      reason: 'access-denied',
      operation: 'HeadObject',
      resource: 's3://b/a/k.zip?versionId=v1',
    });
  });

  it('keeps the reason of a conflict', async () => {
    const reply = refusal('finspace', 409, 'ConflictException', 'Busy.', { reason: 'UPDATING' });
    expect(await failureOn('finspace', reply)).toMatchObject({ message: 'Busy. (UPDATING)' });
  });

  it.each<[Call, number, string, string]>([
    ['eks', 403, 'ExpiredTokenException', 'expired'],
    ['s3', 400, 'ExpiredToken', 'expired'],
    ['ec2', 400, 'RequestExpired', 'expired'],
    ['eks', 403, 'UnrecognizedClientException', 'rejected'],
    ['finspace', 403, 'InvalidSignatureException', 'rejected'],
    ['s3', 403, 'InvalidAccessKeyId', 'rejected'],
    ['s3', 403, 'SignatureDoesNotMatch', 'rejected'],
    ['sts', 403, 'InvalidClientTokenId', 'rejected'],
    ['ec2', 401, 'AuthFailure', 'rejected'],
  ])('%s %i %s is about the credentials', async (call, status, code, problem) => {
    const failure = await failureOn(call, refusal(call, status, code, 'In the words of AWS.'));
    expect(failure).toEqual({ kind: 'credentials', problem, message: 'In the words of AWS.' });
  });

  it('says where a bucket is that was asked for in the wrong region', async () => {
    const reply = refusal('s3', 301, 'PermanentRedirect', 'Use another endpoint.');
    if (typeof reply === 'string') throw new Error('no reply');
    const headers = { ...reply.headers, 'x-amz-bucket-region': 'eu-west-1' };
    expect(await failureOn('s3', { ...reply, headers })).toMatchObject({
      reason: 'invalid',
      name: 'PermanentRedirect',
      message: 'Use another endpoint. (the bucket is in eu-west-1)',
      passing: false,
    });
    // A HEAD has no body, so no words of AWS either.
    expect(await failureOn('s3 head', { status: 301, headers })).toMatchObject({
      reason: 'invalid',
      name: 'HTTP 301',
      message: 'HTTP 301 Moved Permanently (the bucket is in eu-west-1)',
    });
  });

  it.each([
    [400, 'invalid'],
    [403, 'access-denied'],
    [412, 'precondition'],
    [500, 'server'],
    [503, 'server'],
  ])('a HEAD that is refused by %i alone', async (status, reason) => {
    const headers = { 'x-amz-request-id': 'rid' };
    expect(await failureOn('s3 head', { status, headers })).toMatchObject({
      reason,
      name: `HTTP ${status}`,
      requestId: 'rid',
      answered: true,
    });
  });
});

describe('answers in which no service of AWS speaks', () => {
  it.each(everyCall)(
    '%s: an HTML 503 is a server’s that passes, and leaves open what became of it',
    async (call) => {
      const failure = await failureOn(call, {
        status: 503,
        headers: HTML,
        body: '<html><body>Sorry<br></body></html>',
      });
      expect(failure).toMatchObject({
        reason: 'server',
        name: 'HTTP 503',
        message: 'HTTP 503 Service Unavailable with a web page in place of an answer of AWS',
        status: 503,
        passing: true,
        answered: false,
      });
    },
  );

  it.each(everyCall)('%s: an empty 502 as well', async (call) => {
    expect(await failureOn(call, { status: 502 })).toMatchObject({
      reason: 'server',
      name: 'HTTP 502',
      message: 'HTTP 502 Bad Gateway without an answer of AWS',
      passing: true,
      answered: false,
    });
  });

  it.each([200, 403, 404])('FinSpace’s page with %i is its end', async (status) => {
    const reply = { status, headers: HTML, body: '<!DOCTYPE html><p>Gone<br>' };
    expect(await failureOn('finspace', reply)).toMatchObject({
      reason: 'service-ended',
      // Or a portal's that wants a log-in.
      passing: status === 200,
      answered: false,
    });
  });

  it('so is its 410 without a word', async () => {
    expect(await failureOn('finspace', { status: 410 })).toMatchObject({
      reason: 'service-ended',
      passing: false,
    });
  });

  it.each<Call>(['eks', 's3', 's3 head', 'ssm', 'sts', 'ec2', 'logs'])(
    '%s: a page with 200 is a network’s, and passes',
    async (call) => {
      const failure = await failureOn(call, {
        status: 200,
        headers: HTML,
        body: '<html><p>Log in<br></html>',
      });
      expect(failure).toMatchObject({ reason: 'network', name: 'HTTP 200', passing: true, answered: false });
    },
  );

  it.each<Call>(['finspace', 'eks', 'ssm', 'logs'])('%s: half a document is none', async (call) => {
    const headers = { 'content-type': 'application/json', 'x-amzn-requestid': 'rid' };
    const failure = await failureOn(call, { status: 200, headers, body: '{"clusters": [' });
    expect(failure).toMatchObject({ reason: 'network', name: 'HTTP 200', passing: true, answered: false });
  });
});

describe('the way there', () => {
  const doubtful = { reason: 'network', passing: true, answered: false };
  it.each(everyCall)('%s: a connection that breaks leaves open what became of it', async (call) => {
    expect(await failureOn(call, 'reset')).toMatchObject({ ...doubtful, name: 'ECONNRESET' });
  });

  it.each<Call>(['finspace', 'eks', 's3', 'ssm', 'sts', 'ec2', 'logs'])(
    '%s: so does half an answer',
    async (call) => {
      const reply = { status: 200, body: '{"clusters": ["a", "b", "c"], "environments": []}', cut: true };
      expect(await failureOn(call, reply)).toMatchObject({ ...doubtful, name: 'ECONNRESET' });
    },
  );

  it('a refused connection leaves nothing open: nothing was sent', async () => {
    const gone = await startScriptedServer();
    await gone.close();
    await opened.profiles({ config: staticProfile('gone', gone.url) });
    const { following } = await opened.profile('gone');
    for (const ask of [
      following.finspace.listEnvironments(undefined, signal),
      following.eks.listClusters(undefined, signal),
      following.objects.listBuckets(undefined, signal),
    ]) {
      expect(failureOf(await ask.catch((thrown: unknown) => thrown))).toMatchObject({
        reason: 'network',
        name: 'ECONNREFUSED',
        passing: true,
        answered: true,
      });
    }
  });

  it('a server that does not speak TLS is not asked again', async () => {
    await opened.profiles({ config: staticProfile('tls', server.url.replace('http:', 'https:')) });
    const { interactive } = await opened.profile('tls');
    const thrown = await interactive.eks.listClusters(undefined, signal).catch((error: unknown) => error);
    expect(failureOf(thrown)).toMatchObject({ reason: 'network', passing: false, answered: true });
  });

  it('a cancellation is one, whatever its reason', async () => {
    server.answer('hang');
    const reasons = [undefined, new Error('closed'), new DOMException('late', 'TimeoutError')];
    for (const reason of reasons) {
      const cancel = new AbortController();
      const before = server.received.length;
      const call = ports.finspace.listEnvironments(undefined, cancel.signal).catch(failureOf);
      const other = ports.eks.listClusters(undefined, cancel.signal).catch(failureOf);
      await server.receivedAtLeast(before + 2);
      cancel.abort(reason);
      expect(await Promise.all([call, other])).toEqual([{ kind: 'cancelled' }, { kind: 'cancelled' }]);
    }
  });
});

describe('a host of FinSpace that is not to be found', () => {
  const missing: AwsFailure = {
    kind: 'aws',
    reason: 'network',
    service: 'finspace',
    operation: 'ListKxEnvironments',
    name: 'ENOTFOUND',
    message: 'getaddrinfo ENOTFOUND finspace.us-east-1.amazonaws.com',
    passing: true,
    answered: true,
  };
  const found = async () => ({ address: '127.0.0.1' });
  const offline = async () => {
    throw new Error('offline');
  };

  it('is the end of the service where other hosts are found', async () => {
    const ended = { ...missing, reason: 'service-ended', passing: false };
    expect(await judgeEnd(missing, 'us-east-1', found)).toEqual(ended);
  });
  it('means nothing while no host is found', async () => {
    expect(await judgeEnd(missing, 'us-east-1', offline)).toEqual(missing);
  });
  it('never was there in a region without the service', async () => {
    expect(await judgeEnd(missing, 'eu-north-1', found)).toMatchObject({ reason: 'other', passing: false });
  });
  it('is told from a connection that broke', async () => {
    const broken = { ...missing, name: 'ECONNRESET' };
    expect(await judgeEnd(broken, 'us-east-1', found)).toEqual(broken);
  });
});
