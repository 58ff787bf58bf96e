/** What can go wrong between Slipway and AWS in the middle of following: it goes on when the cause is gone. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { finspaceKind } from '../../src/deploy/finspace/kind';
import { finspaceTarget } from '../../src/deploy/finspace/target';
import { createCodeFollower } from '../../src/deploy/follow/code-follower';
import { systemClock } from '../../src/model/clock';
import { AttentionSource } from '../../src/nodegroup/attention/attention-source';
import { versionFollower } from '../../src/nodegroup/follow/follow';
import type { Fault } from '../../src/sandbox/fault-syntax';
import { openInSandbox } from '../aws/open-aws';
import { type Following, givenFollowing } from '../operations/tracking';
import { startTestSandbox, type TestSandbox } from '../sandbox/start';
import { restartCluster, updateGroup } from './fleet';
import { SandboxClock } from './sandbox-clock';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let sandbox: TestSandbox;
let opened: Awaited<ReturnType<typeof openInSandbox>>;

beforeAll(async () => {
  sandbox = await startTestSandbox({ empty: true });
});
afterAll(() => sandbox.stop());

beforeEach(async () => {
  await sandbox.control.reset();
  await sandbox.control.foreign({ kind: 'fleet', kdbClusters: 1, clusters: 1, nodegroupsEach: 1 });
  opened = await openInSandbox(sandbox);
});

afterEach(() => opened.close());

interface Followed extends Following {
  readonly clock: SandboxClock;
  /** A code update and a node group update, both of which have been seen to go on. */
  readonly ids: readonly string[];
}

async function givenTwoUpdates(): Promise<Followed> {
  const { session } = opened;
  const ports = session.following;
  const clock = new SandboxClock();
  const finspace = clock.watching(ports.finspace);
  const eks = clock.watching(ports.eks);
  const following = await givenFollowing({
    clock,
    followers: () => [
      createCodeFollower(finspaceKind, async ({ path }) => finspaceTarget(finspace, path), clock),
      versionFollower({ eks: () => eks, clock }),
    ],
  });
  const ids = await Promise.all([
    restartCluster(following.ledger, session, ports, 'fleet-001'),
    updateGroup(following.ledger, session, new AttentionSource(ports, systemClock), 'fleet-001', 'nodes-001'),
  ]);
  following.tracker.start();
  await clock.advance(MINUTE / 2);
  for (const id of ids)
    expect(following.tracker.status(id)).toMatchObject({ lastLookAt: expect.any(Number) });
  return { ...following, clock, ids };
}

function statesOf({ ledger, ids }: Followed): readonly (string | undefined)[] {
  return ids.map((id) => ledger.operation(id)?.state);
}

/** The updates end at AWS while nothing can be read of it, which goes on for `ms`. */
async function trouble(followed: Followed, fault: Fault, ms: number): Promise<void> {
  await sandbox.control.fault(fault);
  await sandbox.control.advance(HOUR);
  await followed.clock.advance(ms);
  expect(statesOf(followed)).toEqual(['watching', 'watching']);
}

const FAULTS: readonly (readonly [string, Fault, object])[] = [
  [
    'throttling',
    { kind: 'error', status: 429, code: 'ThrottlingException', message: 'Rate exceeded' },
    { reason: 'throttled' },
  ],
  [
    'an error of the service',
    { kind: 'error', status: 500, code: 'InternalServerException', message: 'try again' },
    { reason: 'server' },
  ],
  ['a page in place of an answer', { kind: 'html', status: 503 }, { reason: 'server' }],
  ['an empty answer', { kind: 'empty', status: 502 }, { reason: 'server' }],
  ['connections that are reset', { kind: 'reset' }, { reason: 'network' }],
  ['answers that break off', { kind: 'truncate' }, { reason: 'network' }],
];

describe.each(FAULTS)('%s', (_name, fault, problem) => {
  test('is shown, asks less and less often, and is over when its cause is', async () => {
    const followed = await givenTwoUpdates();
    const { clock, tracker, ids, ended, asked } = followed;
    await sandbox.control.clearRequests();
    await trouble(followed, fault, 30 * MINUTE);
    for (const id of ids) expect(tracker.status(id)?.problem).toMatchObject(problem);
    const requests = await sandbox.control.requests();
    expect(requests.length).toBeGreaterThan(10);
    // Every five seconds it would be 720.
    expect(requests.length).toBeLessThan(140);

    await sandbox.control.clearFaults();
    await clock.advance(2 * MINUTE);
    expect(statesOf(followed)).toEqual(['succeeded', 'succeeded']);
    expect(ended.map(({ id }) => id).sort()).toEqual([...ids].sort());
    expect(asked).toEqual([]);
  });
});

describe('expired credentials', () => {
  const expired: Fault = {
    kind: 'error',
    status: 403,
    code: 'ExpiredTokenException',
    message: 'The security token included in the request is expired',
  };

  test('ask once, for both operations, and a click goes on', async () => {
    const followed = await givenTwoUpdates();
    const { clock, tracker, asked } = followed;
    await trouble(followed, expired, HOUR);
    expect(asked).toMatchObject([['sandbox:us-east-1', { kind: 'credentials', problem: 'expired' }]]);

    await sandbox.control.clearFaults();
    tracker.resumeConnection('sandbox:us-east-1');
    await clock.advance(10_000);
    expect(statesOf(followed)).toEqual(['succeeded', 'succeeded']);
    expect(asked).toHaveLength(1);
  });

  test('are tried now and then, in case of a login elsewhere', async () => {
    const followed = await givenTwoUpdates();
    await trouble(followed, expired, 5 * MINUTE);
    await sandbox.control.clearFaults();
    await followed.clock.advance(2 * MINUTE);
    expect(statesOf(followed)).toEqual(['succeeded', 'succeeded']);
    expect(followed.asked).toHaveLength(1);
  });
});
