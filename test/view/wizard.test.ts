import { expect, test } from 'vitest';
import { runWizard, wizard } from '../../src/view/wizard/wizard';
import {
  answered,
  BackTo,
  into,
  namedQuestion,
  question,
  reading,
  type StepName,
  unlessKnown,
  type WizardStep,
} from '../../src/view/wizard/wizard-steps';
import { ScriptedPrompts } from './scripted-prompts';

const place = <P extends object>(placeholder: string, part: (value: string) => P): WizardStep<object, P> =>
  question(async (_answers, { prompts, heading }) =>
    into(
      await prompts.pick(heading, {
        placeholder,
        choices: ['Oslo', 'Rome', 'Bag'].map((label) => ({ value: label, label })),
      }),
      part,
    ),
  );

const trip = (known?: string) =>
  wizard()
    .and(
      unlessKnown(
        known === undefined ? undefined : { from: known },
        place('from', (from) => ({ from })),
      ),
    )
    .and(reading('measuring', async ({ from }) => ({ distance: from === 'Oslo' ? 10 : 1 })))
    .and(place('to', (to) => ({ to })))
    .when(
      ['distance'],
      ({ distance }) => (distance > 5 ? place('luggage', (luggage) => ({ luggage })) : undefined),
      1,
    );

test('asks in order, counts what is to be asked, and reads in between without counting', async () => {
  const prompts = new ScriptedPrompts([
    { to: 'from', say: 'Oslo' },
    { to: 'to', say: 'Rome' },
    { to: 'luggage', say: 'Bag' },
  ]);
  const answers = await runWizard('Trip', trip(), {}, prompts);
  expect(answers).toEqual({ from: 'Oslo', distance: 10, to: 'Rome', luggage: 'Bag' });
  expect(prompts.asked).toEqual(['1/3 from', '2/3 to', '3/3 luggage']);
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
  expect(await runWizard('Trip', trip(), {}, prompts)).toEqual({ from: 'Rome', distance: 1, to: 'Oslo' });
  prompts.expectDone();
});

test('does not ask what is known already', async () => {
  const prompts = new ScriptedPrompts([{ to: 'to', say: 'Rome' }]);
  const answers = await runWizard('Trip', trip('Rome'), {}, prompts);
  expect(answers).toEqual({ from: 'Rome', distance: 1, to: 'Rome' });
  expect(prompts.asked).toEqual(['1/1 to']);
});

test('leaving at any question leaves the wizard', async () => {
  const prompts = new ScriptedPrompts([
    { to: 'from', say: 'Oslo' },
    { to: 'to', exit: 'leave' },
  ]);
  expect(await runWizard('Trip', trip(), {}, prompts)).toBeUndefined();
  prompts.expectDone();
});

test('Back at the first question leaves the wizard', async () => {
  const prompts = new ScriptedPrompts([
    { to: 'from', say: 'Oslo' },
    { to: 'to', exit: 'back' },
    { to: 'from', exit: 'back' },
  ]);
  expect(await runWizard('Trip', trip(), {}, prompts)).toBeUndefined();
  expect(prompts.asked).toEqual(['1/3 from', '2/3 to', '1/3 from']);
  prompts.expectDone();
});

test('what reading throws is thrown', async () => {
  const broken = reading('measuring', () => Promise.reject<object>(new Error('lost')));
  await expect(runWizard('Trip', broken, {}, new ScriptedPrompts([]))).rejects.toThrow('lost');
});

const byAnswers = wizard()
  .and(place('from', (from) => ({ from })))
  .and(place('to', (to) => ({ to })))
  .and(reading('routing', async ({ from, to }) => ({ route: [from, to] })));

/** By a ticket, which says everything, or by answers. */
const ticketStep = question<object, { readonly ticket: string | undefined }>(
  async (_answers, { prompts, heading }) =>
    into(
      await prompts.pick(heading, {
        placeholder: 'ticket',
        choices: [
          { value: 'Oslo Rome', label: 'Oslo Rome' },
          { value: 'none', label: 'none' },
        ],
      }),
      (ticket) => ({ ticket: ticket === 'none' ? undefined : ticket }),
    ),
);

const booking = wizard()
  .and(ticketStep)
  .branch<'ticket', { readonly route: readonly string[] }>(
    ['ticket'],
    ({ ticket }) => (ticket === undefined ? byAnswers : answered({ route: ticket.split(' ') })),
    byAnswers.ahead({}),
  );

