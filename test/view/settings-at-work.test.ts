/** Each setting works where it says: what comes first, what is asked once more, what a row says. */

import { afterEach, expect, test } from 'vitest';
import type { Memento } from 'vscode';
import type { CodePlace } from '../../src/commands/code/bucket-steps';
import { RememberedPrefixes } from '../../src/commands/code/remembered';
import { type SourceDeps, sourceSteps } from '../../src/commands/code/source-steps';
import { connectionStep } from '../../src/commands/pick/connection';
import { targetKinds } from '../../src/commands/target-kinds';
import { connectionOf } from '../../src/model/connection';
import { defaultFirst } from '../../src/view/connection-store';
import { rowOf } from '../../src/view/resources/rows';
import { textSetting } from '../../src/view/settings';
import { type Agreement, askReview, type PlanPage } from '../../src/view/wizard/review';
import { runWizard, wizard } from '../../src/view/wizard/wizard';
import type { Ask } from '../../src/view/wizard/wizard-steps';
import { ScriptedPrompts } from './scripted-prompts';
import { settings, takeShown } from './window-stand-in';

afterEach(() => settings.clear());

const SANDBOX = connectionOf({ kind: 'sandbox' }, 'us-east-1');
const PROD = connectionOf({ kind: 'profile', profile: 'prod' }, 'us-east-1');
const ELSEWHERE = connectionOf({ kind: 'profile', profile: 'prod' }, 'eu-west-1');
const ALL = [SANDBOX, PROD, ELSEWHERE];

test.each([
  ['', ALL],
  ['prod', [PROD, ELSEWHERE, SANDBOX]],
  ['prod/eu-west-1', [ELSEWHERE, SANDBOX, PROD]],
  ['sandbox', ALL],
  ['nobody', ALL],
])('the default connection %j comes first', (name, order) => {
  settings.set('connections.default', name);
  expect(defaultFirst(ALL)).toEqual(order);
});

test('and is the one that Enter takes where a connection is asked for', async () => {
  settings.set('connections.default', 'prod/eu-west-1');
  const prompts = new ScriptedPrompts([{ to: 'Choose a connection', say: 'prod' }]);
  const steps = wizard().and(connectionStep({ all: () => ALL }));
  const answers = await runWizard('Test', steps, {}, prompts);
  expect(answers?.connection).toEqual(ELSEWHERE);
  prompts.expectDone();
});

/** The row that Enter takes where a bucket is asked for, for a place whose code lies in `present`. */
async function bucketOffered(present?: string): Promise<string | undefined> {
  const prompts = new ScriptedPrompts([
    { to: 'Choose what to deploy', say: 'A zip that is in S3 already…' },
    { to: 'Choose a bucket', say: 'acme-a' },
    { to: 'Choose a zip', exit: 'leave' },
  ]);
  const objects = {
    listBuckets: async () => ({ items: ['acme-a', 'acme-b', 'acme-c'].map((name) => ({ name })) }),
  };
  const deps = { ports: async () => ({ objects }), prefixes: { of: () => '' } } as unknown as SourceDeps;
  const steps = wizard<CodePlace>().and(sourceSteps(deps, { asksPrefix: false }));
  const seen = present === undefined ? undefined : { configuration: { code: { bucket: present } } };
  await runWizard(
    'Test',
    steps,
    { connection: SANDBOX, kind: targetKinds.usual, seen } as CodePlace,
    prompts,
  );
  prompts.expectDone();
  return prompts.lists[1]?.focused;
}

test('the default bucket is highlighted, but never instead of the one that holds the present code', async () => {
  expect(await bucketOffered()).toBe('acme-a');
  settings.set('deploy.bucket', 'acme-b');
  expect(await bucketOffered()).toBe('acme-b');
  expect(await bucketOffered('acme-c')).toBe('acme-c');
  settings.set('deploy.bucket', 'Not A Bucket');
  expect(await bucketOffered()).toBe('acme-a');
});

test('the default prefix counts in a bucket of which nothing is remembered', async () => {
  const kept = new Map<string, unknown>();
  const memento = {
    get: (key: string, otherwise: unknown) => kept.get(key) ?? otherwise,
    update: async (key: string, value: unknown) => void kept.set(key, value),
  } as unknown as Memento;
  const prefixes = new RememberedPrefixes(memento, () => textSetting('deploy.prefix'));
  expect(prefixes.of('acme-a')).toBe('slipway');
  settings.set('deploy.prefix', 'team/kdb');
  expect(prefixes.of('acme-a')).toBe('team/kdb');
  await prefixes.remember('acme-a', 'own');
  expect([prefixes.of('acme-a'), prefixes.of('acme-b')]).toEqual(['own', 'team/kdb']);
});

/** Asks a plan, and says what had to be answered. */
async function asked(
  go: string,
  agreements: readonly Agreement[],
  ...after: string[]
): Promise<readonly string[]> {
  const page: PlanPage<never> = {
    ask: () => Promise.reject(new Error('the page was asked')),
    close: () => undefined,
    carriedOut: () => undefined,
  };
  const prompts = new ScriptedPrompts([
    { to: 'Deploy to rdb?', say: go },
    ...after.map((to) => ({ to, say: 'Go on' })),
  ]);
  const heading = { title: 'Deploy', step: 1, totalSteps: 1, canGoBack: false };
  const review = { question: 'Deploy to rdb?', go: { label: 'Deploy', agreements }, lines: [], page };
  expect(await askReview({ prompts, heading } as unknown as Ask, review)).toBe(true);
  prompts.expectDone();
  return prompts.asked;
}

test('a plan is asked about once, or once more where the setting says so and nothing else is agreed to', async () => {
  expect(await asked('Deploy', [])).toHaveLength(1);
  settings.set('confirmations', 'again');
  expect(await asked('Deploy…', [], 'Deploy to rdb?')).toHaveLength(2);
  expect(
    await asked('Deploy', [{ prompt: 'The target is protected' }], 'The target is protected'),
  ).toHaveLength(2);
});

/** What a row of the sandbox shows beside its label, and what screen readers say of it. */
function rowTexts(density: 'full' | 'compact'): readonly string[] {
  takeShown();
  rowOf({ kind: 'connection', id: SANDBOX.id, connection: SANDBOX } as never, () => undefined, density);
  return takeShown().map(({ text }) => text);
}

test('a compact row leaves out what is no state, and is spoken as before', () => {
  const [full, compact] = [rowTexts('full'), rowTexts('compact')];
  const spoken = full.at(-1) ?? '';
  expect(spoken).toContain('us-east-1');
  expect(compact.at(-1)).toBe(spoken);
  expect(full.slice(0, -1).join(' ')).toContain('us-east-1');
  expect(compact.slice(0, -1).join(' ')).not.toContain('us-east-1');
});
