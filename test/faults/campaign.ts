/**
 * The fault campaign: each kind of fault on each request of deploying code and of updating a node group, judged by what
 * the sandbox did. A tenth that one seed draws; all of it, with a new seed each time, by `npm run test:faults`. Its flows
 * are divided among test files, so that these run side by side.
 */
import { afterAll, expect, test } from 'vitest';
import { standBelow } from './below';
import { type Case, type Choice, casesOf } from './cases';
import type { Flow } from './flows';
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

/** Of all cases of the flows, whatever is drawn: how many there are at least, and the services of their requests. */
export interface Whole {
  readonly cases: number;
  readonly services: readonly string[];
}

/** Declares the tests of a part of the campaign. To be awaited by a test file: the flows are first run undisturbed. */
export async function campaign(flows: readonly Flow[], whole: Whole): Promise<void> {
  const below = standBelow();
  const rig = await openRig();
  const healthy: Outcome[] = [];
  for (const flow of flows) healthy.push(await run(rig, below, flow));
  const began = performance.now();
  for (const flow of flows) await run(rig, below, flow);
  rig.setPatience((2 * (performance.now() - began)) / flows.length);
  const recorded = flows.map((flow, index) => ({ flow, outcome: healthy[index]! }));
  const cases = recorded.flatMap(({ flow, outcome }) => casesOf(flow, outcome, choice));
  const results = new Map<Case, boolean>();

  afterAll(async () => {
    await rig.close();
    below.restore();
    console.log(tableOf(flows, results, choice.seed));
  });

  test.each(recorded)('$flow.name ends as it should where nothing is wrong', ({ flow, outcome }) => {
    const isRefused = flow.given.some(({ kind }) => kind === 'error');
    const { operation, accepted, isLive } = outcome.after;
    expect([operation?.state, accepted, isLive]).toEqual(
      isRefused ? ['failed', 0, false] : ['succeeded', 1, true],
    );
  });

  test(`all services and at least ${whole.cases} cases are in the whole of it`, () => {
    const everything = { ...choice, share: 1, both: false, only: '' };
    const all = recorded.flatMap(({ flow, outcome }) => casesOf(flow, outcome, everything));
    expect(all.length).toBeGreaterThanOrEqual(whole.cases);
    const services = new Set(all.map(({ injection }) => injection.at.service));
    expect([...services].sort()).toEqual(whole.services);
  });

  test.each(cases.map((one) => [one.name, one] as const))(`%s (seed ${choice.seed})`, async (_name, one) => {
    const outcome = await run(rig, below, one.flow, one.injection);
    const wrong = faultsOf(one.flow, one.injection, outcome, rig.sandbox.credentials.secretAccessKey);
    results.set(one, wrong.length === 0);
    expect(wrong).toEqual([]);
  });
}
