/** Rules of updates at their borders, and with what AWS does not show. */
import { describe, expect, it } from 'vitest';
import { change } from '../../src/nodegroup/checks/images';
import { paceCheck } from '../../src/nodegroup/checks/rollout';
import { downgrade } from '../../src/nodegroup/checks/versions';
import { findUpdate } from '../../src/nodegroup/follow/find-update';
import { readinessSteps } from '../../src/nodegroup/readiness/steps';
import { compareReleases, releaseProblem } from '../../src/nodegroup/rules/release-version';
import { rolloutEstimate } from '../../src/nodegroup/rules/rollout-estimate';
import { supportOf } from '../../src/nodegroup/rules/support';
import { skewOf } from '../../src/nodegroup/rules/versions';
import type { Operation } from '../../src/operations/operation';
import { known, unknown } from '../../src/plan/optional-read';
import { FakeAws } from './fake-aws';
import { cluster, DAY, NEWEST, NOW, nodegroup, situation, update } from './nouns';
import { forever } from './operations';

describe('the pace', () => {
  it('has no minutes where AWS does not say how many nodes there are', () => {
    const group = nodegroup({ scaling: {}, updateConfig: { maxUnavailable: 2 } });
    const pace = rolloutEstimate(group, undefined);
    expect(pace).toStrictEqual({ strategy: 'DEFAULT', parallel: { least: 2, most: 2 }, extraNodes: 4 });
    expect(paceCheck(pace).code).toBe('pace-unknown');
    const percent = nodegroup({ scaling: {}, updateConfig: { maxUnavailablePercentage: 20 } });
    expect(rolloutEstimate(percent, undefined)).toStrictEqual({ strategy: 'DEFAULT' });
    expect(paceCheck({ strategy: 'DEFAULT', nodes: 3 }).code).toBe('pace-unknown');
  });

  it.each([
    [1, 1, 'pace'],
    [2, 1, 'pace'],
    [2, 2, 'pace-all-at-once'],
    [2, 3, 'pace-all-at-once'],
  ])('of %d nodes, %d at once, is %s', (nodes, most, code) => {
    expect(paceCheck({ strategy: 'DEFAULT', nodes, parallel: { least: most, most } }).code).toBe(code);
    expect(paceCheck({ strategy: 'MINIMAL', nodes, parallel: { least: most, most } }).code).toBe(
      'pace-terminates-first',
    );
  });
});

describe('an update to', () => {
  const group = nodegroup();
  const codeOf = (version: string, release?: string) => {
    const choice = { version, force: false, ...(release !== undefined && { release }) };
    return [change(situation(), choice).code, downgrade(situation(), choice).code];
  };

  it('the same version and release changes nothing', () => {
    expect(codeOf('1.32', group.releaseVersion)).toEqual(['nothing-changes', 'not-a-downgrade']);
  });

  it('the same release by name but another version changes something', () => {
    expect(codeOf('1.33', group.releaseVersion)).toEqual(['something-changes', 'not-a-downgrade']);
    expect(codeOf('1.32', '1.32.9-20260801')).toEqual(['something-changes', 'not-a-downgrade']);
  });

  it('whatever AWS takes is no downgrade, and an older release is one', () => {
    expect(codeOf('1.32')[1]).toBe('not-a-downgrade');
    expect(codeOf('1.32', '1.32.9-20260101')[1]).toBe('downgrade-release');
    expect(codeOf('1.31')[1]).toBe('downgrade-version');
    const { releaseVersion: _release, ...bare } = group;
    const choice = { version: '1.32', release: NEWEST, force: false };
    expect(downgrade(situation({ nodegroup: bare }), choice)).toMatchObject({
      code: 'downgrade-unknown',
      facts: { to: NEWEST },
    });
    expect(downgrade(situation({ nodegroup: bare }), { version: '1.32', force: false }).code).toBe(
      'not-a-downgrade',
    );
  });
});

describe('support', () => {
  const listed = (until: number) => [
    { version: '1.33', status: 'STANDARD_SUPPORT', isDefault: false, endOfStandardSupport: until },
  ];

  it('is ending from 90 days before its end', () => {
    expect(supportOf('1.33', listed(NOW + 90 * DAY + 1), NOW)).toMatchObject({ ending: false });
    expect(supportOf('1.33', listed(NOW + 90 * DAY), NOW)).toMatchObject({ ending: true });
  });

  it('says no end that AWS does not list', () => {
    const bare = (status: string) => [{ version: '1.33', status, isDefault: false }];
    expect(supportOf('1.33', bare('STANDARD_SUPPORT'), NOW)).toStrictEqual({
      kind: 'standard',
      ending: false,
    });
    expect(supportOf('1.33', bare('UNSUPPORTED'), NOW)).toStrictEqual({ kind: 'ended' });
    expect(supportOf('1.33', bare('OF_TOMORROW'), NOW)).toStrictEqual({ kind: 'unlisted' });
    expect(supportOf('1.34', bare('STANDARD_SUPPORT'), NOW)).toStrictEqual({ kind: 'unlisted' });
  });
});

