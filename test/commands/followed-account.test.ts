/** Following with keys of another account, where AWS knows nothing of the operation: no end is made of that. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { inItsAccount } from '../../src/commands/followed-account';
import { finspaceKind } from '../../src/deploy/finspace/kind';
import { finspaceTarget } from '../../src/deploy/finspace/target';
import { createCodeFollower } from '../../src/deploy/follow/code-follower';
import { connectionFromId } from '../../src/model/connection';
import { failureOf } from '../../src/model/failure';
import { versionFollower } from '../../src/nodegroup/follow/follow';
import type { Follower, Operation } from '../../src/operations/operation';
import { type OpenedAws, openAws } from '../aws/open-aws';
import { type Reply, type ScriptedServer, startScriptedServer } from '../aws/scripted-server';
import { planned } from '../operations/data';
import { done, givenFollowing, goingOn, ScriptedAws } from '../operations/tracking';
import { VirtualClock } from '../virtual-clock';

const MINUTE = 60_000;
const forever = new AbortController().signal;
const OURS = '111122223333';
const THEIRS = '444455556666';

const identity = (account: string): Reply => ({
  status: 200,
  headers: { 'content-type': 'text/xml' },
  body: `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Account>${account}</Account><Arn>arn:aws:iam::${account}:user/a</Arn></GetCallerIdentityResult></GetCallerIdentityResponse>`,
});
const running: Reply = {
  status: 200,
  body: '{"update":{"id":"update-1","status":"InProgress","type":"VersionUpdate","params":[],"errors":[]}}',
};
const refusal = (status: number, code: string): Reply => ({
  status,
  headers: { 'x-amzn-errortype': code },
  body: '{"message":"as AWS puts it"}',
});

describe('a follower', () => {
  let services: ScriptedServer;
  let sts: ScriptedServer;
  let opened: OpenedAws;

  const profile = (key: string): string =>
    `[profile team]\naws_access_key_id = ${key}\naws_secret_access_key = s\n`;

  beforeEach(async () => {
    [services, sts] = await Promise.all([startScriptedServer(), startScriptedServer()]);
    opened = await openAws({ env: { AWS_ENDPOINT_URL: services.url, AWS_ENDPOINT_URL_STS: sts.url } });
    await opened.profiles({ config: profile('OURKEY') });
  });
  afterEach(async () => {
    await opened.close();
    await Promise.all([services.close(), sts.close()]);
  });

  /** As a window follows, with the connection's session of the moment. */
  async function following(connectionId: string) {
    const connection = connectionFromId(connectionId);
    if (!connection) throw new Error(connectionId);
    return (await opened.aws.session(connection)).following;
  }

  /** The profile leads to other keys from now on. */
  async function changeProfile(key: string): Promise<void> {
    await opened.profiles({ config: profile(key) });
    opened.aws.forget('profile:team:us-east-1');
  }

  const guarded = (follower: Follower): Follower =>
    inItsAccount(follower, async (id, signal) => (await following(id)).identities.whoAmI(signal));

  const operation: Operation = {
    id: 'op',
    kind: 'nodegroup-version',
    state: 'watching',
    subject: {
      connectionId: 'profile:team:us-east-1',
      region: 'us-east-1',
      accountId: OURS,
      path: ['prod', 'workers'],
      label: 'prod / workers',
    },
    plan: {},
    writer: 'w',
    steps: [],
    facts: { updateId: 'update-1' },
    requestIds: [],
    createdAt: 1,
  };

  test.each([
    ['does not find the update', refusal(404, 'ResourceNotFoundException')],
    ['does not let anybody read it', refusal(403, 'AccessDeniedException')],
  ])('of a node group asks nothing of another account, which %s', async (_what, reply) => {
    const clock = new VirtualClock();
    const follower = guarded(
      versionFollower({ eks: async ({ connectionId }) => (await following(connectionId)).eks, clock }),
    );
    sts.answer(identity(OURS), identity(THEIRS), identity(OURS));
    services.answer(running, running, reply);
    for (const _look of [1, 2]) {
      expect(await follower.poll(operation, forever)).toMatchObject({ state: 'going-on' });
    }
    expect(sts.received).toHaveLength(1);

    await changeProfile('THEIRKEY');
    for (const _look of [1, 2, 3]) {
      expect(await follower.poll(operation, forever).catch(failureOf)).toEqual({
        kind: 'refused',
        code: 'other-account',
        facts: { account: OURS, found: THEIRS },
      });
    }
    // Who the keys belong to is asked once for each of them, and nothing else is.
    expect(sts.received).toHaveLength(2);
    expect(services.received).toHaveLength(2);

    await changeProfile('OURKEY');
    services.answer(running);
    expect(await follower.poll(operation, forever)).toMatchObject({ state: 'going-on' });
  });

  test('of a kdb cluster does not take the silence of another account for a deleted cluster', async () => {
    const code: Operation = {
      ...operation,
      kind: 'code',
      sentAt: 1,
      request: {
        service: 'finspace',
        operation: 'UpdateKxClusterCodeConfiguration',
        input: {
          environmentId: 'env',
          clusterName: 'rdb',
          clientToken: 'token-1',
          code: { s3Bucket: 'team', s3Key: 'k' },
          deploymentConfiguration: { deploymentStrategy: 'ROLLING' },
        },
        token: 'token-1',
      },
      plan: {
        bucket: 'team',
        prefix: 'q',
        before: { commandLineArguments: [] },
        next: { code: { bucket: 'team', key: 'k' }, commandLineArguments: [] },
        strategy: 'ROLLING',
      },
    };
    const clock = new VirtualClock();
    const follower = createCodeFollower(
      finspaceKind,
      async ({ connectionId, path }) => finspaceTarget((await following(connectionId)).finspace, path),
      clock,
    );
    sts.answer(identity(THEIRS));
    services.answer(refusal(404, 'ResourceNotFoundException'));
    expect(await follower.poll(code, forever)).toMatchObject({
      facts: { missingSince: clock.now() },
    });
    expect(await guarded(follower).poll(code, forever).catch(failureOf)).toMatchObject({
      code: 'other-account',
    });
    expect(services.received).toHaveLength(1);
  });

  test('believes no end that came while the keys were replaced', async () => {
    const clock = new VirtualClock();
    const plain = versionFollower({
      eks: async ({ connectionId }) => {
        await changeProfile('THEIRKEY');
        return (await following(connectionId)).eks;
      },
      clock,
    });
    sts.answer(identity(OURS), identity(THEIRS));
    services.answer(refusal(404, 'ResourceNotFoundException'));
    expect(await guarded(plain).poll(operation, forever).catch(failureOf)).toMatchObject({
      code: 'other-account',
    });
    expect(services.received).toHaveLength(1);
  });
});

