/** The walkthrough completes a step when what it is about was really done, and by nothing else. */
import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FirstSteps, firstSteps, stepsDone } from '../../src/commands/first-steps';
import { connectionOf } from '../../src/model/connection';
import type { Operation } from '../../src/operations/operation';
import { contributes, TEXTS } from '../view/menu-items';

const ROOT = resolve(import.meta.dirname, '../..');

interface Step {
  readonly title: string;
  readonly description: string;
  readonly media: { readonly svg: string; readonly altText: string };
  readonly completionEvents: readonly string[];
}

const [walkthrough] = (
  contributes as unknown as { readonly walkthroughs: readonly [{ steps: readonly Step[] }] }
).walkthroughs;

const SANDBOX = connectionOf({ kind: 'sandbox' }, 'us-east-1');
const PROFILE = connectionOf({ kind: 'profile', profile: 'prod' }, 'us-east-1');

type Recorded = Pick<Operation, 'kind' | 'state' | 'plan'>;

const DEPLOYED: Recorded = { kind: 'code', state: 'succeeded', plan: {} };
const ROLLED_BACK: Recorded = { kind: 'code', state: 'succeeded', plan: { rollsBack: true } };
const UPDATED: Recorded = { kind: 'nodegroup-version', state: 'succeeded', plan: {} };
const ON_KUBERNETES: Recorded = { kind: 'code-kubernetes', state: 'succeeded', plan: {} };

test('each step waits for a key of its own that Slipway sets', () => {
  expect(walkthrough.steps.flatMap(({ completionEvents }) => completionEvents).sort()).toEqual(
    firstSteps.map((step) => `onContext:${step}`).sort(),
  );
});

test.each<[string, Parameters<typeof stepsDone>, readonly string[]]>([
  ['nothing', [[], []], []],
  ['the sandbox', [[SANDBOX], []], ['sandbox']],
  ['a profile', [[PROFILE], []], ['profile']],
  ['a deployment', [[], [DEPLOYED]], ['deploy']],
  ['a rollback', [[], [ROLLED_BACK]], ['rollBack']],
  ['an update', [[], [UPDATED]], ['nodegroup']],
  ['a deployment to a workload', [[], [ON_KUBERNETES]], ['deploy', 'workload']],
])('%s completes what it is', (_, given, done) => {
  expect(stepsDone(...given)).toEqual(done.map((name) => `slipway.done.${name}`));
});

test.each<Operation['state']>([
  'planned',
  'running',
  'watching',
  'failed',
  'cancelled',
  'drifted',
  'cancelled-by-aws',
  'unwatched',
  'unknown',
])('nothing that is %s completes anything', (state) => {
  const all = [DEPLOYED, ROLLED_BACK, UPDATED, ON_KUBERNETES].map((one) => ({ ...one, state }));
  expect(stepsDone([], all)).toEqual([]);
});

test('each is told once, when it is done', () => {
  const connections = [SANDBOX];
  const operations: Operation[] = [];
  let changed = (): void => undefined;
  const told: string[] = [];
  const steps = new FirstSteps(
    { all: () => connections, onDidChange: () => ({ dispose: () => undefined }) as never },
    {
      operations: () => operations,
      onDidChange: (listener) => {
        changed = () => listener([]);
        return () => undefined;
      },
    },
    async (key) => void told.push(key),
  );
  changed();
  expect(told).toEqual(['slipway.done.sandbox']);
  operations.push(UPDATED as Operation);
  changed();
  changed();
  expect(told).toEqual(['slipway.done.sandbox', 'slipway.done.nodegroup']);
  steps.dispose();
});

describe('the walkthrough in package.json', () => {
  const known = [...contributes.commands.map(({ command }) => command), 'vscode.openFolder'];
  const textOf = (name: string): string => TEXTS[name.replaceAll('%', '')] ?? '';

  test.each(walkthrough.steps)(
    '$media.svg has words, buttons that there are, and the colours of the theme',
    (step) => {
      expect(textOf(step.title)).not.toBe('');
      expect(textOf(step.media.altText).length).toBeGreaterThan(20);
      const buttons = [...textOf(step.description).matchAll(/\]\(command:([\w.]+)\)/g)].map(([, id]) => id);
      expect(buttons).not.toEqual([]);
      // VS Code shows these as they are.
      expect(textOf(step.description)).not.toContain('`');
      for (const id of buttons) expect(known).toContain(id);
      const picture = readFileSync(resolve(ROOT, step.media.svg), 'utf8');
      const colours = [...picture.matchAll(/(?:fill|stroke)="([^"]*)"/g)].map(([, colour = '']) => colour);
      expect(colours.filter((colour) => colour !== 'none' && !colour.startsWith('var(--vscode-'))).toEqual(
        [],
      );
    },
  );

  test('has pictures of 400 KB in all at most', () => {
    const bytes = walkthrough.steps.map(({ media }) => statSync(resolve(ROOT, media.svg)).size);
    expect(bytes.reduce((all, one) => all + one, 0)).toBeLessThan(400 * 1024);
  });
});
