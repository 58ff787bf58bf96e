/**
 * What the type checker has to refuse of a wizard: each `@ts-expect-error` fails the type check of `npm test` as soon as
 * the line below it is accepted.
 */
import { expect, test } from 'vitest';
import { runWizard, wizard } from '../../src/view/wizard/wizard';
import {
  answered,
  derived,
  question,
  reading,
  unlessKnown,
  type WizardStep,
} from '../../src/view/wizard/wizard-steps';
import { ScriptedPrompts } from './scripted-prompts';

interface Place {
  readonly place: string;
}

const placeStep = answered<Place>({ place: 'Oslo' });
const distanceStep: WizardStep<Place, { readonly distance: number }> = derived(({ place }) => ({
  distance: place.length,
}));

const answersOf = <Added extends object>(steps: WizardStep<object, Added>) =>
  runWizard('Trip', steps, {}, new ScriptedPrompts([]));

test('a step reads what the steps before it have answered, and nothing else', async () => {
  expect(await answersOf(wizard().and(placeStep).and(distanceStep))).toEqual({ place: 'Oslo', distance: 4 });
  // @ts-expect-error nobody has answered the place yet
  wizard().and(distanceStep).and(placeStep);
  wizard()
    .and(placeStep)
    // @ts-expect-error nobody has answered the distance
    .and(question(async ({ distance }) => ({ far: distance > 5 })));
  wizard()
    .and(placeStep)
    // @ts-expect-error nobody has answered the distance
    .and(reading('…', async ({ distance }) => ({ far: distance > 5 })));
});

test('what is asked only sometimes may be missing', async () => {
  const steps = wizard()
    .and(placeStep)
    .when(['place'], ({ place }) => (place === 'Oslo' ? distanceStep : undefined), 0);
  const far = steps.and(derived(({ distance }) => ({ far: distance !== undefined && distance > 5 })));
  expect(await answersOf(far)).toEqual({ place: 'Oslo', distance: 4, far: false });
  // @ts-expect-error it may not have been asked
  steps.and(derived(({ distance }) => ({ far: distance > 5 })));
  // @ts-expect-error neither may a step rest on it
  steps.and(derived((answers: { readonly distance: number }) => ({ far: answers.distance > 5 })));
});

test('what decides has been answered before, and is all that is read for it', () => {
  // @ts-expect-error nobody has answered the place yet
  wizard().when(['place'], () => undefined, 0);
  wizard()
    .and(placeStep)
    .and(distanceStep)
    // @ts-expect-error the distance is not among what decides
    .when(['place'], ({ distance }) => (distance > 5 ? placeStep : undefined), 0);
});

test('each alternative answers what comes after rests on', async () => {
  const steps = wizard().and(answered<{ readonly by: 'place' | 'distance' }>({ by: 'place' }));
  const both = steps.branch(
    ['by'],
    ({ by }) => (by === 'place' ? answered({ place: 'Rome' }) : answered({ place: 'Oslo', distance: 1 })),
    0,
  );
  expect(await answersOf(both.and(distanceStep))).toEqual({ by: 'place', place: 'Rome', distance: 4 });
  steps
    .branch<'by', Place>(
      ['by'],
      ({ by }) =>
        // @ts-expect-error one of them does not answer the place
        by === 'place' ? answered({ place: 'Rome' }) : answered({ distance: 1 }),
      0,
    )
    .and(distanceStep);
});

test('what is known is what the step would answer', async () => {
  expect(await answersOf(unlessKnown({ place: 'Rome' }, placeStep))).toEqual({ place: 'Rome' });
  // @ts-expect-error a place is a text
  unlessKnown({ place: 1 }, placeStep);
});

test('a wizard is not run before what its first step reads is given, and gives all answers', async () => {
  const prompts = new ScriptedPrompts([]);
  const answers = await runWizard('Trip', distanceStep, { place: 'Rome' }, prompts);
  const distance: number | undefined = answers?.distance;
  expect([answers?.place, distance]).toEqual(['Rome', 4]);
  // @ts-expect-error the place is not given
  await expect(runWizard('Trip', distanceStep, {}, prompts)).rejects.toThrow(TypeError);
});
