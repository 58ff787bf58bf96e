/** Every refusal, every problem of slipway.json and every end of a deployment has a sentence of its own. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { FinSpaceRefusals } from '../../src/deploy/finspace/refusal';
import type { Deployment } from '../../src/deploy/history/deployment';
import type { KubernetesRefusals } from '../../src/deploy/kubernetes/refusal';
import type { DeployRefusals } from '../../src/deploy/refusal';
import type { RuleCode } from '../../src/deploy/rules/breach';
import { DEEPEST, LARGEST_TEXT, MOST_TARGETS } from '../../src/deploy/targets/limits';
import type { StructureFacts, TargetFacts } from '../../src/deploy/targets/problem';
import type { OperationState } from '../../src/operations/operation';
import type { PlanRefusals } from '../../src/plan/account';
import type { DriftRefusals } from '../../src/plan/drift';
import {
  codeOutcomeWords,
  configurationWords,
  deploymentIcon,
  deploymentWords,
} from '../../src/view/messages/deployments';
import { refusalWords, REFUSALS as WORDED } from '../../src/view/messages/refusals';
import { targetProblemWords } from '../../src/view/messages/targets';
import { parseTargets, parseTargetsFile } from '../deploy/kinds';
import { expectPlainWords } from '../nodegroup/plain';

const SOURCES = resolve(import.meta.dirname, '../../src');

/** Complete by its type, each with the facts that are told. */
const REFUSALS: DeployRefusals & FinSpaceRefusals & KubernetesRefusals & PlanRefusals & DriftRefusals = {
  'account-changed': { planned: '111122223333', found: '444455556666' },
  'plan-blocked': { checks: ['cluster.not-ready'] },
  drift: { drift: [{ part: 'code' }, { part: 'version', before: '1.32', now: '1.33' }] },
  'cluster-not-ready': { cluster: 'rdb', status: 'UPDATING', phase: 'busy' },
  'parts-left': { bucket: 'b', key: 'k' },
  'stored-zip-wrong': { bucket: 'code', key: 'slipway/code/1.zip' },
  'zip-changed': { bucket: 'code', key: 'slipway/code/1.zip' },
  'folder-not-given': { root: '/q' },
  'no-such-entry': { bucket: 'code', key: 'slipway/code/1.zip', path: 'lib/log.q' },
  'update-failed': { statusReason: 'Script not found' },
  'foreign-change': { parts: ['arguments'], expected: {}, found: {} },
  'cluster-gone': { status: 'DELETING' },
  'changed-back': { name: 'hdb', managers: ['kubectl-rollout'] },
  'workload-gone': { workload: 'hdb', anew: true },
  'annotations-owned': { workload: 'hdb', managers: ['kubectl-rollout'] },
  'annotations-dropped': { workload: 'hdb', annotations: ['slipway.dev/code-uri'] },
  'workload-restless': { workload: 'hdb', times: 8 },
  'pod-fails': { pod: 'hdb-2', container: 'q', reason: 'CrashLoopBackOff', exitCode: 1, stuck: true },
  'rollout-late': { workload: 'rte', message: 'ReplicaSet "rte-1" has timed out progressing.' },
  'pods-not-made': { workload: 'rte', message: 'exceeded quota: tick' },
  'never-arrived': { sentAt: 1 },
  'operation-unreadable': { what: 'plan' },
  'same-target-twice': { label: 'prod / rdb' },
};

/** A text that has the problem. Rules of AWS have a table of their own, each with its sentence. */
const PROBLEMS: Record<Exclude<keyof (StructureFacts & TargetFacts), RuleCode | 'not-for-kind'>, string> = {
  syntax: '{ "targets": { "a": ',
  'wrong-type': '{ "targets": { "a": { "prefix": 1 } } }',
  'not-allowed-value': '{ "targets": { "a": { "strategy": "SOON" } } }',
  'missing-member': '{}',
  'unknown-member': '{ "targets": {}, "target": {} }',
  'too-small': target('"onSave": { "debounceMs": -1 }'),
  'too-large': target('"onSave": { "debounceMs": 600001 }'),
  'repeated-name': target('"prefix": "a", "prefix": "b"'),
  'too-large-file': ' '.repeat(LARGEST_TEXT + 1),
  'too-deep': '['.repeat(DEEPEST + 1),
  'too-many-targets': `{ "targets": {${'"a":{},'.repeat(MOST_TARGETS + 1)}} }`,
  'not-utf8': '\uFEFF{}',
  'missing-in-target': '{ "targets": { "a": {} } }',
  'root-outside': target('"root": "../other"'),
  'no-restart-keeps': target('"strategy": "NO_RESTART", "initializationScript": "init.q"'),
  'on-save-never': target('"protected": true, "onSave": { "enabled": true }'),
};

function target(members: string): string {
  const place = '"connection": "sandbox", "environment": "abc", "cluster": "rdb", "bucket": "code"';
  return `{ "targets": { "a": { ${place}, ${members} } } }`;
}