test('the tracker shows it as a problem, asks rarely, and goes on when the account is back', async () => {
  let account = '123456789012';
  let asked = 0;
  let isOver = false;
  const followed = await givenFollowing({
    followers: (clock) => {
      const aws = new ScriptedAws(clock, () => (isOver ? done : goingOn));
      return [
        inItsAccount(
          { kind: aws.kind, service: aws.service, poll: (one, signal) => aws.poll(one, signal) },
          async () => {
            asked += 1;
            return { accountId: account, arn: `arn:aws:iam::${account}:user/a` };
          },
        ),
      ];
    },
  });
  const { clock, tracker, ledger, asked: credentials } = followed;
  const id = await followed.accepted(planned());
  tracker.start();
  await clock.advance(MINUTE);
  expect(tracker.status(id)?.problem).toBeUndefined();

  account = THEIRS;
  asked = 0;
  await clock.advance(60 * MINUTE);
  expect(ledger.operation(id)?.state).toBe('watching');
  expect(tracker.status(id)?.problem).toMatchObject({ code: 'other-account', facts: { found: THEIRS } });
  // Every five seconds it would be 720.
  expect(asked).toBeGreaterThan(30);
  expect(asked).toBeLessThan(140);
  expect(credentials).toEqual([]);

  account = '123456789012';
  await clock.advance(2 * MINUTE);
  expect(tracker.status(id)?.problem).toBeUndefined();
  isOver = true;
  await clock.advance(MINUTE);
  expect(ledger.operation(id)?.state).toBe('succeeded');
});
