/** Every rule that AWS has for a code update: one input that it takes and one that it refuses. */
import { describe, expect, test } from 'vitest';
import {
  argumentKeyBreach,
  argumentValueBreach,
  manyArguments,
} from '../../src/deploy/finspace/argument-rules';
import { finspaceRules } from '../../src/deploy/finspace/kind';
import {
  bucketBreach,
  clusterNameBreach,
  environmentIdBreach,
  initializationScriptBreach,
  keyBreach,
  prefixBreach,
  versionIdBreach,
} from '../../src/deploy/finspace/name-rules';
import { clusterNotReady, environmentNotReady } from '../../src/deploy/finspace/readiness';
import { strategiesFor, strategyNotForType } from '../../src/deploy/finspace/strategies';
import { memberBreach } from '../../src/deploy/kubernetes/rules';
import { accountIdBreach, regionBreach } from '../../src/deploy/rules/account';
import type { RuleBreach, RuleCode } from '../../src/deploy/rules/breach';
import { argumentBreaches } from '../../src/deploy/rules/configuration-rules';
import type { KdbCluster, KdbEnvironment } from '../../src/model/kdb';
import { clusterPhase, environmentPhase } from '../../src/model/phase';
import { breachWords } from '../../src/view/messages/rules';
import { expectPlainWords } from '../nodegroup/plain';

/** Complete by its type: a code that is missing here, or is none, does not compile. */
const RULE_CODES = Object.keys({
  'too-short': 1,
  'too-long': 1,
  characters: 1,
  edges: 1,
  'first-letter': 1,
  'one-letter-key': 1,
  'reserved-key': 1,
  'repeated-key': 1,
  'many-arguments': 1,
  'script-outside': 1,
  'script-is-folder': 1,
  form: 1,
} satisfies Record<RuleCode, 1>);

type Row = readonly [
  rule: (value: string) => RuleBreach | undefined,
  accepted: string,
  refused: string,
  RuleCode,
];

const long = (length: number): string => 'a'.repeat(length);

const workload = (value: string): RuleBreach | undefined => memberBreach('workload', value);

const ROWS: readonly Row[] = [
  [workload, 'statefulset/hdb', 'hdb', 'form'],
  [workload, 'deployment/rte', 'daemonset/rte', 'form'],
  [workload, 'statefulset/h-1.b', 'statefulset/H', 'characters'],
  [(value) => memberBreach('namespace', value), 'kdb-1', '-kdb', 'edges'],
  [environmentIdBreach, long(26), '', 'too-short'],
  [environmentIdBreach, long(32), long(33), 'too-long'],
  [environmentIdBreach, 'a1', 'A1', 'characters'],
  [clusterNameBreach, 'rdb', 'rd', 'too-short'],
  [clusterNameBreach, long(63), long(64), 'too-long'],
  [clusterNameBreach, 'r-d_B1', 'r.d', 'characters'],
  [clusterNameBreach, 'r-1', '-r1', 'edges'],
  [clusterNameBreach, 'r_1', 'r1_', 'edges'],
  [bucketBreach, 'abc', 'ab', 'too-short'],
  [bucketBreach, long(255), long(256), 'too-long'],
  [bucketBreach, 'a.b-c', 'a_b', 'characters'],
  [bucketBreach, 'abc', 'Abc', 'characters'],
  [bucketBreach, 'a-b', 'ab-', 'edges'],
  [keyBreach, "a/b!-_.*'()Z9", 'a b', 'characters'],
  [keyBreach, 'a', '', 'too-short'],
  [keyBreach, 'a.zip', 'a+b.zip', 'characters'],
  [keyBreach, 'a.zip', 'a=b.zip', 'characters'],
  [keyBreach, 'a.zip', 'a:b.zip', 'characters'],
  [keyBreach, 'a.zip', 'a@b.zip', 'characters'],
  [keyBreach, long(1024), long(1025), 'too-long'],
  [prefixBreach, '', 'a b', 'characters'],
  [prefixBreach, long(512), long(513), 'too-long'],
  [versionIdBreach, 'x', '', 'too-short'],
  [versionIdBreach, long(1000), long(1001), 'too-long'],
  [accountIdBreach, '111122223333', '11112222333', 'too-short'],
  [accountIdBreach, '111122223333', '1111222233334', 'too-long'],
  [accountIdBreach, '111122223333', '11112222333a', 'characters'],
  [regionBreach, 'eu-west-1', 'EU', 'characters'],
  [regionBreach, 'eu-west-1', '', 'too-short'],
  [initializationScriptBreach, 'init.q', '', 'too-short'],
  [initializationScriptBreach, long(255), long(256), 'too-long'],
  [initializationScriptBreach, 'some-dir\\sub_1/init.q', 'my init.q', 'characters'],
  [initializationScriptBreach, './init.q', '/init.q', 'script-outside'],
  [initializationScriptBreach, 'a/b.q', 'a/../b.q', 'script-outside'],
  [initializationScriptBreach, 'a/b', 'a/', 'script-is-folder'],
  [argumentKeyBreach, 's', 'p', 'one-letter-key'],
  [argumentKeyBreach, 'db', '', 'too-short'],
  [argumentKeyBreach, long(1024), long(1025), 'too-long'],
  [argumentKeyBreach, 'a_1', 's;rm', 'characters'],
  [argumentKeyBreach, 'a_1', 'secret rm', 'characters'],
  [argumentKeyBreach, 'a1', '1a', 'first-letter'],
  [argumentKeyBreach, 'a_', '_a', 'first-letter'],
  [argumentKeyBreach, 'AWS_ZIP_DEFAULT', 'AWS_ZIP', 'reserved-key'],
  [argumentKeyBreach, 'xaws', 'awsome', 'reserved-key'],
  [argumentKeyBreach, 'aw', 'aWs1', 'reserved-key'],
  [argumentValueBreach, 'a_1:./,; Z', '', 'too-short'],
  [argumentValueBreach, long(1024), long(1025), 'too-long'],
  [argumentValueBreach, 'x', '$(x)', 'characters'],
];

