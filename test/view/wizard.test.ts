import { expect, test } from 'vitest';
import { into, runWizard, type WizardStep } from '../../src/view/wizard/wizard';
import { ScriptedPrompts } from './scripted-prompts';

interface Trip {
  readonly from: string;
  readonly distance: number;
  readonly to: string;
  readonly luggage: string;
}

const ask = (key: 'from' | 'to' | 'luggage', when?: (state: Partial<Trip>) => boolean): WizardStep<Trip> => ({
  key,
  ...(when && { when }),
  ask: async (_state, { prompts, heading }) =>
    into(
      await prompts.pick(heading, {
        placeholder: key,
        choices: ['Oslo', 'Rome', 'Bag'].map((label) => ({ value: label, label })),
      }),
      (value) => ({ [key]: value }),
    ),
});

const steps: readonly WizardStep<Trip>[] = [
  ask('from'),
  { key: 'distance', words: 'measuring', read: async ({ from }) => ({ distance: from === 'Oslo' ? 10 : 1 }) },
  ask('to'),
  ask('luggage', ({ distance = 0 }) => distance > 5),
];

test('asks in order, counts what is to be asked, and reads in between without counting', async () => {
  const prompts = new ScriptedPrompts([
    { to: 'from', say: 'Oslo' },
    { to: 'to', say: 'Rome' },
    { to: 'luggage', say: 'Bag' },
  ]);
  const trip = await runWizard('Trip', steps, {}, prompts);
  expect(trip).toEqual({ from: 'Oslo', distance: 10, to: 'Rome', luggage: 'Bag' });
  expect(prompts.asked).toEqual(['1/2 from', '2/3 to', '3/3 luggage']);
  prompts.expectDone();
});

test('Back takes back the answer and what was read after it, so that the next answer decides anew', async () => {
  const prompts = new ScriptedPrompts([
    { to: 'from', say: 'Oslo' },
    { to: 'to', say: 'Rome' },
    { to: 'luggage', exit: 'back' },
    { to: 'to', exit: 'back' },
    { to: 'from', say: 'Rome' },
    { to: 'to', say: 'Oslo' },
  ]);
  expect(await runWizard('Trip', steps, {}, prompts)).toEqual({ from: 'Rome', distance: 1, to: 'Oslo' });
  prompts.expectDone();
});

test('does not ask what is known already', async () => {
  const prompts = new ScriptedPrompts([{ to: 'to', say: 'Rome' }]);
  const trip = await runWizard('Trip', steps, { from: 'Rome' }, prompts);
  expect(trip).toEqual({ from: 'Rome', distance: 1, to: 'Rome' });
  expect(prompts.asked).toEqual(['1/1 to']);
});

test('leaving at any question leaves the wizard', async () => {
  const prompts = new ScriptedPrompts([
    { to: 'from', say: 'Oslo' },
    { to: 'to', exit: 'leave' },
  ]);
  expect(await runWizard('Trip', steps, {}, prompts)).toBeUndefined();
  prompts.expectDone();
});

test('what reading throws is thrown', async () => {
  const broken: WizardStep<Trip> = {
    key: 'distance',
    words: 'measuring',
    read: () => Promise.reject(new Error('lost')),
  };
  await expect(runWizard('Trip', [broken], {}, new ScriptedPrompts([]))).rejects.toThrow('lost');
});
