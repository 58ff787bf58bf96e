/** What AWS says is kept without the secrets in it, whatever answer it comes in. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AwsPorts } from '../../src/aws/contract';
import { failureOf } from '../../src/model/failure';
import { causeLines, logOf } from '../../src/view/log';
import { channel, takeShown } from '../view/window-stand-in';
import { type OpenedAws, openAws, staticProfile } from './open-aws';
import { type ScriptedServer, startScriptedServer } from './scripted-server';

const signal = new AbortController().signal;
const ARGUMENT = 'sesame.argument';
const SAID = `wrong: password=sesame1, key ASIA${'SESAME2Q'.repeat(2)}, https://b/k?X-Amz-Signature=sesame3`;

let server: ScriptedServer;
let opened: OpenedAws;
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

function answer(body: object, status = 200, error = ''): void {
  const type = { 'content-type': 'application/json', 'x-amzn-requestid': 'rid' };
  const headers = error === '' ? type : { ...type, 'x-amzn-errortype': error };
  server.answer({ status, headers, body: JSON.stringify(body) });
}

function expectNoSecret(data: unknown): void {
  expect(JSON.stringify(data)).toContain('wrong');
  expect(JSON.stringify(data)).not.toMatch(/sesame/i);
}

const CLUSTER = { clusterName: 'c', clusterType: 'RDB', status: 'CREATE_FAILED' };

it('in the reason of a cluster in a list', async () => {
  answer({ kxClusterSummaries: [{ ...CLUSTER, statusReason: SAID }] });
  expectNoSecret(await ports.finspace.listClusters('e', undefined, signal));
});

it('in the reason of a cluster, the values of its own arguments too', async () => {
  const commandLineArguments = [{ key: 'k', value: ARGUMENT }];
  answer({ ...CLUSTER, statusReason: `${SAID} ${ARGUMENT}`, commandLineArguments });
  const { statusReason, configuration } = await ports.finspace.getCluster('e', 'c', signal);
  expectNoSecret(statusReason);
  expect(configuration.commandLineArguments).toEqual(commandLineArguments);
});

it('in the message of an environment', async () => {
  answer({ environmentId: 'e', name: 'n', status: 'FAILED_CREATION', errorMessage: SAID });
  expectNoSecret(await ports.finspace.getEnvironment('e', signal));
});

it('in the errors of an update, and in health issues', async () => {
  const errors = [{ errorCode: 'AccessDenied', errorMessage: SAID, resourceIds: [] }];
  answer({ update: { id: 'u', status: 'Failed', type: 'VersionUpdate', errors } });
  expectNoSecret(await ports.eks.describeUpdate('c', 'n', 'u', signal));
  const health = { issues: [{ code: 'AccessDenied', message: SAID, resourceIds: [] }] };
  answer({ nodegroup: { clusterName: 'c', nodegroupName: 'n', status: 'DEGRADED', health } });
  expectNoSecret(await ports.eks.describeNodegroup('c', 'n', signal));
});

it('in a refusal of what was sent, nor in the log of what caused it', async () => {
  answer({ message: `${SAID} ${ARGUMENT}` }, 400, 'ValidationException');
  const thrown = await ports.finspace
    .updateCode(
      {
        environmentId: 'e',
        clusterName: 'c',
        clientToken: 't',
        code: { bucket: 'b', key: 'k' },
        strategy: 'ROLLING',
        commandLineArguments: [{ key: 'k', value: ARGUMENT }],
      },
      signal,
    )
    .catch((error: unknown) => error);
  expect(failureOf(thrown)).toMatchObject({ kind: 'aws', name: 'ValidationException' });
  expectNoSecret(failureOf(thrown));
  expectNoSecret(logged(thrown));
});

it('in a refusal of anything else, nor in the log of what caused it', async () => {
  answer({ message: SAID }, 400, 'InvalidParameterException');
  const thrown = await ports.eks.listClusters(undefined, signal).catch((error: unknown) => error);
  expectNoSecret(failureOf(thrown));
  expect((thrown as Error).cause).toBeInstanceOf(Error);
  expectNoSecret(logged(thrown));
});

/** What the log shows of what was thrown. */
function logged(thrown: unknown): unknown {
  takeShown();
  const log = logOf(channel as unknown as Parameters<typeof logOf>[0]);
  for (const line of causeLines(thrown)) log.error(line);
  return takeShown();
}

it('in what a service says of the credentials', async () => {
  answer({ message: SAID }, 403, 'UnrecognizedClientException');
  const failure = failureOf(await ports.eks.listClusters(undefined, signal).catch((error: unknown) => error));
  expect(failure).toMatchObject({ kind: 'credentials' });
  expectNoSecret(failure);
});
