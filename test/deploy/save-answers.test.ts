/** What a user is offered for news of deploy on save, the best answer first. */
import { expect, test } from 'vitest';
import { answersTo, NOT_CONFIRMED, type SaveAnswer, standing } from '../../src/deploy/on-save/save-answers';
import { initialState, type SaveNews, type SaveState, UNSAVED } from '../../src/deploy/on-save/save-state';

const trouble = (code: string): SaveNews => ({ kind: 'trouble', code }) as SaveNews;
const paused = (reason: string): SaveNews => ({ kind: 'paused', reason }) as SaveNews;

test.each<[string, SaveNews, boolean, readonly SaveAnswer[]]>([
  ['paused by a branch', paused('head'), true, ['only-resume', 'deploy-now']],
  ['paused by failures', paused('failures'), true, ['show-details', 'only-resume', 'deploy-now']],
  ['not deployed', { kind: 'not-deployed', files: 1 } as unknown as SaveNews, true, ['deploy-now']],
  ['not deployed, and off', { kind: 'not-deployed', files: 1 } as unknown as SaveNews, false, []],
  ['not confirmed', trouble(NOT_CONFIRMED), true, ['confirm-target']],
  ['half typed', trouble(UNSAVED), true, ['deploy-now']],
  ['half typed, and off', trouble(UNSAVED), false, []],
  ['a task that failed', trouble('task-failed'), true, ['show-problems']],
  ['a check', trouble('drift.changed'), true, ['show-details']],
])('%s', (_, news, on, answers) => {
  expect(answersTo(news, { on })).toEqual(answers);
});

test('what stands is told again: a pause before a trouble, and nothing while it is off', () => {
  const state: SaveState = initialState(true, { enabled: true } as never);
  expect(standing(state)).toBeUndefined();
  const troubled = { ...state, trouble: { code: 'drift.changed' } } as SaveState;
  expect(standing(troubled)).toEqual({ kind: 'trouble', code: 'drift.changed' });
  const both = { ...troubled, paused: 'burst', changed: new Map([['a', 1]]) } as unknown as SaveState;
  expect(standing(both)).toEqual({ kind: 'paused', reason: 'burst' });
  expect(standing({ ...both, on: false })).toBeUndefined();
});
