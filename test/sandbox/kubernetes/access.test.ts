/** Who gets into the Kubernetes APIs of the sandbox: TLS, tokens, access entries, rights. */
import { execFile } from 'node:child_process';
import { connect } from 'node:tls';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, test } from 'vitest';
import { startTestSandbox, type TestSandbox } from '../start';
import { type KubernetesApi, kubernetesApi } from './api';
import { presignedUrl, type TokenParts, tokenOf } from './token';

const CLUSTER = 'trading-prod';
const MINUTE = 60_000;

let sandbox: TestSandbox;
let api: KubernetesApi;

beforeAll(async () => {
  sandbox = await startTestSandbox();
});
beforeEach(async () => {
  api = await kubernetesApi(sandbox);
});
afterEach(() => sandbox.control.reset());
afterAll(() => sandbox.stop());

const status = async (token: string | null): Promise<number> =>
  (await api.get('/api/v1/nodes', { token })).status;

const signed = (parts: Partial<TokenParts> = {}): Promise<string> =>
  presignedUrl({ credentials: sandbox.credentials, cluster: CLUSTER, ...parts });

describe('TLS', () => {
  it('has an authority of its own for each cluster, at an address of its own', async () => {
    const other = await kubernetesApi(sandbox, 'market-data');
    expect(other.url).not.toBe(api.url);
    expect(other.ca).not.toBe(api.ca);
    expect(api.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
    expect((await kubernetesApi(sandbox)).url).toBe(api.url);
  });

  it('does not vouch for another cluster', async () => {
    const other = await kubernetesApi(sandbox, 'market-data');
    const { port } = new URL(api.url);
    const failure = await new Promise((resolve) => {
      const socket = connect({ host: '127.0.0.1', port: Number(port), ca: other.ca }, () =>
        resolve('connected'),
      );
      socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code));
    });
    expect(failure).toMatch(/SIGNATURE|UNABLE_TO_VERIFY|SELF_SIGNED/);
  });

  it('keeps its address over a reset', async () => {
    await sandbox.control.reset();
    expect((await kubernetesApi(sandbox)).url).toBe(api.url);
  });
});

describe('tokens', () => {
  it('are good for fourteen minutes', async () => {
    const at = (minutes: number) => new Date(Date.now() - minutes * MINUTE);
    expect(await status(tokenOf(await signed()))).toBe(200);
    expect(await status(tokenOf(await signed({ signedAt: at(13) })))).toBe(200);
    expect(await status(tokenOf(await signed({ signedAt: at(14.5) })))).toBe(401);
    expect(await status(tokenOf(await signed({ signedAt: at(-10) })))).toBe(401);
  });

  it('may be signed for the global host of STS', async () => {
    expect(await status(tokenOf(await signed({ host: 'sts.amazonaws.com' })))).toBe(200);
  });

  test.each<[string, Partial<TokenParts>]>([
    ['another cluster', { cluster: 'market-data' }],
    ['no cluster', { headers: {} }],
    ['other keys', { credentials: { accessKeyId: 'AKIA', secretAccessKey: 'x' } }],
    ['a wrong secret', { credentials: { accessKeyId: '', secretAccessKey: 'x' } }],
    ['another host', { host: 'sts.example.com' }],
    ['the sandbox itself', { host: '127.0.0.1' }],
    ['the host of another region', { host: 'sts.eu-west-1.amazonaws.com' }],
    ['another action', { query: { Action: 'AssumeRole' } }],
    ['a further parameter', { query: { Foo: 'bar' } }],
    ['a session', { query: { 'X-Amz-Security-Token': 'abc' } }],
  ])('for %s are refused', async (_what, parts) => {
    const { accessKeyId } = sandbox.credentials;
    const credentials = parts.credentials && {
      ...parts.credentials,
      accessKeyId: parts.credentials.accessKeyId || accessKeyId,
    };
    const url = await signed({ ...parts, ...(credentials && { credentials }) });
    expect(await status(tokenOf(url))).toBe(401);
  });

  test.each<[string, (url: string) => string]>([
    ['without its prefix', (url) => Buffer.from(url).toString('base64url')],
    ['with padding', (url) => `${tokenOf(url)}=`],
    ['of plain http', (url) => tokenOf(url.replace('https:', 'http:'))],
    ['with a path', (url) => tokenOf(url.replace('/?', '/path?'))],
    ['with a parameter twice', (url) => tokenOf(`${url}&Version=2011-06-15`)],
    ['with a changed signature', (url) => tokenOf(url.replace(/.$/, 'x'))],
    ['that is no URL', () => tokenOf('hello')],
    ['that is too long', (url) => tokenOf(`${url}&${'x'.repeat(4096)}`)],
    ['that is empty', () => ''],
  ])('%s are refused', async (_what, spoil) => {
    expect(await status(spoil(await signed()))).toBe(401);
  });

  it('are refused in the words of Kubernetes', async () => {
    const { json, status: code } = await api.get('/api/v1/nodes', { token: 'x' });
    expect([code, json]).toEqual([
      401,
      {
        kind: 'Status',
        apiVersion: 'v1',
        metadata: {},
        status: 'Failure',
        message: 'Unauthorized',
        reason: 'Unauthorized',
        code: 401,
      },
    ]);
  });

  it('of the AWS CLI are taken, where it is installed', async (context) => {
    const { accessKeyId, secretAccessKey } = sandbox.credentials;
    const args = ['eks', 'get-token', '--cluster-name', CLUSTER, '--region', sandbox.region];
    const { PATH, HOME } = process.env;
    const keys = { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey };
    const made = await promisify(execFile)('aws', args, { env: { PATH, HOME, ...keys } }).catch(
      (error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return undefined;
        throw error;
      },
    );
    if (made === undefined) return context.skip('the AWS CLI is not installed');
    const { token } = (JSON.parse(made.stdout) as { readonly status: { readonly token: string } }).status;
    expect(await status(token)).toBe(200);
  });

  it('never come into the log', async () => {
    await sandbox.control.recordBodies(true);
    await api.get('/api/v1/nodes');
    const requests = await sandbox.control.requests({ service: 'kubernetes' });
    expect(requests.at(-1)).toMatchObject({ operation: 'list nodes', cluster: CLUSTER, status: 200 });
    expect(JSON.stringify(requests)).not.toContain('k8s-aws-v1');
  });
});

