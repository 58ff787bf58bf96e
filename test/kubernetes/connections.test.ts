/** Connections to a cluster are used again, and trusted no more for it. */
import { once } from 'node:events';
import https from 'node:https';
import tls from 'node:tls';
import { afterEach, expect, it, vi } from 'vitest';
import { failureOf } from '../../src/model/failure';
import { type Authority, makeAuthority } from './certificates';
import { listOf } from './objects';
import { openTestCluster } from './open';
import { json, startScriptedApi } from './scripted-api';

const never = new AbortController().signal;
const closing: (() => unknown)[] = [];

afterEach(async () => {
  vi.restoreAllMocks();
  for (const close of closing.splice(0)) await close();
});

/** A cluster of `authority` whose address leads to a server with a certificate of `signer`. */
async function clusterBehind(authority: Authority, signer: Authority) {
  const server = await startScriptedApi(await signer.serverCertificate(['127.0.0.1']));
  server.answer(json(listOf([])));
  const cluster = openTestCluster({
    api: { url: `https://127.0.0.1:${server.port}`, certificateAuthority: authority.pem },
  });
  closing.push(cluster.close, server.close);
  return { server, cluster };
}

it('one connection serves several requests: nothing of them keeps Node or VS Code from that', async () => {
  const authority = await makeAuthority('kubernetes');
  const { server, cluster } = await clusterBehind(authority, authority);
  const asked = vi.spyOn(https, 'request');
  for (let times = 0; times < 3; times += 1) await cluster.interactive.nodes(undefined, never);
  expect(server.received).toHaveLength(3);
  const sockets = asked.mock.results.map(({ value }) => value.socket);
  expect(new Set(sockets).size).toBe(1);
  for (const [options] of asked.mock.calls) {
    // Newer releases of Node take a connection for one of its request alone where it is there.
    expect(options).not.toHaveProperty('checkServerIdentity');
    // VS Code says `close` where nothing is said.
    expect(options).toHaveProperty('headers.connection', 'keep-alive');
  }
});

it('one that another extension has opened, which trusts more, gets no token', async () => {
  const [authority, foreign] = [await makeAuthority('kubernetes'), await makeAuthority('Corporate CA')];
  const { server, cluster } = await clusterBehind(authority, foreign);
  const { createSecureContext } = tls;
  vi.spyOn(tls, 'createSecureContext').mockImplementation((options) => {
    const secure = createSecureContext(options);
    (secure.context as { addCACert(pem: string): void }).addCACert(foreign.pem);
    return secure;
  });
  const theirs = https.request({
    host: '127.0.0.1',
    port: server.port,
    ca: authority.pem,
    rejectUnauthorized: true,
    servername: '',
  });
  theirs.end();
  theirs.once('response', (answer) => answer.resume());
  // Its connection waits for the next request by then.
  await once(theirs, 'close');

  const asked = vi.spyOn(https, 'request');
  const thrown = await cluster.interactive.nodes(undefined, never).catch((error: unknown) => error);
  expect(failureOf(thrown)).toMatchObject({ reason: 'untrusted', code: 'ERR_TLS_FOREIGN_CA' });
  expect(asked.mock.results[0]?.value.reusedSocket).toBe(true);
  expect(server.received).toHaveLength(1);
});