test('one alternative is asked for, the other counted only while it can still be', async () => {
  const byTicket = new ScriptedPrompts([
    { to: 'ticket', say: 'Oslo Rome' },
    { to: 'luggage', say: 'Bag' },
  ]);
  const steps = booking.and(place('luggage', (luggage) => ({ luggage })));
  expect((await runWizard('Trip', steps, {}, byTicket))?.route).toEqual(['Oslo', 'Rome']);
  expect(byTicket.asked).toEqual(['1/4 ticket', '2/2 luggage']);
  const other = new ScriptedPrompts([
    { to: 'ticket', say: 'none' },
    { to: 'from', say: 'Rome' },
    { to: 'to', say: 'Oslo' },
    { to: 'luggage', exit: 'back' },
    { to: 'to', exit: 'back' },
    { to: 'from', exit: 'back' },
    { to: 'ticket', say: 'Oslo Rome' },
    { to: 'luggage', say: 'Bag' },
  ]);
  expect(await runWizard('Trip', steps, {}, other)).toEqual({
    ticket: 'Oslo Rome',
    route: ['Oslo', 'Rome'],
    luggage: 'Bag',
  });
  other.expectDone();
});

const named = (name: StepName, text: string, known?: string) =>
  namedQuestion<object, Readonly<Record<string, string>>>(
    name,
    async (_answers, { prompts, heading }, now) =>
      into(await prompts.input(heading, { prompt: text, value: now?.[name] ?? '' }), (value) => ({
        [name]: value,
      })),
    {
      ...(known !== undefined && { known: () => ({ [name]: known }) }),
      stands: (answer) => answer[name] !== 'nothing that stands',
    },
  );

/** Ends with a question that leads back, or goes on. */
const lastStep = question<Readonly<Record<string, string>>, object>(async (answers, { prompts, heading }) => {
  const { bucket, prefix, script } = answers;
  const reply = await prompts.input(heading, { prompt: `review ${bucket} ${prefix} ${script}` });
  return reply === 'bucket' || reply === 'prefix' ? new BackTo(reply) : into(reply, () => ({}));
});

const settings = wizard()
  .and(named('bucket', 'bucket'))
  .and(named('prefix', 'prefix', 'slipway'))
  .and(named('script', 'script'))
  .and(lastStep);

test('one question is asked once more by itself, also one whose answer was known; what was answered after it stands', async () => {
  const prompts = new ScriptedPrompts([
    { to: 'bucket', say: 'a' },
    { to: 'script', say: 'init.q' },
    { to: 'review a slipway init.q', say: 'prefix' },
    { to: 'prefix', say: 'team' },
    { to: 'review a team init.q', say: 'bucket' },
    { to: 'bucket', say: 'b' },
    { to: 'review b team init.q', say: 'bucket' },
    // Back leaves it as it was.
    { to: 'bucket', exit: 'back' },
    { to: 'review b team init.q', say: 'go' },
  ]);
  expect(await runWizard('Deploy', settings, {}, prompts)).toMatchObject({ bucket: 'b', prefix: 'team' });
  prompts.expectDone();
  expect(prompts.asked.filter((one) => one.startsWith('0/0'))).toEqual([
    '0/0 prefix',
    '0/0 bucket',
    '0/0 bucket',
  ]);
});

test('Back passes over what was known, and what is answered after it is asked again', async () => {
  const prompts = new ScriptedPrompts([
    { to: 'bucket', say: 'a' },
    { to: 'script', say: 'init.q' },
    { to: 'review', exit: 'back' },
    { to: 'script', exit: 'back' },
    { to: 'bucket', say: 'c' },
    { to: 'script', say: 'start.q' },
    { to: 'review c slipway start.q', exit: 'leave' },
  ]);
  expect(await runWizard('Deploy', settings, {}, prompts)).toBeUndefined();
  prompts.expectDone();
});

test('an answer that does not stand after a change is asked for again', async () => {
  const prompts = new ScriptedPrompts([
    { to: 'bucket', say: 'a' },
    { to: 'script', say: 'nothing that stands' },
    { to: 'review', say: 'bucket' },
    { to: 'bucket', say: 'b' },
    { to: 'script', say: 'init.q' },
    { to: 'review b slipway init.q', say: 'go' },
  ]);
  await runWizard('Deploy', settings, {}, prompts);
  prompts.expectDone();
});

test('the title names what is known by then, and each answer is told', async () => {
  const prompts = new ScriptedPrompts([
    { to: 'from', say: 'Rome' },
    { to: 'to', say: 'Oslo' },
  ]);
  const told: object[] = [];
  await runWizard(
    ({ from }) => (from === undefined ? 'Trip' : `Trip from ${from}`),
    trip(),
    {},
    prompts,
    (answers) => told.push(answers),
  );
  expect(prompts.titles).toEqual(['Trip', 'Trip from Rome']);
  expect(told).toEqual([{ from: 'Rome' }, { from: 'Rome', distance: 1, to: 'Oslo' }]);
});
