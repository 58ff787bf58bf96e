/** 200 updates followed at once by the real adapters: what the sandbox counts keeps to the budget, no end is seen late. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { finspaceKind } from '../../src/deploy/finspace/kind';
import { finspaceTarget } from '../../src/deploy/finspace/target';
import { createCodeFollower } from '../../src/deploy/follow/code-follower';
import { systemClock } from '../../src/model/clock';
import { AttentionSource } from '../../src/nodegroup/attention/attention-source';
import { versionFollower } from '../../src/nodegroup/follow/follow';
import type { Operation } from '../../src/operations/operation';
import { openInSandbox } from '../aws/open-aws';
import { expectNoticedInTime } from '../operations/expectations';
import { temporaryFolder } from '../operations/given';
import { givenFollowing } from '../operations/tracking';
import { startTestSandbox, type TestSandbox } from '../sandbox/start';
import { fleetName, restartCluster, updateGroup } from './fleet';
import { SandboxClock } from './sandbox-clock';

const EACH = 100;
const RATE = 2;
const BASE_MS = 5_000;
const MINUTE = 60_000;
/** One turn of the budget: what the sandbox counts is read after each. */
const SLICE_MS = 1000 / RATE;

let sandbox: TestSandbox;
let opened: Awaited<ReturnType<typeof openInSandbox>>;

beforeAll(async () => {
  sandbox = await startTestSandbox({ empty: true });
  await sandbox.control.foreign({ kind: 'fleet', kdbClusters: EACH, clusters: 5, nodegroupsEach: EACH / 5 });
  opened = await openInSandbox(sandbox);
});

afterAll(async () => {
  await opened?.close();
  await sandbox?.stop();
});

const groupOf = (number: number): [string, string] => [
  fleetName('fleet', 1 + (number % 5)),
  fleetName('nodes', Math.ceil(number / 5)),
];

test('200 updates that end after one minute or two', { timeout: 300_000 }, async () => {
  const { session } = opened;
  const ports = session.following;
  const clock = new SandboxClock();
  const finspace = clock.watching(ports.finspace);
  const eks = clock.watching(ports.eks);
  const following = await givenFollowing({
    folder: temporaryFolder(),
    clock,
    followers: () => [
      createCodeFollower(finspaceKind, async ({ path }) => finspaceTarget(finspace, path), clock),
      versionFollower({ eks: () => eks, clock }),
    ],
  });
  const { ledger, tracker } = following;

  const minutes = new Map<string, number>();
  const looks = new AttentionSource(ports, systemClock);
  for (const updateMinutes of [1, 2]) {
    await sandbox.control.settings({ finspace: { updateMinutes }, eks: { updateMinutes } });
    const numbers = Array.from({ length: EACH / 2 }, (_, index) => 2 * index + updateMinutes);
    const begun = numbers.flatMap((number) => [
      restartCluster(ledger, session, ports, fleetName('fleet', number)),
      updateGroup(ledger, session, looks, ...groupOf(number)),
    ]);
    for (const id of await Promise.all(begun)) minutes.set(id, updateMinutes);
  }
  expect(ledger.operations().map(({ state }) => state)).toEqual(Array(2 * EACH).fill('watching'));

  const from = clock.now();
  await sandbox.control.clearRequests();
  tracker.start();
  const counts = new Map<string, number[]>([
    ['finspace', []],
    ['eks', []],
  ]);
  let seen = 0;
  // The first look is at the very beginning, so that is a slice of its own.
  for (let wait = 0; following.ended.length < 2 * EACH && clock.now() - from < 10 * MINUTE; wait = SLICE_MS) {
    await sandbox.control.advance(wait);
    await clock.advance(wait);
    const requests = await sandbox.control.requests({ since: seen });
    seen = requests.at(-1)?.seq ?? seen;
    expect(requests.filter(({ service }) => !counts.has(service ?? ''))).toEqual([]);
    for (const [service, slices] of counts) {
      slices.push(requests.filter((request) => request.service === service).length);
    }
  }
  expect(following.problems).toEqual([]);
  expect(following.ended.map(({ state }) => state)).toEqual(Array(2 * EACH).fill('succeeded'));

  for (const slices of counts.values()) {
    const seconds = slices.slice(1).map((count, index) => count + (slices[index] ?? 0));
    expect(Math.max(...seconds), 'it does use its budget').toBe(RATE);
    expect(slices.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(2 * EACH);
  }

  const runOf = ({ id, endedAt = Number.NaN }: Operation) => ({
    from,
    end: from + (minutes.get(id) ?? Number.NaN) * MINUTE,
    noticed: endedAt,
  });
  const code = ledger.operations().filter(({ kind }) => kind === 'code');
  expect(code).toHaveLength(EACH);
  expectNoticedInTime(code.map(runOf), { baseMs: BASE_MS, rate: RATE, latency: SLICE_MS });
  // The end of a node group's update takes a second turn, for the group itself: all 200 are what its bound counts.
  for (const { end, noticed } of ledger.operations().map(runOf)) {
    expect(noticed - end).toBeLessThanOrEqual(((2 * EACH) / RATE) * 1000);
  }
});
