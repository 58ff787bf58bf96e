/** What counts as drift of a node group between plan and request: every field that the plan rests on, each by itself. */
import { describe, expect, it } from 'vitest';
import type { Nodegroup } from '../../src/model/eks';
import { applyUpdate, updateOperation } from '../../src/nodegroup/apply/apply';
import { planUpdate } from '../../src/nodegroup/plan/plan';
import { recordOf } from '../../src/nodegroup/plan/record';
import { driftOf, identityDrift, stateOf } from '../../src/nodegroup/reading/state';
import { FakeAws } from './fake-aws';
import { NEWEST, NOW, nodegroup, situation } from './nouns';
import { forever, openOperations, PLACE } from './operations';

const template = { id: 'lt-0aa', name: 'own', version: '3' };
const planned = nodegroup({
  launchTemplate: template,
  updateConfig: { maxUnavailable: 1, updateStrategy: 'DEFAULT' },
});

const CHANGES: readonly (readonly [
  string,
  Partial<Nodegroup>,
  string | number | undefined,
  string | number,
])[] = [
  ['status', { status: 'UPDATING' }, 'ACTIVE', 'UPDATING'],
  ['amiType', { amiType: 'BOTTLEROCKET_x86_64' }, 'AL2023_x86_64_STANDARD', 'BOTTLEROCKET_x86_64'],
  ['version', { version: '1.33' }, '1.32', '1.33'],
  ['releaseVersion', { releaseVersion: NEWEST }, '1.32.9-20260601', NEWEST],
  ['template', { launchTemplate: { ...template, id: 'lt-0bb' } }, 'lt-0aa', 'lt-0bb'],
  ['templateVersion', { launchTemplate: { ...template, version: '4' } }, '3', '4'],
  ['maxUnavailable', { updateConfig: { maxUnavailable: 2, updateStrategy: 'DEFAULT' } }, 1, 2],
  [
    'updateStrategy',
    { updateConfig: { maxUnavailable: 1, updateStrategy: 'MINIMAL' } },
    'DEFAULT',
    'MINIMAL',
  ],
];

describe('drift', () => {
  it.each(CHANGES)('of the %s by itself is named, with both values', (field, change, before, now) => {
    const drift = driftOf(stateOf(planned), stateOf({ ...planned, ...change }));
    expect(drift).toStrictEqual([{ part: field, before, now }]);
  });

  it.each(CHANGES)('of the %s stops the update: nothing is sent', async (field, change) => {
    const plan = planUpdate(
      situation({ nodegroup: planned }),
      { version: '1.33', release: NEWEST, force: false },
      NOW,
    );
    if (!plan.valid) throw new Error('not valid');
    const record = recordOf(plan.plan);
    const aws = new FakeAws();
    aws.nodegroups = [{ ...planned, ...change }];
    const { carryOut } = await openOperations();
    const { operation } = await carryOut(updateOperation(record, PLACE), (journal) =>
      applyUpdate(record, aws.ports.eks, journal, forever),
    );
    expect(operation).toMatchObject({
      state: 'drifted',
      outcome: { failure: { code: 'drift', facts: { drift: [{ part: field }] } } },
    });
    expect(aws.count('UpdateNodegroupVersion')).toBe(0);
  });

  it('of what was not shown, or is shown no more, is named', () => {
    const { launchTemplate: _own, ...bare } = planned;
    expect(driftOf(stateOf(bare), stateOf(planned))).toStrictEqual([
      { part: 'template', now: 'lt-0aa' },
      { part: 'templateVersion', now: '3' },
    ]);
    expect(driftOf(stateOf(planned), stateOf(bare))).toStrictEqual([
      { part: 'template', before: 'lt-0aa' },
      { part: 'templateVersion', before: '3' },
    ]);
    const percent = { ...planned, updateConfig: { maxUnavailablePercentage: 20 } };
    expect(driftOf(stateOf(planned), stateOf(percent)).map(({ part }) => part)).toEqual([
      'maxUnavailable',
      'maxUnavailablePercentage',
      'updateStrategy',
    ]);
  });

  it('is not a recovery, and a template without an id goes by its name', () => {
    const degraded = { ...planned, status: 'DEGRADED' };
    expect(driftOf(stateOf(degraded), stateOf(planned))).toEqual([]);
    const named = { ...planned, launchTemplate: { name: 'own', version: '3' } };
    expect(stateOf(named).template).toBe('own');
  });
});

describe('the node group of that name', () => {
  const arn = (account: string, id: string) =>
    `arn:aws:eks:us-east-1:${account}:nodegroup/prod/workers/${id}`;

  it('is the planned one by account and id', () => {
    expect(identityDrift(arn('111122223333', '0f'), arn('111122223333', '0f'))).toEqual([]);
    expect(identityDrift(arn('111122223333', '0f'), arn('111122223333', '0a'))).toEqual([
      { part: 'id', before: '0f', now: '0a' },
    ]);
  });

  it('in another account stops the update', () => {
    expect(() => identityDrift(arn('111122223333', '0f'), arn('999922223333', '0f'))).toThrow(
      expect.objectContaining({
        failure: {
          kind: 'refused',
          code: 'account-changed',
          facts: { planned: '111122223333', found: '999922223333' },
        },
      }),
    );
  });

  it('cannot be told by an ARN that is not shown', () => {
    expect(identityDrift('', arn('999922223333', '0f'))).toEqual([]);
    expect(identityDrift(arn('111122223333', '0f'), 'no arn')).toEqual([]);
  });
});
