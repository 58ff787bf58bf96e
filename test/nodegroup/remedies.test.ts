/** Every code with which EKS reports trouble is explained, has a remedy and a follow-up action, and only `Unknown` is generic. */
import { describe, expect, it } from 'vitest';
import { unknownEnd, unknownEndIn } from '../../src/nodegroup/follow/unknown-end';
import type { UpgradeRefusals } from '../../src/nodegroup/plan/refusal';
import { healthIssueRemedy } from '../../src/nodegroup/remedies/health-issues';
import { safestFirst } from '../../src/nodegroup/remedies/remedy';
import { requestErrorRemedy } from '../../src/nodegroup/remedies/request-errors';
import { updateErrorRemedy } from '../../src/nodegroup/remedies/update-errors';
import {
  followUpWords,
  healthIssueWords,
  requestErrorWords,
  unknownEndWords,
  updateErrorWords,
} from '../../src/view/messages/nodegroup';
import { awsWords } from '../../src/view/messages/nodegroup/remedies';
import { refusalWords } from '../../src/view/messages/refusals';
import { modelOf, shapeOf } from '../contract/model';
import { awsFailure } from './nouns';
import { expectPlainWords } from './plain';

const said = { message: 'What AWS says of it.', resourceIds: [] };
const updateWords = (code: string) => updateErrorWords({ code, ...said }, updateErrorRemedy(code));
const healthWords = (code: string) => healthIssueWords({ code, ...said }, healthIssueRemedy(code));

function enumOf(shape: string): readonly string[] {
  return shapeOf(modelOf('eks'), shape).enum ?? [];
}

/** The words without AWS's own and the code itself. */
function ownWords(words: string, code: string): string {
  return words.replace(said.message, '').replaceAll(code, '');
}

function expectEachExplained(codes: readonly string[], wordsOf: (code: string) => string): void {
  const generic = ownWords(wordsOf('SomethingLater'), 'SomethingLater');
  const all = new Map<string, string>();
  for (const code of codes) {
    const words = wordsOf(code);
    expectPlainWords(words);
    expect(words).toContain(said.message);
    expect(words.split('. ').length, `${code} has an explanation, a remedy and AWS's text`).toBeGreaterThan(
      2,
    );
    if (code !== 'Unknown') {
      expect(ownWords(words, code), `${code} is not generic`).not.toBe(generic);
      expect(words).not.toContain('does not know');
    }
    expect(all.get(words), `${code} has words of its own`).toBeUndefined();
    all.set(words, code);
  }
}

describe('by the official model', () => {
  it('explains each of the 17 error codes of an update', () => {
    const codes = enumOf('ErrorCode');
    expect(codes.length).toBe(17);
    for (const code of codes) expect(updateErrorRemedy(code).explains).toBe(code);
    expectEachExplained(codes, updateWords);
  });

  it('explains each of the 36 codes of health issues', () => {
    const codes = enumOf('NodegroupIssueCode');
    expect(codes.length).toBe(36);
    for (const code of codes) expect(healthIssueRemedy(code).explains).toBe(code);
    expectEachExplained(codes, healthWords);
  });

  it('explains each declared exception of the two update requests', () => {
    const model = modelOf('eks');
    for (const operation of ['UpdateNodegroupVersion', 'UpdateNodegroupConfig']) {
      const names = model.operations[operation]?.errors?.map(({ shape }) => shape) ?? [];
      expect(names.length).toBe(6);
      const texts = names.map((name) => {
        const failure = awsFailure('other', 'eks', operation, { name, message: said.message });
        const remedy = requestErrorRemedy(failure);
        if (!remedy) throw new Error(name);
        expect(remedy.explains).toBe(name);
        const words = requestErrorWords(failure, remedy);
        expectPlainWords(words);
        expectPlainWords(followUpWords(remedy.action));
        return words;
      });
      expect(new Set(texts).size).toBe(6);
    }
  });
});

