/** What reports success and is not the service's answer passes and leaves open what became of the request. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ruledOperations } from '../../src/aws/validation/rules';
import { failureOf } from '../../src/model/failure';
import { type Good, goodAnswers } from './good-answers';
import { type OpenedAws, openAws, staticProfile } from './open-aws';
import { type ScriptedServer, startScriptedServer } from './scripted-server';

let server: ScriptedServer;
let opened: OpenedAws;
let good: Readonly<Record<string, Good>>;

beforeAll(async () => {
  server = await startScriptedServer();
  opened = await openAws();
  await opened.profiles({ config: staticProfile('p', server.url) });
  await renew();
});
afterAll(async () => {
  await opened.close();
  await server.close();
});

/** A session that remembers no identity. */
async function renew(operation = 'GetCallerIdentity'): Promise<void> {
  if (operation !== 'GetCallerIdentity') return;
  const session = await opened.profile('p');
  opened.aws.forget(session.connection.id);
  good = goodAnswers((await opened.profile('p')).following, server);
}

const LOCATION = {
  headers: {},
  body: '<LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/">eu-west-1</LocationConstraint>',
};
/** Asked by no call alone: the region of a bucket whose HEAD does not tell. */
const byHead = ruledOperations.filter((operation) => operation !== 'GetBucketLocation');

function goodOf(operation: string): Good {
  const found = good[operation];
  if (found === undefined) throw new Error(`no good answer to ${operation}`);
  return found;
}

interface Bad {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

async function outcomeOf(operation: string, { status, headers, body = '' }: Bad): Promise<unknown> {
  await renew(operation);
  const { call } = goodOf(operation);
  server.answer({ status: status ?? 200, headers: headers ?? {}, body });
  return await call().then(
    (value) => ({ value }),
    (thrown: unknown) => failureOf(thrown),
  );
}

const IN_DOUBT = {
  kind: 'aws',
  reason: 'network',
  name: expect.stringMatching(/^(HTTP 200|MisshapenAnswer)$/),
  passing: true,
  answered: false,
};
const PAGE = '<!DOCTYPE html><html><head><title>Log in</title></head><body><br>Please</body></html>';
const HTML = { 'content-type': 'text/html; charset=utf-8' };

it('has a good answer to every operation, and takes it', async () => {
  expect(Object.keys(good).sort()).toEqual([...byHead].sort());
  for (const operation of byHead) {
    const { call, status = 200, headers, body } = goodOf(operation);
    server.answer({ status, headers, body });
    await expect(call(), operation).resolves.not.toBeInstanceOf(Error);
    await renew(operation);
  }
});

describe.each(byHead.filter((operation) => operation !== 'GetObject'))(
  '%s is in doubt after',
  (operation) => {
    const isOfHeaders = ['HeadBucket', 'HeadObject', 'PutObject', 'UploadPart'].includes(operation);

    it.each(['a page', 'a page, asked by its name'])('%s', async (which) => {
      const name = which === 'a page' ? 'text/html' : 'application/xhtml+xml';
      const headers = { 'content-type': name };
      const reason = /Kx/.test(operation) ? 'service-ended' : 'network';
      expect(await outcomeOf(operation, { headers, body: PAGE })).toMatchObject({ ...IN_DOUBT, reason });
    });

    it('an empty answer', async () => {
      // A bucket is there whoever says so without a word; where it lies is asked, and nobody says it.
      const asked = operation === 'HeadBucket' ? { operation: 'GetBucketLocation' } : { operation };
      expect(await outcomeOf(operation, {})).toMatchObject({ ...IN_DOUBT, ...asked });
    });

    it.each(
      isOfHeaders || operation === 'AbortMultipartUpload'
        ? []
        : [PAGE, '{}', '[]', 'null', '7', 'OK', '{"message":"Log in"}', '<a/>', '<Other></Other>'],
    )('the body %j without a type', async (body) => {
      if (operation === 'UpdateKxClusterCodeConfiguration' && body === '{}') return;
      if (operation === 'GetBucketPolicy' && body.startsWith('{')) return;
      expect(await outcomeOf(operation, { body })).toMatchObject(IN_DOUBT);
    });

    it('half a document', async () => {
      const { body, headers } = goodOf(operation);
      if (body.length < 3) return;
      expect(await outcomeOf(operation, { headers, body: body.slice(0, -2) })).toMatchObject(IN_DOUBT);
    });
  },
);

describe('a member of a JSON answer', () => {
  /** Every place in a document, with the document where something else stands there. */
  function* mutants(
    whole: unknown,
    put: readonly unknown[],
  ): Generator<{ path: string; from: unknown; to: unknown; body: string }> {
    function* places(value: unknown, path: readonly string[]): Generator<readonly string[]> {
      if (path.length > 0) yield path;
      if (typeof value !== 'object' || value === null) return;
      for (const [name, one] of Object.entries(value)) yield* places(one, [...path, name]);
    }
    for (const path of places(whole, [])) {
      for (const to of put) {
        const copy = structuredClone(whole) as Record<string, unknown>;
        const holder = path.slice(0, -1).reduce((at, name) => at[name] as Record<string, unknown>, copy);
        const last = path.at(-1) as string;
        const from = holder[last];
        holder[last] = to;
        yield { path: path.join('.'), from, to, body: JSON.stringify(copy) };
      }
    }
  }
  const jsonOperations = () =>
    byHead.filter((operation) => /json/.test(goodOf(operation).headers['content-type'] ?? ''));

  it('of another type makes it none', async () => {
    const isPlain = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);
    const fits = (from: unknown, to: unknown) =>
      isPlain(from) ? isPlain(to) : !Array.isArray(to) && typeof from === typeof to;
    for (const operation of jsonOperations()) {
      if (operation === 'GetBucketPolicy') continue;
      const { headers, body, call } = goodOf(operation);
      const whole: unknown = JSON.parse(body);
      for (const { path, from, to, body: mutant } of mutants(whole, [7, 'NaN', true, [['x']], [null], {}])) {
        if (fits(from, to)) continue;
        server.answer({ status: 200, headers, body: mutant });
        const failure = await call().then((value) => ({ value }), failureOf);
        expect(failure, `${operation}: ${path} = ${JSON.stringify(to)}`).toMatchObject(IN_DOUBT);
      }
    }
  }, 60_000);

  it('that is null is one that is absent', async () => {
    for (const operation of jsonOperations()) {
      // Handed on as it is.
      if (operation === 'GetBucketPolicy') continue;
      const { headers, body, call } = goodOf(operation);
      for (const { path, body: mutant } of mutants(JSON.parse(body), [null])) {
        server.answer({ status: 200, headers, body: mutant });
        const asNull = await call().then((value) => ({ value }), failureOf);
        const without = JSON.stringify(JSON.parse(mutant), (_, value) =>
          Array.isArray(value) ? value : value === null ? undefined : value,
        );
        // Lists and maps of texts hold nothing else.
        if (/\.\d+$|\.(tags|labels|additionalInfo)\.\w$/.test(path)) {
          expect(asNull, `${operation}: ${path}`).toMatchObject(IN_DOUBT);
          continue;
        }
        server.answer({ status: 200, headers, body: without });
        const asAbsent = await call().then((value) => ({ value }), failureOf);
        const told = (found: object) => ({ ...found, message: undefined });
        expect(told(asNull), `${operation}: ${path}`).toEqual(told(asAbsent));
      }
    }
  }, 60_000);
});

