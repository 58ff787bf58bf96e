/** A clock that is wrong, here or there: the SDK learns the right time from the first refusal, and all who asked at once go on. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { AwsPorts } from '../../src/aws/contract';
import { startTestSandbox, type TestSandbox } from '../sandbox/start';
import { openInSandbox } from './open-aws';

const HOUR = 3_600_000;
const ENVIRONMENT = 'eq7prod3k9m2q4x8t6z5w1ab';
const BUCKET = 'acme-kdb-code-111122223333';
const signal = new AbortController().signal;

let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await startTestSandbox();
});
afterAll(() => sandbox.stop());
beforeEach(() => sandbox.control.reset());

const ASKED: Readonly<Record<string, (ports: AwsPorts) => readonly Promise<unknown>[]>> = {
  finspace: ({ finspace }) => [
    finspace.getCluster(ENVIRONMENT, 'eq-rdb', signal),
    finspace.getEnvironment(ENVIRONMENT, signal),
    finspace.listClusters(ENVIRONMENT, undefined, signal),
  ],
  eks: ({ eks }) => [
    eks.describeCluster('market-data', signal),
    eks.describeNodegroup('market-data', 'hardened', signal),
    eks.listClusters(undefined, signal),
  ],
  s3: ({ objects }) => [
    objects.versioning(BUCKET, signal),
    objects.policy(BUCKET, signal),
    objects.list(BUCKET, '', undefined, signal),
  ],
  ec2: ({ compute }) => [
    compute.launchTemplateVersions({ id: 'lt-08f2b36d95ce74a10' }, undefined, signal),
    compute.launchTemplateVersions({ id: 'lt-0d7c1e94ab2f60358' }, undefined, signal),
  ],
};

test.each(
  Object.keys(ASKED).flatMap((service) =>
    (['interactive', 'following'] as const).flatMap((kind) =>
      [HOUR, -HOUR].map((ms): [string, 'interactive' | 'following', number] => [service, kind, ms]),
    ),
  ),
)(
  '%s, %s: requests at once go on with a clock that is %i ms off, and when it is right again',
  async (service, kind, ms) => {
    const { session, close } = await openInSandbox(sandbox);
    const ask = () => Promise.allSettled(ASKED[service]!(session[kind]));
    const refused = async () =>
      (await ask()).flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : []));
    await sandbox.control.fault({ kind: 'skew', ms });
    expect(await refused()).toEqual([]);
    await sandbox.control.clearFaults();
    expect(await refused()).toEqual([]);
    await close();
  },
);