describe('follow-up actions', () => {
  it.each([
    ['PodEvictionFailure', 'try-again-with-force'],
    ['NodeCreationFailure', 'open-health-issues'],
    ['InsufficientFreeAddresses', 'show-subnets'],
    ['IpNotAvailable', 'show-subnets'],
    ['SubnetNotFound', 'show-subnets'],
    ['EniLimitReached', 'try-again'],
    ['Unknown', 'copy-details'],
  ])('%s → %s', (code, action) => {
    expect(updateErrorRemedy(code).action).toBe(action);
  });

  it('fits what the facts page says of an update', () => {
    expect(updateWords('PodEvictionFailure')).toBe(
      'The update stopped because pods could not be moved off a node: a PodDisruptionBudget, or a pod that tolerates every taint, blocks the drain. Relax the budget or remove the pod and try again, or update with force, which ends the pods. AWS says: What AWS says of it.',
    );
    expect(updateWords('ConfigurationConflict')).toContain('An add-on update');
  });
});

describe('buttons', () => {
  it('offer force last of all, after the same without it', () => {
    expect(safestFirst(['try-again-with-force'])).toEqual(['try-again', 'try-again-with-force']);
    expect(safestFirst(['try-again-with-force', 'show-subnets', 'try-again-with-force'])).toEqual([
      'show-subnets',
      'try-again',
      'try-again-with-force',
    ]);
  });

  it('stand there once each', () => {
    expect(safestFirst(['show-subnets', 'refresh', 'show-subnets'])).toEqual(['show-subnets', 'refresh']);
  });
});

describe('codes of later versions of EKS', () => {
  it('are named, with the words of AWS', () => {
    expect(updateWords('NodesOnStrike')).toBe(
      "The update failed with the code NodesOnStrike, which this version of Slipway does not know. AWS's own text and the update's id are all there is; AWS Support can look the id up. AWS says: What AWS says of it.",
    );
    expect(healthWords('NodesOnStrike')).toContain('NodesOnStrike');
    // A code that happens to be the name of an object's own method is no code of the table.
    expect(updateErrorRemedy('toString').explains).toBe('Unknown');
  });

  it('are not taken for a declared exception', () => {
    const of = (parts: Parameters<typeof awsFailure>[3], operation = 'UpdateNodegroupVersion') =>
      requestErrorRemedy(awsFailure('other', 'eks', operation, parts));
    expect(of({ name: 'ThrottlingException' })).toBeUndefined();
    expect(of({ name: 'ServerException' }, 'DescribeCluster')).toBeUndefined();
    expect(of({ name: 'ServerException', service: 'ec2' })).toBeUndefined();
    expect(requestErrorRemedy({ kind: 'cancelled' })).toBeUndefined();
  });
});

describe('refusals and ends', () => {
  it('have words', () => {
    const refusal = (code: keyof UpgradeRefusals, facts = {}) =>
      refusalWords({ kind: 'refused', code, facts });
    for (const words of [
      refusal('choice-not-valid', { problems: ['version-required'] }),
      refusal('update-blocked', { checks: ['insights'] }),
      refusal('record-not-readable'),
      refusal('request-not-taken'),
    ]) {
      expectPlainWords(words);
    }
    const written = [
      { code: 'node-group-differs', facts: {} },
      { code: 'node-group-gone', facts: {} },
      { code: 'update-not-found', facts: {} },
      { code: 'cannot-tell', facts: {} },
      { code: 'not-permitted', facts: { action: 'eks:DescribeUpdate' } },
      { code: 'several-updates', facts: { updateIds: ['a', 'b'] } },
    ] as const;
    for (const end of written) {
      const observed = unknownEnd(end, { updateId: '1' });
      const facts = observed.state === 'ended' ? (observed.outcome.facts ?? {}) : {};
      expect(facts).toMatchObject({ updateId: '1', why: end.code });
      expect(unknownEndIn(facts)).toEqual(end);
      const words = unknownEndWords(end);
      expectPlainWords(words);
      for (const fact of Object.values(end.facts).flat()) expect(words).toContain(fact);
    }
  });

  it('are told only where the ledger has what they are told with', () => {
    const damaged = [
      {},
      { why: 'of-a-later-version' },
      { why: 'not-permitted' },
      { why: 'several-updates', updateIds: [1] },
    ];
    expect(damaged.map((facts) => unknownEndIn(facts))).toEqual(damaged.map(() => undefined));
  });
});

it("closes AWS's own text as a sentence, for another one follows", () => {
  expect(awsWords('Reached max retries')).toBe('AWS says: Reached max retries.');
  expect(awsWords('Reached max retries.')).toBe('AWS says: Reached max retries.');
});