describe('a refusal', () => {
  test.each(Object.entries(REFUSALS))('of deploying, %s, is a sentence with its facts', (code, facts) => {
    const words = refusalWords({ kind: 'refused', code, facts });
    expectPlainWords(words);
    expect(words).not.toContain('?');
  });

  test('that has a sentence is thrown somewhere', () => {
    const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter(
      (file) => file.endsWith('.ts') && !file.startsWith('sandbox'),
    );
    const thrown = new Set(
      files.flatMap((file) =>
        [...readFileSync(join(SOURCES, file), 'utf8').matchAll(/\brefuse\w*\(\s*'([a-z-]+)'/g)].map(
          ([, code = '']) => code,
        ),
      ),
    );
    expect(thrown.size).toBeGreaterThan(60);
    // Their codes stand in a constant, in a choice between two, or in what a kind of target says of its state.
    const elsewhere = [
      'no-answer',
      'list-endless',
      'folder-unreadable',
      'file-unreadable',
      'not-savable',
      'cluster-not-ready',
    ];
    expect(Object.keys(WORDED).filter((code) => !thrown.has(code) && !elsewhere.includes(code))).toEqual([]);
  });

  test('of a code that another version wrote is shown as it is', () => {
    const refusal = { kind: 'refused', code: 'of-tomorrow', facts: { path: 'a' } } as const;
    expect(refusalWords(refusal)).toBe('of-tomorrow {"path":"a"}');
    const changed = { kind: 'refused', code: 'plan-blocked', facts: { checks: 3 } } as const;
    expect(refusalWords(changed)).toBe('plan-blocked {"checks":3}');
  });

  test('of a task names the one that it depends on and that has failed', () => {
    expect(
      refusalWords({
        kind: 'refused',
        code: 'task-failed',
        facts: { task: 'check', exitCode: 1, part: 'lint' },
      }),
    ).toMatch(/since "lint" failed \(1\)/);
  });

  test('of a task that was not started says what to look at', () => {
    expectPlainWords(
      refusalWords({ kind: 'refused', code: 'task-not-started', facts: { task: 'check', seconds: 30 } }),
    );
  });

  test('of unsaved files names three of them', () => {
    const words = (files: string[]) =>
      refusalWords({ kind: 'refused', code: 'unsaved-files', facts: { files, task: 'check' } });
    expectPlainWords(words(['a.q']));
    expect(words(['a.q', 'b.q', 'c.q'])).toContain('save a.q, b.q, c.q, finished or not');
    expect(words(['a.q', 'b.q', 'c.q', 'd.q', 'e.q'])).toContain('save a.q, b.q, c.q and 2 more, finished');
  });

  test('without a reason of AWS does not make one up', () => {
    expect(refusalWords({ kind: 'refused', code: 'update-failed', facts: { statusReason: null } })).toMatch(
      /^The update failed, .*back\. /,
    );
  });
});

describe('a problem of slipway.json', () => {
  test.each(Object.entries(PROBLEMS))('%s says what to write', (code, text) => {
    const bytes = Buffer.from(text, code === 'not-utf8' ? 'utf16le' : 'utf8');
    const found = parseTargetsFile(bytes).problems.find((problem) => problem.code === code);
    if (found === undefined) throw new Error(`the text has no problem ${code}`);
    const words = targetProblemWords(found);
    expectPlainWords(words);
    expect(words).not.toContain('?');
  });

  test('that AWS has a rule for is told by that rule', () => {
    const [found] = parseTargets(target('"prefix": "a+b"')).problems;
    expect(found && targetProblemWords(found)).toMatch(/^The prefix holds "\+"/);
  });
});

describe('the end of a deployment', () => {
  test('that nobody can decide says what to compare', () => {
    const words = codeOutcomeWords('finspace', {
      state: 'unknown',
      facts: { check: 'cluster', status: 'RUNNING' },
    });
    expectPlainWords(words ?? '');
    expect(words).toContain('The cluster was RUNNING.');
  });

  test.each(['never-seen', 'unreadable', 'untold'])(
    'that is unknown says why, and what to check: %s',
    (why) => {
      const words =
        codeOutcomeWords('finspace', { state: 'unknown', facts: { check: 'cluster', why } }) ?? '';
      expectPlainWords(words);
      expect(words).toContain('Compare the configuration of the cluster with the request');
      expect(words).not.toContain('No answer to the request came');
    },
  );

  test('by a crash says that nothing was sent', () => {
    expectPlainWords(
      codeOutcomeWords('finspace', { state: 'cancelled', facts: { reason: 'interrupted' } }) ?? '',
    );
  });

  test('that its state tells needs no more words', () => {
    expect(codeOutcomeWords('finspace', { state: 'succeeded' })).toBeUndefined();
    expect(codeOutcomeWords('finspace', { state: 'cancelled', facts: { reason: 'user' } })).toBeUndefined();
  });
});

describe('a deployment in a list', () => {
  const deployment: Deployment = {
    operationId: 'op',
    at: 1,
    configuration: {
      code: { bucket: 'code', key: 'equities/equities.zip' },
      commandLineArguments: [{ key: 'password', value: 'hunter2' }],
    },
    strategy: 'ROLLING',
    outcome: 'unrecorded',
    author: 'arn:aws:sts::111122223333:assumed-role/KdbOperator/ann@example.com',
    git: { commit: '0123456789abcdef', dirty: true },
  };

  test('tells who, what and from where', () => {
    expect(deploymentWords(deployment)).toBe(
      'known from the bucket alone · ROLLING · commit 01234567+ · equities.zip · ann@example.com',
    );
  });

  test('never shows the value of an argument', () => {
    const words = configurationWords(deployment.configuration);
    expect(words).toBe('no initialization script · arguments password');
  });

  test.each(['succeeded', 'failed', 'watching', 'unknown', 'drifted'] satisfies OperationState[])(
    'that is %s has words and an icon that stands still',
    (outcome) => {
      expectPlainWords(deploymentWords({ ...deployment, outcome }));
      expect(deploymentIcon({ ...deployment, outcome })).toMatch(/^[a-z-]+$/);
    },
  );
});
