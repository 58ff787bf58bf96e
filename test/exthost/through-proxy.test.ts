/** A proxy that VS Code knows of is Slipway's, too: where there is one, AWS is reached in no other way. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import type * as AwsModule from '../../src/aws/index';
import { systemClock } from '../../src/model/clock';
import { extension } from './loaded-scripts';

const HOST = 'aws.corporation.test';
const CONFIG = `[profile corporation]
region = us-east-1
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
endpoint_url = https://${HOST}
`;

describe('Behind a proxy', () => {
  it('requests to AWS go through the one of the settings, and only that knows the host', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'slipway-proxy-'));
    const asked = new Set<string | undefined>();
    const proxy = createServer().on('connect', ({ url }, socket) => {
      asked.add(url);
      socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
    });
    proxy.listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    const { port } = proxy.address() as AddressInfo;
    const settings = vscode.workspace.getConfiguration('http');
    const { AWS_CONFIG_FILE: configFile } = process.env;
    await settings.update('proxy', `http://127.0.0.1:${port}`, vscode.ConfigurationTarget.Global);
    try {
      process.env['AWS_CONFIG_FILE'] = join(folder, 'config');
      writeFileSync(join(folder, 'config'), CONFIG);
      const entry = pathToFileURL(join(extension().extensionPath, 'dist/aws/index.mjs')).href;
      const { createAws } = (await import(entry)) as typeof AwsModule;
      const aws = createAws({
        mfaCode: () => Promise.reject(new Error('nobody is asked')),
        onRequest: () => undefined,
        clock: systemClock,
        env: process.env,
        sandboxFile: join(folder, 'sandbox.json'),
        sandboxProgram: join(folder, 'none'),
        mayStartSandbox: false,
      });
      const source = { kind: 'profile', profile: 'corporation' } as const;
      const session = await aws.session({ id: 'profile:corporation:us-east-1', source, region: 'us-east-1' });
      await assert.rejects(session.interactive.identities.whoAmI(AbortSignal.timeout(20_000)), /502/);
      aws.dispose();
      assert.deepEqual([...asked], [`${HOST}:443`]);
    } finally {
      if (configFile === undefined) delete process.env['AWS_CONFIG_FILE'];
      else process.env['AWS_CONFIG_FILE'] = configFile;
      await settings.update('proxy', undefined, vscode.ConfigurationTarget.Global);
      proxy.close();
      rmSync(folder, { recursive: true });
    }
  });
});