describe('callers without a token', () => {
  it('may read the version and nothing else', async () => {
    expect((await api.get('/version', { token: null })).json).toMatchObject({ major: '1', minor: '32' });
    const { json } = await api.get('/api/v1/pods', { token: null });
    expect(json).toMatchObject({
      code: 403,
      message:
        'pods is forbidden: User "system:anonymous" cannot list resource "pods" in API group "" at the cluster scope',
    });
    expect((await api.get('/apis', { token: null })).json).toMatchObject({
      code: 403,
      message: 'forbidden: User "system:anonymous" cannot get path "/apis"',
    });
  });
});

describe('access entries', () => {
  const USER = 'arn:aws:sts::111122223333:assumed-role/KdbOperator/you-sandbox';
  const give = (access: unknown): Promise<void> =>
    sandbox.control.settings({ kubernetes: { access: { [CLUSTER]: access } } });

  it('none: the caller is not known, not even for the version', async () => {
    await give('none');
    expect(await status(api.token)).toBe(401);
    expect((await api.get('/version')).status).toBe(401);
    const other = await kubernetesApi(sandbox, 'market-data');
    expect((await other.get('/api/v1/nodes')).status).toBe(200);
  });

  it('view: workloads, budgets, events and logs, but no nodes and no change', async () => {
    await give('view');
    for (const path of [
      '/api/v1/pods',
      '/apis/apps/v1/deployments',
      '/apis/policy/v1/poddisruptionbudgets',
      '/api/v1/events',
    ])
      expect([path, (await api.get(path)).status]).toEqual([path, 200]);
    expect((await api.get('/api/v1/nodes')).json).toEqual({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: `nodes is forbidden: User "${USER}" cannot list resource "nodes" in API group "" at the cluster scope`,
      reason: 'Forbidden',
      details: { kind: 'nodes' },
      code: 403,
    });
    const { json } = await api.send('POST', '/api/v1/namespaces/kdb/pods/hdb-0/eviction', {});
    expect(json).toMatchObject({
      message: `pods "hdb-0" is forbidden: User "${USER}" cannot create resource "pods/eviction" in API group "" in the namespace "kdb"`,
      details: { name: 'hdb-0', kind: 'pods' },
    });
    const patch = await api.send('PATCH', '/apis/apps/v1/namespaces/kdb/deployments/gw', {});
    expect(patch.json.message).toBe(
      `deployments.apps "gw" is forbidden: User "${USER}" cannot patch resource "deployments" in API group "apps" in the namespace "kdb"`,
    );
  });

  it('rules of one namespace and of one name', async () => {
    const watching = ['get', 'list', 'watch'];
    await give([
      { verbs: watching, apiGroups: [''], resources: ['pods'], namespace: 'kdb' },
      {
        verbs: watching,
        apiGroups: ['apps'],
        resources: ['statefulsets'],
        resourceNames: ['hdb'],
        namespace: 'kdb',
      },
    ]);
    const asked = async (path: string) => (await api.get(path)).status;
    expect(await asked('/api/v1/namespaces/kdb/pods')).toBe(200);
    expect(await asked('/api/v1/namespaces/other/pods')).toBe(403);
    expect(await asked('/api/v1/pods')).toBe(403);
    const sets = '/apis/apps/v1/namespaces/kdb/statefulsets';
    expect(await asked(sets)).toBe(403);
    expect(await asked(`${sets}?fieldSelector=metadata.name%3Dhdb`)).toBe(200);
    expect(await asked(`${sets}?fieldSelector=metadata.name%3Drdb`)).toBe(403);
  });

  it('are told to who asks about themselves', async () => {
    await give('view');
    const ask = (resourceAttributes: unknown) =>
      api.send('POST', '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', {
        spec: { resourceAttributes },
      });
    expect((await ask({ verb: 'list', resource: 'pods' })).json.status).toMatchObject({ allowed: true });
    expect((await ask({ verb: 'list', resource: 'nodes' })).json.status).toEqual({ allowed: false });
    const review = await api.send('POST', '/apis/authentication.k8s.io/v1/selfsubjectreviews', {});
    expect(review.json.status).toMatchObject({ userInfo: { username: USER } });
  });

  it('are refused when they cannot be read', async () => {
    await expect(give('admin')).rejects.toThrow(/400/);
    await expect(give([{ verbs: ['get'] }])).rejects.toThrow(/400/);
  });
});
