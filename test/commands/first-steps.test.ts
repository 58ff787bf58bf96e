/** The walkthrough completes a step when what it is about was really done, and by nothing else. */
import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import type * as vscode from 'vscode';
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

describe('a window', () => {
  /** Slipway with the sandbox connected; `keys` is what it set, in order. */
  function start() {
    const operations: Operation[] = [];
    const keys: [string, boolean][] = [];
    const listeners: { ledger?: () => void; tabs?: (event: vscode.TabChangeEvent) => void } = {};
    const steps = new FirstSteps(
      { all: () => [SANDBOX], onDidChange: () => ({ dispose: () => undefined }) as never },
      {
        operations: () => operations,
        onDidChange: (listener) => {
          listeners.ledger = () => listener([]);
          return () => undefined;
        },
      },
      {
        onDidChangeTabs: (listener) => {
          listeners.tabs = listener;
          return { dispose: () => undefined } as never;
        },
      },
      async (key, value) => void keys.push([key, value]),
    );
    const tab = (input: unknown): void =>
      listeners.tabs?.({ opened: [{ input } as vscode.Tab], changed: [], closed: [] });
    return { operations, keys, steps, tab, changed: () => listeners.ledger?.() };
  }

  /** A key that stays true is overlooked by a walkthrough that VS Code reads later. */
  const forAMoment = (name: string): readonly [string, boolean][] => [
    [`slipway.done.${name}`, true],
    [`slipway.done.${name}`, false],
  ];

  test('tells of a step once, when it is done, for a moment', async () => {
    const { operations, keys, changed } = start();
    changed();
    await vi.waitFor(() => expect(keys).toEqual(forAMoment('sandbox')));
    operations.push(UPDATED as Operation);
    changed();
    changed();
    await vi.waitFor(() => expect(keys).toEqual([...forAMoment('sandbox'), ...forAMoment('nodegroup')]));
  });

  test("tells of all again once a page of VS Code's own opens, and of nothing for another page", async () => {
    const { keys, tab } = start();
    await vi.waitFor(() => expect(keys).toHaveLength(2));
    tab({ viewType: 'slipway.page' });
    tab(undefined);
    await vi.waitFor(() => expect(keys).toEqual([...forAMoment('sandbox'), ...forAMoment('sandbox')]));
  });
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
