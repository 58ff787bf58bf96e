/** The readiness of a cluster while it is looked at: AWS first, the inside of the cluster after, again and again. */
import { expect, test, vi } from 'vitest';
import { WatchedReadiness } from '../../src/commands/nodegroup/watched-readiness';
import { AttentionSource } from '../../src/nodegroup/attention/attention-source';
import { budget, node, pod } from '../drain/cluster';
import { type FakeFacts, fakeCluster } from '../drain/fake-cluster';
import { VirtualClock } from '../virtual-clock';
import { FakeAws } from './fake-aws';
import { denied, NOW, nodegroup, VERSIONS } from './nouns';

const MINUTE = 60_000;

function watching(facts: Partial<FakeFacts> = {}) {
  const aws = new FakeAws();
  aws.versions = VERSIONS;
  aws.nodegroups = [nodegroup({ name: 'workers' }), nodegroup({ name: 'spot' })];
  const inside = fakeCluster({
    nodes: [node('a'), node('b', { nodegroup: 'spot' })],
    pods: [pod()],
    budgets: [budget({ disruptionsAllowed: 0, currentHealthy: 2 })],
    ...facts,
  });
  const clock = new VirtualClock(NOW);
  let readings = 0;
  const told: string[] = [];
  const watched = new WatchedReadiness(
    'prod',
    {
      attention: async () => new AttentionSource(aws.ports, clock),
      inside: async () => ({ api: inside }),
      clock: {
        now: () => clock.now(),
        sleep: (ms, signal) => {
          readings += 1;
          return clock.sleep(ms, signal);
        },
      },
    },
    () => told.push(stateOf(watched)),
  );
  return {
    aws,
    inside,
    clock,
    watched,
    told,
    /** After a reading, or instead of one, it waits for the next one. */
    waits: (times: number) => vi.waitFor(() => expect(readings).toBe(times)),
  };
}

function stateOf({ isReading, readiness, failure, drains }: WatchedReadiness): string {
  const codes = [...drains].map(([name, { code }]) => `${name} ${code}`);
  const state = isReading ? 'reading' : failure ? 'failed' : 'read';
  return [state, readiness ? 'known' : 'nothing', ...codes].join(', ');
}

test('shows what AWS says before the cluster is asked, then each node group in turn', async () => {
  const { watched, told, waits } = watching();
  watched.start();
  await waits(1);
  expect(told).toEqual([
    'reading, nothing',
    'read, known',
    'read, known, workers drain-held',
    'read, known, workers drain-held, spot drain-free',
    'read, known, workers drain-held, spot drain-free',
  ]);
  watched.stop();
});

test('reads AWS each minute and the cluster every few, and nothing while nobody looks', async () => {
  const { watched, clock, aws, inside, waits } = watching();
  const asked = (): readonly number[] => [
    aws.count('DescribeCluster'),
    inside.calls.filter((call) => call === 'nodes').length,
  ];
  watched.start();
  for (let minute = 1; minute <= 3; minute += 1) {
    await waits(minute);
    await clock.advance(MINUTE);
  }
  await waits(4);
  expect(asked()).toEqual([4, 2]);
  watched.stop();
  await clock.advance(30 * MINUTE);
  expect(asked()).toEqual([4, 2]);
  watched.start();
  await waits(5);
  expect(asked()).toEqual([5, 4]);
  // Who comes back within the minute sees what was read.
  watched.stop();
  watched.start();
  await waits(6);
  expect(asked()).toEqual([5, 4]);
  watched.refresh();
  await waits(7);
  expect(asked()).toEqual([6, 6]);
  watched.stop();
});

test('a cluster that cannot be read is unknown for all of its node groups, and asked once', async () => {
  const { watched, inside, waits } = watching({ refused: ['nodes'] });
  watched.start();
  await waits(1);
  expect([...watched.drains].map(([name, { code }]) => [name, code])).toEqual([
    ['workers', 'drain-unknown'],
    ['spot', 'drain-unknown'],
  ]);
  expect(inside.calls).toEqual(['nodes']);
  watched.stop();
});

test('what AWS refuses leaves what was read before, and is tried again', async () => {
  const { watched, clock, aws, waits } = watching();
  watched.start();
  await waits(1);
  aws.failures = { DescribeCluster: denied('eks', 'DescribeCluster') };
  await clock.advance(MINUTE);
  await waits(2);
  expect(stateOf(watched)).toMatch(/^failed, known, workers drain-held/);
  aws.failures = {};
  await clock.advance(MINUTE);
  await waits(3);
  expect(watched.failure).toBeUndefined();
  watched.stop();
});