describe('texts', () => {
  test.each(ROWS)('%o takes %j and refuses %j', (rule, accepted, refused, code) => {
    expect(rule(accepted)).toBeUndefined();
    const breach = rule(refused);
    expect(breach?.code).toBe(code);
    expectPlainWords(breachWords(breach!));
  });

  test('what is refused in a value is told without the value', () => {
    const facts = argumentValueBreach('p4ss$word')?.facts;
    expect(facts).toMatchObject({ found: '$' });
    expect(JSON.stringify(facts)).not.toContain('p4ss');
  });
});

describe('lists of arguments', () => {
  const arg = (key: string, value = '1') => ({ key, value });

  test('each one is judged, and keys that stand twice', () => {
    expect(argumentBreaches([arg('s'), arg('db')], finspaceRules)).toEqual([]);
    const found = argumentBreaches([arg('p'), arg('db', '$'), arg('db')], finspaceRules);
    expect(found.map(({ code, argument }) => [code, argument])).toEqual([
      ['one-letter-key', 'p'],
      ['characters', 'db'],
      ['repeated-key', 'db'],
    ]);
    for (const breach of found) expectPlainWords(breachWords(breach));
  });

  test('more than fifty are worth a warning', () => {
    const many = Array.from({ length: 51 }, (_, index) => arg(`k${index}`));
    expect(manyArguments(many.slice(1))).toBeUndefined();
    expectPlainWords(breachWords(manyArguments(many)!));
    expect(manyArguments(many)).toEqual({ code: 'many-arguments', facts: { count: 51, most: 50 } });
  });
});

describe('strategies and states', () => {
  test('NO_RESTART is for general-purpose clusters only', () => {
    expect(strategiesFor('GP')).toEqual(['NO_RESTART', 'ROLLING', 'FORCE']);
    expect(strategyNotForType('NO_RESTART', 'GP')).toBeUndefined();
    for (const type of ['HDB', 'RDB', 'GATEWAY', 'TICKERPLANT', 'SOMETHING_NEW']) {
      expect(strategiesFor(type)).toEqual(['ROLLING', 'FORCE']);
      expect(strategyNotForType('NO_RESTART', type)).toEqual({ strategy: 'NO_RESTART', type });
      expect(strategyNotForType('ROLLING', type)).toBeUndefined();
      expect(strategyNotForType('FORCE', type)).toBeUndefined();
    }
  });

  test.each([
    'PENDING',
    'CREATING',
    'CREATE_FAILED',
    'UPDATING',
    'DELETING',
    'DELETED',
    'DELETE_FAILED',
    'SOMETHING_NEW',
  ])('a cluster that is %s takes no code, a RUNNING one does', (status) => {
    const cluster = (now: string) => ({ name: 'rdb', status: now, phase: clusterPhase(now) }) as KdbCluster;
    expect(clusterNotReady(cluster(status))).toEqual({ cluster: 'rdb', status, phase: clusterPhase(status) });
    expect(clusterNotReady(cluster('RUNNING'))).toBeUndefined();
  });

  test.each([
    'CREATE_REQUESTED',
    'CREATING',
    'DELETE_REQUESTED',
    'DELETING',
    'DELETED',
    'FAILED_CREATION',
    'RETRY_DELETION',
    'FAILED_DELETION',
    'UPDATE_NETWORK_REQUESTED',
    'UPDATING_NETWORK',
    'FAILED_UPDATING_NETWORK',
    'SUSPENDED',
    'SOMETHING_NEW',
  ])('an environment that is %s takes no code, a CREATED one does', (status) => {
    const environment = (now: string) =>
      ({ id: 'e1', status: now, phase: environmentPhase(now) }) as KdbEnvironment;
    expect(environmentNotReady(environment(status))).toMatchObject({ environment: 'e1', status });
    expect(environmentNotReady(environment('CREATED'))).toBeUndefined();
  });
});

test('every rule of the union is met by the tables above', () => {
  const tested = new Set<RuleCode>([...ROWS.map(([, , , code]) => code), 'repeated-key', 'many-arguments']);
  expect([...tested].sort()).toEqual([...RULE_CODES].sort());
});
