/** A cluster behind a proxy that VS Code knows of: reached through it alone, and still by its own certificate alone. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type * as KubernetesModule from '../../src/kubernetes/index';
import { systemClock } from '../../src/model/clock';
import { failureOf } from '../../src/model/failure';
import { type Authority, makeAuthority } from '../kubernetes/certificates';
import { listOf, node } from '../kubernetes/objects';
import { json, startScriptedApi } from '../kubernetes/scripted-api';
import { extension } from './loaded-scripts';

const HOST = 'cluster.corporation.test';

/** The nodes of a cluster whose CA is `own`, at an endpoint that answers with a certificate of `served`. */
async function nodesOf(own: Authority, served: Authority) {
  const api = await startScriptedApi(await served.serverCertificate([HOST]));
  api.answer(json(listOf([node('a')])));
  const asked: (string | undefined)[] = [];
  const proxy = createServer().on('connect', ({ url }, socket) => {
    asked.push(url);
    const tunnel = connect(api.port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      tunnel.pipe(socket).pipe(tunnel);
    });
    tunnel.on('error', () => socket.destroy());
    socket.on('error', () => tunnel.destroy());
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const { port } = proxy.address() as AddressInfo;
  const settings = vscode.workspace.getConfiguration('http');
  await settings.update('proxy', `http://127.0.0.1:${port}`, vscode.ConfigurationTarget.Global);
  try {
    const entry = pathToFileURL(join(extension().extensionPath, 'dist/kubernetes.mjs')).href;
    const { createKubernetes } = (await import(entry)) as typeof KubernetesModule;
    const kubernetes = createKubernetes({
      clock: systemClock,
      onRequest: () => undefined,
      overrides: () => ({}),
      roleOf: async () => undefined,
      aws: async () => ({
        clusterTokens: { sign: async () => 'k8s-aws-v1.token' },
        identities: { whoAmI: () => Promise.reject(new Error('nobody is asked')) },
        eks: {
          describeCluster: async (name) => ({
            name,
            arn: `arn:aws:eks:us-east-1:111122223333:cluster/${name}`,
            version: '1.33',
            status: 'ACTIVE',
            phase: 'ready',
            subnetIds: [],
            tags: {},
            health: [],
            api: {
              url: `https://${HOST}`,
              certificateAuthority: own.pem,
              publicAccess: true,
              privateAccess: false,
              publicAccessCidrs: [],
            },
          }),
        },
      }),
    });
    const source = { kind: 'profile', profile: 'corporation' } as const;
    const connection = { id: 'profile:corporation:us-east-1', source, region: 'us-east-1' };
    const { interactive } = kubernetes.cluster(connection, 'trading');
    const outcome = await interactive.nodes(undefined, AbortSignal.timeout(20_000)).then(
      (nodes) => nodes.map(({ name }) => name),
      (thrown: unknown) => failureOf(thrown),
    );
    kubernetes.dispose();
    return { outcome, asked, received: api.received.length };
  } finally {
    await settings.update('proxy', undefined, vscode.ConfigurationTarget.Global);
    proxy.close();
    await api.close();
  }
}

describe('A cluster behind a proxy', () => {
  let own: Authority;
  let inspecting: Authority;
  before(async () => {
    own = await makeAuthority('kubernetes');
    inspecting = await makeAuthority('Corporate Inspection CA');
  });

  it('is reached through the proxy of the settings, which alone knows the host', async () => {
    const { outcome, asked } = await nodesOf(own, own);
    assert.deepEqual(outcome, ['a']);
    assert.deepEqual(asked, [`${HOST}:443`]);
  });

  it('is not asked anything where the proxy opens TLS, and the CA that signed is named', async () => {
    const { outcome, received } = await nodesOf(own, inspecting);
    assert.equal(Reflect.get(outcome, 'reason'), 'untrusted');
    assert.equal(Reflect.get(outcome, 'issuer'), 'Corporate Inspection CA');
    assert.equal(received, 0);
  });
});