it.each([
  ['ListObjectsV2', '<Size>3<', '<Size>NaN<'],
  ['ListObjectsV2', '<Size>3<', '<Size>x<'],
  ['ListObjectsV2', '<Size>3</Size>', ''],
  ['ListObjectsV2', '<Key>p/k</Key>', ''],
  ['ListObjectsV2', '2026-01-01T00:00:00.000Z', 'yesterday'],
  ['ListObjectsV2', '<IsTruncated>false<', '<IsTruncated>true<'],
  ['ListObjectVersions', '<IsLatest>true</IsLatest>', ''],
  ['ListObjectVersions', '<IsLatest>true<', '<IsLatest>perhaps<'],
  ['ListObjectVersions', '<IsTruncated>false<', '<IsTruncated>true<'],
  ['ListMultipartUploads', '<UploadId>u</UploadId>', ''],
  ['ListMultipartUploads', '<IsTruncated>false<', '<IsTruncated>true<'],
  ['ListBuckets', '<Name>b</Name>', ''],
  ['GetPublicAccessBlock', '<BlockPublicAcls>true<', '<BlockPublicAcls>x<'],
  ['CreateMultipartUpload', '<UploadId>u</UploadId>', ''],
  ['UploadPartCopy', '<ETag>"e"</ETag>', ''],
  ['CompleteMultipartUpload', '<ETag>"e"</ETag>', ''],
  ['GetCallerIdentity', '<Account>123456789012</Account>', ''],
  ['GetCallerIdentity', '<Arn>arn:aws:iam::123456789012:user/u</Arn>', ''],
  ['AssumeRole', '<SecretAccessKey>S</SecretAccessKey>', ''],
  ['AssumeRole', '2030-01-01T00:00:00Z', 'soon'],
  ['AssumeRoleWithWebIdentity', '<AccessKeyId>A</AccessKeyId>', ''],
  ['DescribeSubnets', '<subnetId>subnet-1</subnetId>', ''],
  ['DescribeSubnets', '>7<', '>many<'],
  ['DescribeLaunchTemplateVersions', '>4<', '>NaN<'],
  ['DescribeLaunchTemplateVersions', '2026-01-01T00:00:00.000Z', 'yesterday'],
])('%s with %s as %j is in doubt', async (operation, from, to) => {
  const { headers, body } = goodOf(operation);
  expect(body).toContain(from);
  expect(await outcomeOf(operation, { headers, body: body.replace(from, to) })).toMatchObject(IN_DOUBT);
});

it.each(['HeadObject', 'PutObject', 'UploadPart'])(
  '%s without what only headers say is in doubt',
  async (operation) => {
    const { headers, needed = [] } = goodOf(operation);
    for (const name of needed) {
      const rest = Object.fromEntries(Object.entries(headers).filter(([one]) => one !== name));
      if (name === 'content-length') rest['content-length'] = 'x';
      const outcome = await outcomeOf(operation, { headers: rest });
      expect(outcome, name).toMatchObject({ kind: 'aws', passing: true, answered: false });
    }
  },
);

it('takes the place of a bucket from no page and no empty answer', async () => {
  for (const body of ['', PAGE, '{}', '<ListBucketResult/>']) {
    expect(await outcomeOf('HeadBucket', { body })).toMatchObject({
      ...IN_DOUBT,
      operation: 'GetBucketLocation',
    });
  }
  expect(await outcomeOf('HeadBucket', LOCATION)).toEqual({ value: 'eu-west-1' });
});

it('takes a HEAD that a page refuses for no absence', async () => {
  expect(await outcomeOf('HeadObject', { status: 404, headers: HTML })).toMatchObject({
    kind: 'aws',
    answered: false,
  });
  expect(await outcomeOf('HeadObject', { status: 404 })).toEqual({ value: undefined });
});
