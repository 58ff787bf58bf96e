/** What is said of each finding about a workload, of its strategies and of ends that cannot be known. */
import { describe, expect, test } from 'vitest';
import type { WorkloadCheck } from '../../src/deploy/kubernetes/checks/own-checks';
import { workloadStrategies } from '../../src/deploy/kubernetes/strategies';
import type { OwnCheck } from '../../src/deploy/port/deploy-target';
import type { FactsByCode } from '../../src/model/coded';
import type { KubernetesFailure } from '../../src/model/kubernetes-failure';
import { kubernetesTargetWords as words } from '../../src/view/messages/kubernetes-target';
import { doneWords } from '../../src/view/messages/operation';
import { expectPlainWords } from '../nodegroup/plain';

const FAILURE: KubernetesFailure = {
  kind: 'kubernetes',
  cluster: 'trading',
  verb: 'patch',
  resource: 'statefulsets.apps',
  namespace: 'tick',
  name: 'hdb',
  reason: 'forbidden',
  code: 'Forbidden',
  message: 'statefulsets.apps "hdb" is forbidden',
  passing: false,
  answered: true,
};

/** Complete by its type. */
const FOUND: FactsByCode<WorkloadCheck> = {
  'convention.kept': { container: 'slipway-fetch' },
  'convention.missing': {},
  'convention.no-script': {},
  'convention.no-arguments': {},
  'convention.istio': {},
  'convention.node-role': {},
  'convention.unreadable': { annotations: ['slipway.dev/arguments'] },
  'images.nothing-missing': {},
  'images.lacking': {
    container: 'slipway-unzip',
    image: 'public.ecr.aws/aws-cli/aws-cli:2',
    programs: ['unzip'],
  },
  'volume.free': {},
  'volume.one-node': { claim: 'shared-db' },
  'volume.one-pod': { claim: 'shared-db' },
  'volume.unknown': { failure: FAILURE },
  'pods.free': {},
  'pods.stuck-leaving': { pod: 'hdb-2', minutes: 12, finalizers: ['acme.example/drain'] },
  'pods.never-evicted': { budgets: ['hdb'] },
  'pods.beyond-budget': { budgets: ['hdb'], strategy: 'FORCE', pods: 3, allowed: 1 },
  'pods.unknown': { failure: FAILURE },
  'manager.nobody': {},
  'manager.kxi': { app: 'assembly' },
  'manager.controller': { kind: 'Assembly', name: 'equities' },
  'manager.argo-cd': { application: 'signals' },
  'manager.flux': { name: 'reports' },
  'manager.helm': { by: 'Helm' },
  'manager.terraform': {},
  'owners.slipway': {},
  'owners.others': { managers: ['kubectl-rollout'] },
  'strategy.canary': { pods: 3 },
  'rollout.quiet': {},
  'rollout.running': { updated: 1, desired: 3 },
  'rollout.stuck': { pod: 'hdb-2', reason: 'CrashLoopBackOff', blocks: true },
  'rollout.paused': {},
  'rollout.no-replicas': {},
  'rehearsal.taken': {},
  'rehearsal.changed': { annotations: ['slipway.dev/code-uri'] },
  'rehearsal.refused': { failure: FAILURE },
  'rehearsal.conflict': { message: 'the object has been modified' },
  'rehearsal.unknown': { failure: FAILURE },
  'strategy.possible': { strategy: 'ROLLING' },
  'strategy.impossible': { strategy: 'FORCE', why: 'deployment' },
  'strategy.force': { pods: 4 },
  'strategy.recreate': {},
  'strategy.on-delete': {},
  'strategy.partition': { partition: 2, replicas: 4 },
};

const checkOf = (code: string, facts: object): OwnCheck => ({
  kind: 'kubernetes',
  id: code.slice(0, code.indexOf('.')),
  code,
  verdict: 'warn',
  facts,
});

describe('a finding', () => {
  test.each(Object.entries(FOUND))('%s is told in plain words, with all of its facts', (code, facts) => {
    const check = checkOf(code, facts);
    expectPlainWords(words.check(check));
    expectPlainWords(words.checkTitle(check));
    const told = Object.entries(facts).filter(([name, value]) => typeof value === 'string' && name !== 'why');
    for (const [, value] of told) expect(words.check(check)).toContain(value);
  });

  test('that is asked about is told apart from the other', () => {
    const asked = ['owners.others', 'strategy.force'].map((code) => words.confirm(checkOf(code, {}), 'hdb'));
    expect(new Set(asked).size).toBe(2);
    for (const one of asked) expectPlainWords(one);
  });
});

test('each strategy is told, and each reason why one is not possible', () => {
  for (const { id } of workloadStrategies) expectPlainWords(words.strategy(id).detail);
  const reasons = ['replaced-at-once', 'on-delete', 'deployment'].map((why) =>
    words.impossible?.('FORCE', why),
  );
  expect(new Set(reasons).size).toBe(3);
  for (const one of reasons) expectPlainWords(one ?? '');
});

test('an end that cannot be known says why, and what is missing', () => {
  const silent = words.unknownEnd({ why: 'no-proof', silent: ['hdb-0', 'hdb-1'] });
  expect(silent).toContain('hdb-0, hdb-1');
  for (const one of [silent, words.unknownEnd({ why: 'changed-since' }), words.unknownEnd({})])
    expectPlainWords(one);
});

test('what is set and not live is never called live', () => {
  const done = (facts: Record<string, string | boolean>): string =>
    doneWords({ kind: 'code-kubernetes', plan: {}, outcome: { state: 'succeeded', facts } });
  expect(done({})).toBe('the new code is live');
  for (const facts of [{ running: false }, { takenLater: 'replaced' }, { takenLater: 'resumed' }])
    expect(done(facts)).not.toMatch(/live/);
  expect(done({ takenLater: 'partition' })).toContain('below it keep the earlier code');
});
