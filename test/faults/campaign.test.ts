/**
 * The fault campaign: each kind of fault on each request of deploying code and of updating a node group, judged by what
 * the sandbox did. A tenth that one seed draws; all of it, with a new seed each time, by `npm run test:faults`.
 */
import { afterAll, describe, expect, test } from 'vitest';
import { standBelow } from './below';
import { type Case, type Choice, casesOf } from './cases';
import { FLOWS } from './flows';
import { openRig } from './rig';
import { run } from './run';
import type { Outcome } from './settle';
import { tableOf } from './table';
import { faultsOf } from './verdict';

const env = (name: string): string | undefined => process.env[`SLIPWAY_FAULTS_${name}`];
const choice: Choice = {
  // The same each time: a change is judged by what it changed. New seeds are for `npm run test:faults`.
  seed: Number(env('SEED') ?? 20_261_130),
  share: Number(env('SHARE') ?? 0.1),
  both: env('BOTH') !== undefined,
  only: env('ONLY') ?? '',
};

const below = standBelow();
const rig = await openRig();
const healthy: Outcome[] = [];
for (const flow of FLOWS) healthy.push(await run(rig, below, flow));
const began = performance.now();
for (const flow of FLOWS) await run(rig, below, flow);
rig.setPatience((2 * (performance.now() - began)) / FLOWS.length);
const recorded = FLOWS.map((flow, index) => ({ flow, outcome: healthy[index]! }));
const cases = recorded.flatMap(({ flow, outcome }) => casesOf(flow, outcome.requests, choice));
const results = new Map<Case, boolean>();

afterAll(async () => {
  await rig.close();
  below.restore();
  console.log(tableOf(results, choice.seed));
});

test.each(recorded)('$flow.name ends as it should where nothing is wrong', ({ flow, outcome }) => {
  const isRefused = flow.given.some(({ kind }) => kind === 'error');
  const { operation, accepted, isLive } = outcome.after;
  expect([operation?.state, accepted, isLive]).toEqual(
    isRefused ? ['failed', 0, false] : ['succeeded', 1, true],
  );
});

test('all services and at least 1,500 cases are in the whole campaign', () => {
  const whole = { ...choice, share: 1, both: false, only: '' };
  const all = recorded.flatMap(({ flow, outcome }) => casesOf(flow, outcome.requests, whole));
  expect(all.length).toBeGreaterThanOrEqual(1_500);
  const services = new Set(all.map(({ injection }) => injection.at.service));
  expect([...services].sort()).toEqual(['ec2', 'eks', 'finspace', 'kubernetes', 's3', 'ssm', 'sts']);
});

describe(`seed ${choice.seed}`, () => {
  test.each(cases.map((one) => [one.name, one] as const))('%s', async (_name, one) => {
    const outcome = await run(rig, below, one.flow, one.injection);
    const wrong = faultsOf(one.flow, one.injection, outcome, rig.sandbox.credentials.secretAccessKey);
    results.set(one, wrong.length === 0);
    expect(wrong).toEqual([]);
  });
});
