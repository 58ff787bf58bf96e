/** What crosses the ledger as plain data and has to come back as it was: requests, summaries, configurations. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  choicesOf,
  configurationAfter,
  differences,
  KEEP_ALL,
  missedBy,
} from '../../src/deploy/configuration';
import { finspaceKind } from '../../src/deploy/finspace/kind';
import { parseUpdateInput, updateInput, updateRequest } from '../../src/deploy/finspace/requests';
import { parseSummary } from '../../src/deploy/plan/summary';
import { configurationIn, configurationJson } from '../../src/deploy/reading-json';
import { packRulesOf, planInputOf } from '../../src/deploy/targets/plan-input';
import type { CodeConfiguration } from '../../src/model/code';
import { connectionOf } from '../../src/model/connection';
import type { Json } from '../../src/model/json';
import type { DeploymentStrategy } from '../../src/model/kdb';
import { parseTargets } from './kinds';

const RUNS = { numRuns: 1_000 };
const text = fc.string({ minLength: 1, maxLength: 8 });
const code = fc.record({ bucket: text, key: text, versionId: text }, { requiredKeys: ['bucket', 'key'] });
const list = fc.array(fc.record({ key: text, value: text }), { maxLength: 4 });
const withCode = fc.record(
  { code, initializationScript: text, commandLineArguments: list },
  { requiredKeys: ['code', 'commandLineArguments'] },
);
const configuration: fc.Arbitrary<CodeConfiguration> = fc.oneof(
  withCode,
  fc.record(
    { initializationScript: text, commandLineArguments: list },
    { requiredKeys: ['commandLineArguments'] },
  ),
);
const strategy = fc.constantFrom<DeploymentStrategy>('NO_RESTART', 'ROLLING', 'FORCE');
const throughJson = (data: unknown): Json => JSON.parse(JSON.stringify(data)) as Json;
const CLUSTER = { environmentId: 'e1', clusterName: 'rdb' };

describe('configurations', () => {
  test('come back from data as they were', () => {
    fc.assert(
      fc.property(configuration, (one) => {
        expect(configurationIn(throughJson(configurationJson(one)))).toEqual(one);
      }),
      RUNS,
    );
  });

  test('that are damaged in any part are none', () => {
    const whole = {
      code: { bucket: 'b', key: 'k', versionId: 'v' },
      initializationScript: 'init.q',
      commandLineArguments: [{ key: 's', value: '4' }],
    };
    expect(configurationIn(whole)).toEqual(whole);
    for (const name of Object.keys(whole)) expect(configurationIn({ ...whole, [name]: 7 })).toBeUndefined();
    for (const name of Object.keys(whole.code)) {
      expect(configurationIn({ ...whole, code: { ...whole.code, [name]: 7 } })).toBeUndefined();
    }
  });

  test('are kept by keeping, and brought back by their own choices', () => {
    fc.assert(
      fc.property(configuration, withCode, (current, other) => {
        const kept = configurationAfter(current, other.code, KEEP_ALL);
        expect(differences({ ...current, code: other.code }, kept)).toEqual([]);
        expect(differences(other, configurationAfter(current, other.code, choicesOf(other)))).toEqual([]);
      }),
      RUNS,
    );
  });

  test('differ by part, whatever the order of arguments', () => {
    fc.assert(
      fc.property(withCode, text, (one, added) => {
        expect(
          differences(one, { ...one, commandLineArguments: [...one.commandLineArguments].reverse() }),
        ).toEqual([]);
        const more = {
          ...one,
          commandLineArguments: [...one.commandLineArguments, { key: added, value: added }],
        };
        expect(differences(one, more)).toEqual(['arguments']);
        expect(differences(one, { ...one, initializationScript: `${one.initializationScript}x` })).toEqual([
          'script',
        ]);
        expect(differences(one, { ...one, code: { ...one.code, key: `${one.code.key}x` } })).toEqual([
          'code',
        ]);
      }),
      RUNS,
    );
  });

  test('without a version are met by any version, and by no other key', () => {
    const expected = { code: { bucket: 'b', key: 'k' }, commandLineArguments: [] };
    const found = (change: object) => ({ ...expected, code: { ...expected.code, ...change } });
    expect(missedBy(expected, found({ versionId: 'v' }))).toEqual([]);
    expect(missedBy(expected, found({ key: 'x' }))).toEqual(['code']);
    expect(missedBy(found({ versionId: 'v' }), expected)).toEqual(['code']);
    expect(missedBy(expected, { commandLineArguments: [] })).toEqual(['code']);
  });
});

describe('the update', () => {
  test('comes back from its AWS spelling as it was', () => {
    fc.assert(
      fc.property(withCode, strategy, (next, how) => {
        const request = updateRequest(CLUSTER, next, how, 'token-1');
        expect(parseUpdateInput(throughJson(updateInput(request)))).toEqual(request);
      }),
      RUNS,
    );
  });

  test('with NO_RESTART never carries script or arguments, with the others all that is to stay', () => {
    fc.assert(
      fc.property(withCode, strategy, (next, how) => {
        const input = updateInput(updateRequest(CLUSTER, next, how, 'token-1'));
        const carries = how !== 'NO_RESTART';
        expect('initializationScript' in input).toBe(carries && next.initializationScript !== undefined);
        expect('commandLineArguments' in input).toBe(carries && next.commandLineArguments.length > 0);
      }),
      RUNS,
    );
  });

  test('that is damaged in the ledger is no update', () => {
    const input = throughJson(
      updateInput(
        updateRequest(
          CLUSTER,
          {
            code: { bucket: 'b', key: 'k', versionId: 'v' },
            initializationScript: 'init.q',
            commandLineArguments: [{ key: 's', value: '4' }],
          },
          'FORCE',
          't',
        ),
      ),
    ) as Record<string, Json>;
    expect(parseUpdateInput(input)).toBeDefined();
    for (const name of Object.keys(input)) {
      expect(parseUpdateInput({ ...input, [name]: 7 })).toBeUndefined();
    }
    expect(parseUpdateInput({ ...input, commandLineArguments: [{ key: 's' }] })).toBeUndefined();
    const code = { s3Bucket: 'b', s3Key: 'k', s3ObjectVersion: 7 };
    expect(parseUpdateInput({ ...input, code })).toBeUndefined();
    for (const other of [null, 7, 'x', []] as const) expect(parseUpdateInput(other)).toBeUndefined();
  });

  test('of a plan whose summary is damaged is not guessed', () => {
    const next = { code: { bucket: 'b', key: 'k' }, commandLineArguments: [] };
    const summary = {
      bucket: 'b',
      prefix: '',
      before: { commandLineArguments: [] },
      next,
      strategy: 'ROLLING',
    };
    expect(parseSummary(summary, finspaceKind)).toEqual(summary);
    for (const name of Object.keys(summary)) {
      expect(
        parseSummary({ ...summary, [name]: undefined } as unknown as Json, finspaceKind),
      ).toBeUndefined();
    }
  });
});

test('a target becomes the input of a plan', () => {
  const { entries } = parseTargets(
    JSON.stringify({
      targets: {
        rdb: {
          connection: { accountId: '111122223333', region: 'eu-west-1' },
          environment: 'e1',
          cluster: 'rdb-1',
          bucket: 'acme',
          prefix: 'team',
          ignore: ['*.log'],
          initializationScript: null,
          strategy: 'FORCE',
          protected: true,
        },
      },
    }),
  );
  const connection = connectionOf({ kind: 'profile', profile: 'me' }, 'eu-west-1');
  const rootsBelow = ['.', './', 'code', './code/q/', 'code/../lib'].map(
    (root) => packRulesOf({ ...entries[0]!.target!, root }).below,
  );
  expect(rootsBelow).toEqual([undefined, undefined, 'code', 'code/q', 'lib']);
  expect(
    planInputOf(entries[0]!.target!, { connection, root: { root: '/code' }, cacheFolder: '/cache' }),
  ).toEqual({
    destination: {
      connection,
      accountId: '111122223333',
      kind: finspaceKind,
      path: ['e1', 'rdb-1'],
      bucket: 'acme',
      prefix: 'team',
    },
    source: {
      kind: 'folder',
      request: { root: '/code', include: [], ignore: ['*.log'], useGitignore: false, cacheFolder: '/cache' },
    },
    strategy: 'FORCE',
    initializationScript: { kind: 'clear' },
    commandLineArguments: { kind: 'keep' },
    target: { name: 'rdb' },
    protection: { kind: 'target', name: 'rdb' },
  });
});
