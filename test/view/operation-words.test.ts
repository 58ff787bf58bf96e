/** What an operation is called: a rollback is one in every place. */
import { expect, test } from 'vitest';
import { rollbackTo, rollbackToZip } from '../../src/deploy/rollback';
import { progressFacts, SET_ALONE } from '../../src/model/progress';
import { comparisonTitle, sameCodeWords } from '../../src/view/messages/comparison';
import { deploymentWords } from '../../src/view/messages/deployments';
import {
  doneWords,
  kindWords,
  operationWords,
  progressWords,
  serviceWords,
  verbOf,
} from '../../src/view/messages/operation';

const named = (plan: object) => {
  const operation = { kind: 'code', plan: plan as never };
  return [verbOf(operation), doneWords(operation), kindWords(operation)];
};

test('a rollback is called one as it runs, when it is done, and in lists', () => {
  expect(named({ rollsBack: true })).toEqual([
    'rolling back',
    'rolled back, the earlier code is live again',
    'Roll back code',
  ]);
  for (const plan of [{}, { rollsBack: 'yes' }, { origin: 'an earlier one' }]) {
    expect(named(plan)).toEqual(['deploying', 'the new code is live', 'Deploy code']);
  }
});

test('both ways back say what they are', () => {
  const code = { bucket: 'b', key: 'k' };
  const deployment = {
    operationId: '1',
    at: 0,
    configuration: { code, commandLineArguments: [] },
    strategy: 'ROLLING',
    outcome: 'succeeded',
  } as const;
  const options = { destination: {} as never, strategy: 'ROLLING' } as const;
  const keep = { initializationScript: { kind: 'keep' }, commandLineArguments: { kind: 'keep' } } as const;
  expect(rollbackTo(deployment, options).rollsBack).toBe(true);
  expect(rollbackToZip(code, keep, options).rollsBack).toBe(true);
  expect(deploymentWords({ ...deployment, rollsBack: true })).toContain('rollback');
  expect(deploymentWords(deployment)).not.toContain('rollback');
});

test('what was counted is told while it goes on, and what nothing runs is not called live', () => {
  const operation = {
    state: 'watching',
    facts: progressFacts({ updated: 2, ready: 1, desired: 5 }),
  } as const;
  expect(progressWords(operation)).toBe('2 of 5 updated, 1 ready');
  expect(progressWords({ ...operation, facts: progressFacts({ updated: 2, desired: 5 }) })).toBe(
    '2 of 5 updated',
  );
  expect(progressWords({ ...operation, state: 'succeeded' })).toBeUndefined();
  for (const progress of [undefined, null, 3, [1], {}, { updated: '2', desired: 5 }]) {
    expect(progressWords({ ...operation, facts: { progress } })).toBeUndefined();
  }
  const deployed = { kind: 'code', plan: {} };
  expect(doneWords(deployed)).toBe('the new code is live');
  const outcome = { state: 'succeeded', facts: SET_ALONE } as const;
  expect(doneWords({ ...deployed, outcome })).toBe('set, and nothing runs there that could take it');
});

test('a comparison does not say what a cluster runs that is not ready', () => {
  const running = { label: 'prod / rdb' };
  const notReady = { code: 'cluster-not-ready', facts: { status: 'UPDATING', phase: 'busy' } } as const;
  const updating = { ...running, notReady };
  expect(sameCodeWords(running, 15)).toBe(
    'No difference: the code of prod / rdb is exactly the 15 files of this folder.',
  );
  expect(sameCodeWords(updating, 15)).toBe(
    'No difference between the configuration of prod / rdb and the 15 files of this folder. It is updating: whether it runs that code is not known.',
  );
  expect(comparisonTitle(running)).toBe('Deployed on prod / rdb ↔ Workspace');
  expect(comparisonTitle(updating)).toBe('Configured on prod / rdb (updating) ↔ Workspace');
});

test('who works on an operation that is watched is named', () => {
  const watched = { state: 'watching' } as const;
  expect(operationWords({ ...watched, kind: 'code' })).toBe('AWS is updating');
  expect(operationWords({ ...watched, kind: 'code-kubernetes' })).toBe('Kubernetes is updating');
  expect(operationWords({ kind: 'code-kubernetes', state: 'failed' })).toBe('failed');
  expect([serviceWords({ kind: 'code-kubernetes' }), serviceWords({ kind: 'code' })]).toEqual([
    'Kubernetes',
    'AWS',
  ]);
});
