/** Drift as data, in the form of today and in those that an earlier Slipway wrote into ledgers. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { outcomeWords } from '../../src/commands/outcome';
import { configurationDrift, driftedConfiguration } from '../../src/deploy/drift';
import { memberOf } from '../../src/deploy/reading-json';
import type { CodeConfiguration } from '../../src/model/code';
import { failureOf } from '../../src/model/failure';
import type { Json } from '../../src/model/json';
import { masked } from '../../src/model/masked';
import type { Operation } from '../../src/operations/operation';
import { type DriftedPart, driftBetween, driftIn, refuseDrift } from '../../src/plan/drift';
import { failureWords } from '../../src/view/messages/failure';

const FIXTURE = resolve(import.meta.dirname, '../fixtures/deployments/drifted.json');
const [deployment, update]: readonly Operation[] = JSON.parse(readFileSync(FIXTURE, 'utf8'));

const PLANNED: CodeConfiguration = {
  code: { bucket: 'b', key: 'one.zip', versionId: '1' },
  initializationScript: 'init.q',
  commandLineArguments: [{ key: 's', value: 'kept-apart' }],
};

function refusalOf(drift: readonly DriftedPart[]) {
  try {
    refuseDrift(drift);
    return undefined;
  } catch (thrown) {
    const failure = failureOf(thrown);
    return failure.kind === 'refused' ? failure : undefined;
  }
}

test('stops what rests on something else, and nothing where all is as it was', () => {
  expect(refusalOf([])).toBeUndefined();
  const drift = driftBetween({ a: 1, b: 'x', c: [1] }, { a: 2, b: 'x', d: 1 } as never, ['a', 'b', 'c']);
  expect(drift).toStrictEqual([
    { part: 'a', before: 1, now: 2 },
    { part: 'c', before: [1] },
  ]);
  expect(refusalOf(drift)).toEqual({ kind: 'refused', code: 'drift', facts: { drift } });
});

test.each<[string, CodeConfiguration, readonly string[]]>([
  ['code', { ...PLANNED, code: { bucket: 'b', key: 'two.zip' } }, ['code']],
  ['no code any more', { commandLineArguments: PLANNED.commandLineArguments }, ['code', 'script']],
  ['arguments', { ...PLANNED, commandLineArguments: [] }, ['arguments']],
])('of a configuration (%s) tells both, whole', (_, found, parts) => {
  const drift = configurationDrift(PLANNED, found);
  expect(drift.map(({ part }) => part)).toEqual(parts);
  const facts = JSON.parse(JSON.stringify(refusalOf(drift)?.facts));
  const planned = JSON.parse(JSON.stringify(PLANNED)) as Json;
  expect(driftedConfiguration(planned, facts)).toEqual({ planned: PLANNED, found });
  expect(JSON.stringify(masked(facts))).not.toContain('kept-apart');
});

test('of what is no configuration tells none', () => {
  const facts = { drift: [{ part: 'made', before: 1, now: 2 }] };
  expect(driftedConfiguration(JSON.parse(JSON.stringify(PLANNED)), facts)).toBeUndefined();
  expect(driftIn(facts)).toEqual(facts.drift);
});

test('of a deployment is read as an earlier Slipway wrote it', () => {
  const facts = deployment!.outcome?.failure?.kind === 'refused' ? deployment!.outcome.failure.facts : {};
  expect(driftIn(facts)).toEqual([{ part: 'code' }, { part: 'arguments' }]);
  const both = driftedConfiguration(memberOf(deployment!.plan, 'before'), facts);
  expect([both?.planned.code?.key, both?.found.code?.key]).toEqual([
    'equities/releases/equities.zip',
    'other.zip',
  ]);
  expect(outcomeWords(deployment!, failureWords)).toBe(
    'Since the plan, somebody else has changed this: Code; Command-line arguments. Plan again.',
  );
});

test('of a node group is read as an earlier Slipway wrote it', () => {
  expect(update!.outcome?.failure).toBeUndefined();
  expect(outcomeWords(update!, failureWords)).toBe(
    'Since the plan, somebody else has changed this: AMI release: 1.32.9-20260601, now 1.33.4-20260801; Launch template: not shown, now own. Plan again.',
  );
});

test.each([{}, { drift: 'all' }, { drift: [1, null, {}, [], { part: 2 }] }, { parts: { a: 1 } }])(
  'of %j is none',
  (facts) => {
    expect(driftIn(facts)).toEqual([]);
  },
);
