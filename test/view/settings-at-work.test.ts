/** Each setting works where it says: what comes first, what is asked once more, what a row says. */
import { afterEach, expect, test } from 'vitest';
import { connectionStep } from '../../src/commands/pick/connection';
import { connectionOf } from '../../src/model/connection';
import { defaultFirst } from '../../src/view/default-connection';
import { rowOf } from '../../src/view/resources/rows';
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

/** Asks a plan, and says what had to be answered. */
async function asked(agreements: readonly Agreement[], ...after: string[]): Promise<readonly string[]> {
  const page: PlanPage<never> = {
    ask: () => Promise.reject(new Error('the page was asked')),
    close: () => undefined,
    carriedOut: () => undefined,
  };
  const prompts = new ScriptedPrompts([
    { to: 'Deploy to rdb?', say: 'Deploy' },
    ...after.map((to) => ({ to, say: 'Go on' })),
  ]);
  const heading = { title: 'Deploy', step: 1, totalSteps: 1, canGoBack: false };
  const review = { question: 'Deploy to rdb?', go: { label: 'Deploy', agreements }, lines: [], page };
  expect(await askReview({ prompts, heading } as unknown as Ask, review)).toBe(true);
  prompts.expectDone();
  return prompts.asked;
}

test('a plan is asked about once, or once more where the setting says so and nothing else is agreed to', async () => {
  expect(await asked([])).toHaveLength(1);
  settings.set('confirmations', 'again');
  expect(await asked([], 'Deploy to rdb?')).toHaveLength(2);
  expect(await asked([{ prompt: 'The target is protected' }], 'The target is protected')).toHaveLength(2);
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
