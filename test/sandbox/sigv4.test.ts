/** Signatures against AWS's own published examples, against the SDK's signer, and against every way to be wrong. */
import { EKSClient } from '@aws-sdk/client-eks';
import { S3Client } from '@aws-sdk/client-s3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type KeyPair, newKeyPair, type SignedRequest, verifySignature } from '../../src/sandbox/sigv4';
import { casesOf } from '../cases';

interface Example {
  readonly name: string;
  readonly method: string;
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signature: string;
}

const SUITE_KEYS: KeyPair = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
};
const suite = { host: 'example.amazonaws.com', 'x-amz-date': '20150830T123600Z' };

/** From AWS's Signature Version 4 test suite. */
const SUITE: readonly Example[] = [
  {
    name: 'get-vanilla',
    method: 'GET',
    target: '/',
    headers: suite,
    signature: '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31',
  },
  {
    name: 'get-vanilla-query-order-key-case',
    method: 'GET',
    target: '/?Param2=value2&Param1=value1',
    headers: suite,
    signature: 'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500',
  },
  {
    name: 'get-slashes',
    method: 'GET',
    target: '//example//',
    headers: suite,
    signature: '9a624bd73a37c9a373b5312afbebe7a714a789de108f0bdfe846570885f57e84',
  },
  {
    name: 'post-vanilla',
    method: 'POST',
    target: '/',
    headers: suite,
    signature: '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b',
  },
  {
    name: 'get-header-value-trim',
    method: 'GET',
    target: '/',
    headers: { ...suite, 'my-header1': ' value1', 'my-header2': ' "a   b   c"' },
    signature: 'acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736',
  },
];

const S3_KEYS: KeyPair = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};
const EMPTY_HASH = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const s3 = {
  host: 'examplebucket.s3.amazonaws.com',
  'x-amz-date': '20130524T000000Z',
  'x-amz-content-sha256': EMPTY_HASH,
};

/** From https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html */
const S3_EXAMPLES: readonly Example[] = [
  {
    name: 'GET Object with a range',
    method: 'GET',
    target: '/test.txt',
    headers: { ...s3, range: 'bytes=0-9' },
    signature: 'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
  },
  {
    name: 'PUT Object with a dollar in its key',
    method: 'PUT',
    target: '/test$file.text',
    headers: {
      ...s3,
      date: 'Fri, 24 May 2013 00:00:00 GMT',
      'x-amz-storage-class': 'REDUCED_REDUNDANCY',
      'x-amz-content-sha256': '44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072',
    },
    body: 'Welcome to Amazon S3.',
    signature: '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
  },
  {
    name: 'GET Bucket lifecycle',
    method: 'GET',
    target: '/?lifecycle',
    headers: s3,
    signature: 'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543',
  },
  {
    name: 'GET Bucket (list objects)',
    method: 'GET',
    target: '/?max-keys=2&prefix=J',
    headers: s3,
    signature: '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
  },
];

