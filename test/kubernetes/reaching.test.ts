/** Ways in which a cluster is not reached, or does not let in: each is told as what it is. */
import dns from 'node:dns';
import { createServer as createTcpServer } from 'node:net';
import tls from 'node:tls';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { failureOf } from '../../src/model/failure';
import { failureWords } from '../../src/view/messages/failure';
import { VirtualClock } from '../virtual-clock';
import { type Authority, makeAuthority } from './certificates';
import { listOf, node } from './objects';
import { CLUSTER_ARN, type OpenedCluster, type OpenParts, openTestCluster } from './open';
import { type Handler, json, type ScriptedApi, startScriptedApi, status } from './scripted-api';

const never = new AbortController().signal;
const ENDPOINT = 'abc.gr7.eu-west-1.eks.amazonaws.com';
const EMPTY = json(listOf([]));
const REFUSED = status(401, 'Unauthorized', 'Unauthorized');

let authority: Authority;
let foreign: Authority;
let api: ScriptedApi;
const closing: (() => unknown)[] = [];

beforeAll(async () => {
  authority = await makeAuthority('kubernetes');
  foreign = await makeAuthority('Corporate Inspection CA');
  api = await startScriptedApi(await authority.serverCertificate(['127.0.0.1']));
});
afterAll(() => api.close());
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
  vi.restoreAllMocks();
  api.forget();
});

function open(parts: Partial<OpenParts> & { readonly port?: number } = {}): OpenedCluster {
  const { port = api.port, api: own, ...rest } = parts;
  const cluster = openTestCluster({
    api: { url: `https://127.0.0.1:${port}`, certificateAuthority: authority.pem, ...own },
    ...rest,
  });
  closing.push(cluster.close);
  return cluster;
}

async function serverWith(
  hosts: readonly string[],
  signer = authority,
  validDays?: number,
): Promise<ScriptedApi> {
  const server = await startScriptedApi(await signer.serverCertificate(hosts, validDays));
  closing.push(server.close);
  server.answer(EMPTY);
  return server;
}

async function failing(cluster: OpenedCluster) {
  const failure = failureOf(
    await cluster.interactive.nodes(undefined, never).then(
      () => new Error('it succeeded'),
      (thrown: unknown) => thrown,
    ),
  );
  if (failure.kind !== 'kubernetes') throw new Error(JSON.stringify(failure));
  return { ...failure, words: failureWords(failure) };
}

