/** The command that is copied from an operation, run by a real shell: it sends what was sent, by what AWS received. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/model/clock';
import type { Json } from '../../src/model/json';
import { AttentionSource } from '../../src/nodegroup/attention/attention-source';
import { awsCli } from '../../src/operations/cli';
import { openLedger } from '../../src/operations/ledger';
import { openInSandbox } from '../aws/open-aws';
import { temporaryFolder } from '../operations/given';
import { argumentsOf } from '../operations/stub-aws';
import { startTestSandbox, type TestSandbox } from '../sandbox/start';
import { FLEET_ENVIRONMENT, restartCluster, updateGroup } from './fleet';

let sandbox: TestSandbox;
let opened: Awaited<ReturnType<typeof openInSandbox>>;

beforeAll(async () => {
  sandbox = await startTestSandbox({ empty: true, recordBodies: true });
  await sandbox.control.foreign({ kind: 'fleet', kdbClusters: 1, clusters: 1, nodegroupsEach: 1 });
  opened = await openInSandbox(sandbox);
});

afterAll(async () => {
  await opened?.close();
  await sandbox?.stop();
});

/** The body of the one request of this operation, as the sandbox received it. */
async function received(operation: string): Promise<Readonly<Record<string, Json>>> {
  const [request, ...others] = await sandbox.control.requests({ operation });
  expect(others).toEqual([]);
  return JSON.parse(Buffer.from(request?.exchange?.requestBody ?? '', 'base64').toString());
}

describe.skipIf(process.platform === 'win32')('the command of', () => {
  test.each([
    {
      what: 'a deployment',
      service: 'finspace',
      operation: 'UpdateKxClusterCodeConfiguration',
      command: 'update-kx-cluster-code-configuration',
      path: { environmentId: FLEET_ENVIRONMENT, clusterName: 'fleet-001' },
    },
    {
      what: 'an update of a node group',
      service: 'eks',
      operation: 'UpdateNodegroupVersion',
      command: 'update-nodegroup-version',
      path: { clusterName: 'fleet-001', nodegroupName: 'nodes-001' },
    },
  ])('$what', async ({ service, operation, command, path }) => {
    const { session } = opened;
    const ports = session.following;
    const ledger = await openLedger({ folder: temporaryFolder(), clock: systemClock });
    const id = await (service === 'finspace'
      ? restartCluster(ledger, session, ports, 'fleet-001')
      : updateGroup(ledger, session, new AttentionSource(ports, systemClock), 'fleet-001', 'nodes-001'));
    const request = ledger.operation(id)?.request;
    await ledger.dispose();
    if (!request) throw new Error('nothing was sent');

    const place = { region: 'us-east-1', endpointUrl: sandbox.url };
    const [call = [], ...more] = argumentsOf(awsCli(request, place));
    expect(more).toEqual([]);
    const [input = '', ...options] = call.slice(3);
    expect(call.slice(0, 3)).toEqual([service, command, '--cli-input-json']);
    expect(options).toEqual(['--region', 'us-east-1', '--endpoint-url', sandbox.url]);
    // What the path says is not in the body.
    expect(JSON.parse(input)).toEqual({ ...path, ...(await received(operation)) });
  });
});