function requestOf(
  { method, target, headers, body = '', signature }: Example,
  keys: KeyPair,
  service: string,
): SignedRequest {
  const [path = '/', query = ''] = target.split('?');
  const stamp = headers['x-amz-date'] ?? '';
  const names = Object.keys(headers).sort().join(';');
  const scope = `${keys.accessKeyId}/${stamp.slice(0, 8)}/us-east-1/${service}/aws4_request`;
  const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=${names}, Signature=${signature}`;
  return {
    method,
    path,
    query: new URLSearchParams(query),
    headers: { ...headers, authorization },
    body: Buffer.from(body),
  };
}

describe("AWS's published examples", () => {
  it.each(SUITE)('accepts $name', (example) => {
    const request = requestOf(example, SUITE_KEYS, 'service');
    expect(verifySignature(request, SUITE_KEYS, new Date('2015-08-30T12:36:00Z'))).toMatchObject({
      ok: true,
    });
  });

  it.each(S3_EXAMPLES)('accepts S3: $name', (example) => {
    const request = requestOf(example, S3_KEYS, 's3');
    expect(verifySignature(request, S3_KEYS, new Date('2013-05-24T00:00:00Z'))).toMatchObject({ ok: true });
  });

  it.each([...SUITE, ...S3_EXAMPLES])('refuses $name with one digit of the signature changed', (example) => {
    const keys = SUITE.includes(example) ? SUITE_KEYS : S3_KEYS;
    const wrong = example.signature.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
    const request = requestOf(
      { ...example, signature: wrong },
      keys,
      SUITE.includes(example) ? 'service' : 's3',
    );
    const stamp = example.headers['x-amz-date']!.replace(
      /(....)(..)(..)T(..)(..)(..)Z/,
      '$1-$2-$3T$4:$5:$6Z',
    );
    expect(verifySignature(request, keys, new Date(stamp))).toMatchObject({
      ok: false,
      problem: { kind: 'mismatch' },
    });
  });
});

const keys = newKeyPair();
const settings = { endpoint: 'http://127.0.0.1:1', region: 'eu-west-1', credentials: keys };
const clients = { s3: new S3Client(settings), eks: new EKSClient(settings) };

const anyRequest = fc.record({
  service: fc.constantFrom('s3' as const, 'eks' as const),
  method: fc.constantFrom('GET', 'PUT', 'POST', 'DELETE', 'HEAD'),
  parts: fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }), { maxLength: 4 }),
  query: fc.dictionary(
    fc.string({ minLength: 1, maxLength: 6 }),
    fc.string({ unit: 'grapheme', maxLength: 6 }),
    { maxKeys: 4 },
  ),
  meta: fc.string({ maxLength: 12 }),
  body: fc.string({ maxLength: 20 }),
});

/** As the SDK's serializers write path parts. */
function encodeStrictly(part: string): string {
  return encodeURIComponent(part).replace(
    /[!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

async function bySdk(
  drawn: typeof anyRequest extends fc.Arbitrary<infer T> ? T : never,
): Promise<SignedRequest> {
  const path = `/${drawn.parts.map(encodeStrictly).join('/')}`;
  const signer = await clients[drawn.service].config.signer();
  const request = {
    method: drawn.method,
    protocol: 'http:',
    hostname: '127.0.0.1',
    port: 1,
    path,
    query: drawn.query,
    headers: { host: '127.0.0.1:1', 'x-amz-meta-note': drawn.meta },
    body: drawn.body,
  };
  const { headers } = await signer.sign(request, { signingDate: new Date() });
  const lower = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
  return {
    method: drawn.method,
    path,
    query: new URLSearchParams(drawn.query),
    headers: lower,
    body: Buffer.from(drawn.body),
  };
}

describe("the SDK's signer", () => {
  it('is accepted for any path, query, header and body', async () => {
    await fc.assert(
      fc.asyncProperty(anyRequest, async (drawn) => {
        const request = await bySdk(drawn);
        expect(verifySignature(request, keys, new Date())).toMatchObject({
          ok: true,
          scope: { region: 'eu-west-1', service: drawn.service },
        });
      }),
      casesOf(1000),
    );
  });

  it('is refused when anything that it signed was changed', async () => {
    const changes: readonly ((request: SignedRequest) => SignedRequest)[] = [
      (request) => ({ ...request, method: request.method === 'GET' ? 'PUT' : 'GET' }),
      (request) => ({ ...request, path: `${request.path}x` }),
      (request) => ({ ...request, query: new URLSearchParams([...request.query, ['added', '']]) }),
      (request) => ({
        ...request,
        headers: { ...request.headers, 'x-amz-meta-note': `${request.headers['x-amz-meta-note']}x` },
      }),
      (request) => ({ ...request, body: Buffer.concat([request.body ?? Buffer.alloc(0), Buffer.from('x')]) }),
      (request) => ({ ...request, headers: { ...request.headers, host: '127.0.0.1:2' } }),
    ];
    await fc.assert(
      fc.asyncProperty(anyRequest, fc.constantFrom(...changes), async (drawn, change) => {
        expect(verifySignature(change(await bySdk(drawn)), keys, new Date()).ok).toBe(false);
      }),
      casesOf(1000),
    );
  });
});