describe('a certificate', () => {
  it('of a foreign CA fails, nothing is sent, and its issuer is named', async () => {
    const server = await serverWith(['127.0.0.1'], foreign);
    const failure = await failing(open({ port: server.port }));
    expect(failure).toMatchObject({ reason: 'untrusted', issuer: 'Corporate Inspection CA', answered: true });
    expect(failure.words).toContain('"Corporate Inspection CA"');
    expect(server.received).toEqual([]);
  });

  it('of a foreign CA that the system trusts fails, too: VS Code adds those to what TLS is to trust', async () => {
    const server = await serverWith(['127.0.0.1'], foreign);
    const { createSecureContext } = tls;
    vi.spyOn(tls, 'createSecureContext').mockImplementation((options) => {
      const secure = createSecureContext(options);
      (secure.context as { addCACert(pem: string): void }).addCACert(foreign.pem);
      return secure;
    });
    const reached = tls.connect({ port: server.port, host: '127.0.0.1', ca: authority.pem });
    closing.push(() => reached.destroy());
    await new Promise((done) => reached.once('secureConnect', done));
    expect(reached.authorized).toBe(true);
    const failure = await failing(open({ port: server.port }));
    expect(failure).toMatchObject({
      reason: 'untrusted',
      code: 'ERR_TLS_FOREIGN_CA',
      issuer: 'Corporate Inspection CA',
    });
    expect(server.received).toEqual([]);
  });

  it('is not trusted because the environment says that none is looked at', async () => {
    const server = await serverWith(['127.0.0.1'], foreign);
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    closing.push(() => vi.unstubAllEnvs());
    expect(await failing(open({ port: server.port }))).toMatchObject({ reason: 'untrusted' });
    expect(server.received).toEqual([]);
  });

  it('that the foreign CA of the same name has signed fails', async () => {
    const namesake = await makeAuthority('kubernetes');
    const server = await serverWith(['127.0.0.1'], namesake);
    expect(await failing(open({ port: server.port }))).toMatchObject({ reason: 'untrusted' });
  });

  it('of the right CA for another host fails, and says so', async () => {
    const server = await serverWith(['localhost']);
    const failure = await failing(open({ port: server.port }));
    expect(failure).toMatchObject({ reason: 'untrusted', code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
    expect(failure.words).toContain('for another host');
  });

  it('that has expired fails', async () => {
    const server = await serverWith(['127.0.0.1'], authority, -1);
    expect(await failing(open({ port: server.port }))).toMatchObject({
      reason: 'untrusted',
      code: 'CERT_HAS_EXPIRED',
    });
  });

  it('may have been signed by way of another one that it brings along', async () => {
    const server = await serverWith(['127.0.0.1'], await authority.intermediate('between'));
    expect(await open({ port: server.port }).interactive.nodes(undefined, never)).toEqual([]);
  });

  it('of a cluster that was made anew under its name is taken at the next try: EKS is asked again', async () => {
    const server = await serverWith(['127.0.0.1'], foreign);
    const cluster = open({ port: server.port });
    expect(await failing(cluster)).toMatchObject({ reason: 'untrusted' });
    cluster.describe({
      api: {
        url: `https://127.0.0.1:${server.port}`,
        certificateAuthority: foreign.pem,
        publicAccess: true,
        privateAccess: false,
        publicAccessCidrs: [],
      },
    });
    expect(await cluster.interactive.nodes(undefined, never)).toEqual([]);
  });
});

describe('a tunnel', () => {
  it('is asked in place of the endpoint, whose name the certificate keeps', async () => {
    const server = await serverWith([ENDPOINT]);
    const overrides = { [CLUSTER_ARN]: `https://127.0.0.1:${server.port}` };
    const cluster = open({
      api: { url: `https://${ENDPOINT}`, certificateAuthority: authority.pem },
      overrides,
    });
    expect(await cluster.interactive.nodes(undefined, never)).toEqual([]);
    expect(server.received).toHaveLength(1);
  });

  it('that leads to another cluster is refused', async () => {
    const server = await serverWith(['other.eks.amazonaws.com']);
    const overrides = { [CLUSTER_ARN]: `https://127.0.0.1:${server.port}` };
    const own = { url: `https://${ENDPOINT}`, certificateAuthority: authority.pem };
    expect(await failing(open({ api: own, overrides }))).toMatchObject({ reason: 'untrusted' });
    expect(server.received).toEqual([]);
  });

  it.each(['http://127.0.0.1:1', 'https://127.0.0.1:1/path', 'https://u:p@127.0.0.1', 'nothing', 7])(
    'at %s is refused: a token is sent to no such address',
    async (address) => {
      const cluster = open({ overrides: { [CLUSTER_ARN]: address } });
      await expect(cluster.interactive.nodes(undefined, never)).rejects.toMatchObject({
        failure: { kind: 'refused', code: 'cluster-endpoint-invalid', facts: { cluster: CLUSTER_ARN } },
      });
      expect(cluster.signedAt).toHaveLength(1);
      expect(api.received).toEqual([]);
    },
  );

  it('of another cluster says nothing about this one', async () => {
    api.answer(EMPTY);
    const cluster = open({ overrides: { [`${CLUSTER_ARN}-2`]: 'https://127.0.0.1:1' } });
    expect(await cluster.interactive.nodes(undefined, never)).toEqual([]);
  });
});

describe('an endpoint that nothing answers at', () => {
  /** A port at which nobody listens. */
  async function closedPort(): Promise<number> {
    const server = createTcpServer();
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const address = server.address();
    await new Promise((done) => server.close(done));
    if (address === null || typeof address === 'string') throw new Error('no port');
    return address.port;
  }

  it('is told as one without a way to it', async () => {
    expect(await failing(open({ port: await closedPort() }))).toMatchObject({
      reason: 'no-route',
      code: 'ECONNREFUSED',
      answered: true,
    });
  });

  /** The system's resolver knows the name nowhere; it is one that the test may ask for. */
  function knownNowhere(code: string) {
    const lookup = (host: string, _options: unknown, answer: (error: Error) => void): void => {
      const facts = { code, syscall: 'getaddrinfo', hostname: host };
      setImmediate(() => answer(Object.assign(new Error(`getaddrinfo ${code} ${host}`), facts)));
    };
    vi.spyOn(dns, 'lookup').mockImplementation(lookup as never);
    return { url: 'https://localhost', certificateAuthority: authority.pem };
  }

  it.each(['ENOTFOUND', 'EAI_AGAIN'])('by a name that is known nowhere (%s) says so', async (code) => {
    const failure = await failing(open({ api: knownNowhere(code) }));
    expect(failure).toMatchObject({ reason: 'unresolved', code, host: 'localhost:443' });
    expect(failure.words).toContain('is not known here (localhost:443)');
  });

  it('by a name that only its own network knows is told as private where EKS says so', async () => {
    const failure = await failing(open({ api: { ...knownNowhere('ENOTFOUND'), publicAccess: false } }));
    expect(failure).toMatchObject({ reason: 'private-endpoint', host: 'localhost:443' });
  });

  it('is told as private where EKS says so, before the network is blamed', async () => {
    const port = await closedPort();
    const own = { url: `https://127.0.0.1:${port}`, certificateAuthority: authority.pem };
    const failure = await failing(open({ api: { ...own, publicAccess: false } }));
    expect(failure).toMatchObject({ reason: 'private-endpoint', host: `127.0.0.1:${port}` });
    expect(failure.words).toContain('slipway.kubernetes.endpoints');
  });

  it('is told as open to some addresses alone where EKS says so', async () => {
    const own = { url: `https://127.0.0.1:${await closedPort()}`, certificateAuthority: authority.pem };
    const failure = await failing(open({ api: { ...own, publicAccessCidrs: ['203.0.113.0/24'] } }));
    expect(failure).toMatchObject({ reason: 'restricted-endpoint', allowedFrom: ['203.0.113.0/24'] });
    expect(failure.words).toContain('203.0.113.0/24');
  });

  it('through a tunnel is told as what it is: EKS knows nothing of that network', async () => {
    const overrides = { [CLUSTER_ARN]: `https://127.0.0.1:${await closedPort()}` };
    const own = { url: `https://${ENDPOINT}`, certificateAuthority: authority.pem, publicAccess: false };
    expect(await failing(open({ api: own, overrides }))).toMatchObject({ reason: 'no-route' });
  });

  it('is given up after ten seconds where it takes the connection and says nothing', async () => {
    const silent = createTcpServer();
    await new Promise<void>((done) => silent.listen(0, '127.0.0.1', done));
    closing.push(() => silent.close());
    const clock = new VirtualClock();
    const address = silent.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const connected = new Promise<void>((done) =>
      silent.once('connection', (socket) => {
        closing.push(() => socket.destroy());
        done();
      }),
    );
    const failure = failing(open({ port, clock }));
    await connected;
    await clock.advance(10_000);
    expect(await failure).toMatchObject({ reason: 'no-route' });
  });

  it('does not exist yet while the cluster is being made', async () => {
    const cluster = open();
    cluster.describe({ status: 'CREATING', api: undefined as never });
    const failure = await failing(cluster);
    expect(failure).toMatchObject({ reason: 'no-endpoint', message: 'CREATING', passing: true });
    expect(failure.words).toContain('Try again');
  });

  it('never exists for a cluster that could not be made', async () => {
    const cluster = open();
    cluster.describe({ status: 'FAILED', phase: 'failed', api: undefined as never });
    const failure = await failing(cluster);
    expect(failure).toMatchObject({ reason: 'no-endpoint', message: 'FAILED', passing: false });
    expect(failure.words).not.toContain('Try again');
  });
});

describe('a caller whom the cluster does not know', () => {
  it('signs once more, and then stops', async () => {
    api.answer(REFUSED);
    const cluster = open();
    await failing(cluster);
    expect(api.received).toHaveLength(2);
    expect(cluster.signedAt).toHaveLength(2);
    await failing(cluster);
    await failing(cluster);
    expect(cluster.signedAt).toHaveLength(2);
    expect(api.received).toHaveLength(4);
  });

  it('is told which entry is missing, for the role and not for the session, with the commands that make one', async () => {
    api.answer(REFUSED);
    const { access, words } = await failing(open());
    expect(access).toEqual({
      clusterArn: CLUSTER_ARN,
      authenticationMode: 'API',
      caller: 'arn:aws:sts::111122223333:assumed-role/Deployer/someone',
      principal: { arn: 'arn:aws:iam::111122223333:role/Deployer', pathKnown: false },
    });
    expect(words).toContain(
      '`aws eks create-access-entry --cluster-name trading --principal-arn arn:aws:iam::111122223333:role/Deployer --region eu-west-1`',
    );
    expect(words).toContain('aws eks associate-access-policy');
    expect(words).toContain('arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy');
    expect(words).toContain('aws iam get-role --role-name Deployer');
  });

  it('has the path of the role that the profile names', async () => {
    api.answer(REFUSED);
    const roleArn = 'arn:aws:iam::111122223333:role/teams/kdb/Deployer';
    const { access, words } = await failing(open({ roleArn }));
    expect(access?.principal).toEqual({ arn: roleArn, pathKnown: true });
    expect(words).toContain(`--principal-arn ${roleArn}`);
    expect(words).not.toContain('get-role');
  });

  it('may be a user', async () => {
    api.answer(REFUSED);
    const callerArn = 'arn:aws-cn:iam::111122223333:user/ops/anna';
    const { access } = await failing(open({ callerArn }));
    expect(access?.principal).toEqual({ arn: callerArn, pathKnown: true });
  });

  it('may be one that there are no entries for', async () => {
    api.answer(REFUSED);
    const { access, words } = await failing(open({ callerArn: 'arn:aws:iam::111122223333:root' }));
    expect(access).not.toHaveProperty('principal');
    expect(words).not.toContain('create-access-entry');
  });

  it('is not sent after commands that have no effect where the cluster looks into aws-auth alone', async () => {
    api.answer(REFUSED);
    const { words } = await failing(open({ authenticationMode: 'CONFIG_MAP' }));
    expect(words).toContain('aws-auth');
    expect(words).not.toContain('create-access-entry');
  });
});

describe('a clock that is wrong', () => {
  it('is put right from the Date header before access is blamed', async () => {
    const clock = new VirtualClock(Date.UTC(2026, 0, 1, 12));
    const theirs = Date.UTC(2026, 0, 1, 18);
    const cluster = open({ clock });
    api.answer((request, response) => {
      const isRight = request.headers['authorization'] === `Bearer token-of-${theirs}`;
      const headers = { date: new Date(theirs).toUTCString() };
      if (isRight) json(listOf([node('a')]), 200, headers)(request, response);
      else status(401, 'Unauthorized', 'Unauthorized', { headers })(request, response);
    });
    expect(await cluster.interactive.nodes(undefined, never)).toHaveLength(1);
    expect(cluster.signedAt).toEqual([clock.now(), theirs]);
  });

  it('is forgotten with the one answer that told a wrong time', async () => {
    const clock = new VirtualClock(Date.UTC(2026, 0, 1, 12));
    const wrong = Date.UTC(2026, 0, 1, 18);
    const cluster = open({ clock });
    const told = (time: number) => ({ headers: { date: new Date(time).toUTCString() } });
    const refusedAt = (time: number) => status(401, 'Unauthorized', 'Unauthorized', told(time));
    api.answerInTurn(refusedAt(wrong), refusedAt(clock.now()), (request, response) => {
      const isRight = request.headers['authorization'] === `Bearer token-of-${clock.now()}`;
      (isRight ? EMPTY : refusedAt(clock.now()))(request, response);
    });
    expect(await cluster.interactive.nodes(undefined, never)).toEqual([]);
    expect(cluster.signedAt).toEqual([clock.now(), wrong, clock.now()]);
  });
});

describe('a token', () => {
  it('is kept while it is good, and signed anew before it ends', async () => {
    const clock = new VirtualClock();
    const cluster = open({ clock });
    api.answer((request, response) =>
      json(listOf([]), 200, { date: new Date(clock.now()).toUTCString() })(request, response),
    );
    for (const minutes of [0, 5, 4]) {
      await clock.advance(minutes * 60_000);
      await cluster.interactive.nodes(undefined, never);
    }
    expect(cluster.signedAt).toHaveLength(1);
    await clock.advance(2 * 60_000);
    await cluster.interactive.nodes(undefined, never);
    expect(cluster.signedAt).toHaveLength(2);
  });

  it('that was taken back is signed anew each time that another one was taken in between', async () => {
    const cluster = open();
    api.answerInTurn(EMPTY, REFUSED, EMPTY, REFUSED, EMPTY);
    for (const _ of [1, 2, 3]) await cluster.interactive.nodes(undefined, never);
    expect(cluster.signedAt).toHaveLength(3);
  });

  it('is for no log: neither it nor the answer is in what is told of a request', async () => {
    const cluster = open({ sign: () => 'k8s-aws-v1.secret' });
    api.answer(json(listOf([node('a')])));
    await cluster.interactive.nodes('workers', never);
    expect(cluster.entries).toEqual([
      {
        connectionId: 'profile:p:eu-west-1',
        cluster: 'trading',
        verb: 'list',
        resource: 'nodes',
        attempt: 1,
        durationMs: expect.any(Number),
        status: 200,
      },
    ]);
  });
});

describe('a refusal', () => {
  it('of RBAC names verb, resource and namespace in Kubernetes’ own words', async () => {
    const message =
      'nodes is forbidden: User "x" cannot list resource "nodes" in API group "" at the cluster scope';
    api.answer(status(403, 'Forbidden', message));
    const failure = await failing(open());
    expect(failure).toMatchObject({ reason: 'forbidden', verb: 'list', resource: 'nodes', message });
    expect(failure.words).toContain(message);
    expect(api.received).toHaveLength(1);
  });

  it.each([
    [404, 'not-found', false],
    [409, 'conflict', false],
    [422, 'invalid', false],
    [500, 'server', true],
    [503, 'server', true],
    [418, 'other', false],
  ] as const)('with the status %i is %s', async (code, reason, passing) => {
    api.answer(status(code, 'Whatever', 'words of the API server'));
    const failure = await failing(open());
    expect(failure).toMatchObject({
      reason,
      passing,
      code: 'Whatever',
      status: code,
      message: 'words of the API server',
    });
    expect(failure.words).toContain('words of the API server');
  });

  it.each([
    [200, 'text/html'],
    [302, 'text/html'],
    [401, 'text/html'],
    [403, 'text/html'],
    [502, 'text/html; charset=utf-8'],
    [403, 'application/json'],
  ])('with %i and %s in which Kubernetes does not speak is not taken for its own', async (code, type) => {
    api.answer((_, response) => {
      response.writeHead(code, { 'content-type': type });
      response.end('<html>Please log in to the network</html>');
    });
    const failure = await failing(open());
    expect(failure).toMatchObject({ reason: 'misshapen', answered: false });
    expect(failure.words).toContain('Log in to the network');
  });
});

describe('the body of a refusal', () => {
  it('that has no end is read no further than any Status goes', async () => {
    api.answer((_, response) => {
      response.writeHead(403, { 'content-type': 'text/html' });
      response.write(`<html>${' '.repeat(300 * 1024)}`);
    });
    expect(await failing(open())).toMatchObject({ reason: 'misshapen', status: 403 });
  });

  it('may come compressed', async () => {
    const forbidden = { kind: 'Status', code: 403, reason: 'Forbidden', message: 'not you' };
    api.answer((_, response) => {
      response.writeHead(403, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
      response.end(gzipSync(JSON.stringify(forbidden)));
    });
    expect(await failing(open())).toMatchObject({ reason: 'forbidden', message: 'not you' });
  });
});

describe('an API server that has too much to do', () => {
  const BUSY = 'Too many requests, please try again later.';
  const plain: Handler = (_, response) => {
    response.writeHead(429, { 'content-type': 'text/plain; charset=utf-8', 'retry-after': '20' });
    response.end(BUSY);
  };

  it('is left alone as long as it asks, by all requests together', async () => {
    const clock = new VirtualClock();
    const cluster = open({ clock });
    api.answerInTurn(plain, EMPTY);
    const first = cluster.interactive.nodes(undefined, never);
    await expect.poll(() => cluster.entries.length).toBe(1);
    const second = cluster.background.budgets(never);
    await clock.advance(19_999);
    expect(api.received).toHaveLength(1);
    await clock.advance(30_000);
    expect(await Promise.all([first, second])).toEqual([[], []]);
    expect(cluster.entries[0]).toMatchObject({ status: 429, attempt: 1 });
  });

  it('and whose store is being filled says so in a Status, and is asked again', async () => {
    const clock = new VirtualClock();
    const cluster = open({ clock });
    const details = { retryAfterSeconds: 5 };
    api.answerInTurn(status(429, 'TooManyRequests', 'storage is (re)initializing', { details }), EMPTY);
    const asked = cluster.interactive.nodes(undefined, never);
    await expect.poll(() => cluster.entries.length).toBe(1);
    await clock.advance(4_999);
    expect(api.received).toHaveLength(1);
    await clock.advance(10_000);
    expect(await asked).toEqual([]);
  });
});

it('a request that nobody waits for any more is cancelled', async () => {
  const leaving = new AbortController();
  api.answer(() => leaving.abort());
  await expect(open().interactive.nodes(undefined, leaving.signal)).rejects.toMatchObject({
    failure: { kind: 'cancelled' },
  });
});