describe('releases', () => {
  const AL2023 = 'AL2023_x86_64_STANDARD';

  it.each([
    ['1.32.9-20260601', '1.33.0-20250101', -1],
    ['1.33.4-20260801', '1.33.9-20260701', 1],
    ['1.33.4-20260801', '1.33.5-20260801', -1],
    ['1.9.1-20260801', '1.10.1-20260801', -1],
    ['1.33.4-20260801', '1.33.4-20260801', 0],
  ])('%s against %s', (a, b, order) => {
    expect(Math.sign(compareReleases(AL2023, a, b) ?? Number.NaN)).toBe(order);
    expect(Math.sign(compareReleases(AL2023, b, a) ?? Number.NaN)).toBe(order === 0 ? 0 : -order);
  });

  it('that cannot be read cannot be compared, and builds of one Bottlerocket neither', () => {
    expect(compareReleases(AL2023, 'x', NEWEST)).toBeUndefined();
    expect(compareReleases(AL2023, NEWEST, 'x')).toBeUndefined();
    const build = (id: string) => `1.57.0-${id}`;
    expect(compareReleases('BOTTLEROCKET_x86_64', build('aaaaaa'), build('bbbbbb'))).toBeUndefined();
  });

  it('are checked as they are typed', () => {
    expect(releaseProblem(AL2023, '1.33', ' ')).toEqual({ code: 'release-empty' });
    expect(releaseProblem(AL2023, '1.33', '1.33.4')).toMatchObject({ code: 'release-shape' });
    expect(releaseProblem(AL2023, '1.33', '1.32.9-20260601')).toEqual({
      code: 'release-other-version',
      version: '1.32',
    });
    expect(releaseProblem(AL2023, '1.33', NEWEST)).toBeUndefined();
    expect(releaseProblem('BOTTLEROCKET_x86_64', '1.33', '1.57.0-1a2b3c4d')).toBeUndefined();
    expect(releaseProblem('OF_TOMORROW', '1.33', 'anything')).toBeUndefined();
  });
});

it('nodes as new as the control plane are equal to it, and never newer', () => {
  expect([skewOf('1.33', '1.33'), skewOf('1.33', '1.34')]).toEqual([
    { kind: 'equal' },
    { kind: 'newer', minors: 1 },
  ]);
});

describe('after the control plane', () => {
  const step = (amiType: string, next: string) => {
    const steps = readinessSteps({
      cluster: cluster(),
      next,
      insights: unknown({ code: 'list-endless', pages: 1 }),
      nodegroups: [{ nodegroup: nodegroup({ amiType }), afterNext: { kind: 'equal' } }] as never,
      addons: known([]),
    });
    return steps.at(-1)?.code;
  };

  it.each([
    ['AL2_x86_64', '1.31', 'update-nodegroup-after'],
    ['AL2_x86_64', '1.32', 'update-nodegroup-after'],
    ['AL2_x86_64', '1.33', 'replace-nodegroup'],
    ['AL2023_x86_64_STANDARD', '1.40', 'update-nodegroup-after'],
    ['CUSTOM', '1.33', 'renew-own-ami'],
  ])('nodes of %s follow to %s by %s', (amiType, next, code) => {
    expect(step(amiType, next)).toBe(code);
  });
});

describe('the update of a request without an answer', () => {
  const sentAt = NOW;

  async function find(aws: FakeAws, facts: object | undefined, now = NOW) {
    let turns = 0;
    const steps = facts === undefined ? [] : [{ name: 'read-node-group', at: 1, facts }];
    const request = {
      service: 'eks',
      operation: 'UpdateNodegroupVersion',
      token: 't',
      input: { version: '1.33' },
    };
    const operation = { steps, facts: {}, sentAt, request } as unknown as Operation;
    const found = await findUpdate(
      {
        eks: aws.ports.eks,
        operation,
        cluster: 'prod',
        nodegroup: 'workers',
        now,
        signal: forever,
        nextRequest: async () => {
          turns += 1;
        },
      },
      'VersionUpdate',
    );
    return { found, turns };
  }

  it('is looked for with a turn before each request but the first', async () => {
    const aws = new FakeAws();
    aws.pageSize = 1;
    aws.updates = [update({ id: 'old-1' }), update({ id: 'old-2' }), update({ id: 'ours' })];
    const { found, turns } = await find(aws, { updatesBefore: ['old-1', 'old-2'] });
    expect(found).toMatchObject({ state: 'going-on', facts: { updateId: 'ours' } });
    expect([aws.count('ListUpdates'), aws.count('DescribeUpdate'), turns]).toEqual([3, 1, 3]);
  });

  it.each([
    [300_000, 'going-on'],
    [300_001, 'ended'],
  ])('may be %d milliseconds older by the clock of AWS: %s', async (earlier, state) => {
    const aws = new FakeAws();
    aws.updates = [update({ createdAt: sentAt - earlier })];
    expect((await find(aws, undefined, NOW + 60_000)).found.state).toBe(state);
  });

  it.each([
    [29_999, 'going-on'],
    [30_000, 'ended'],
  ])('is waited for until it would be listed: after %d ms %s', async (after, state) => {
    const { found } = await find(new FakeAws(), { updatesBefore: [] }, NOW + after);
    expect(found.state).toBe(state);
    if (found.state === 'ended') expect(found.outcome.failure).toMatchObject({ code: 'request-not-taken' });
  });
});
