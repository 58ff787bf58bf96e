/** The last question before anything is sent: what Enter takes, what has to be typed, and which plan is shown beside it. */
import { expect, test } from 'vitest';
import {
  type Answer,
  BACK,
  type Choice,
  type Heading,
  LEFT,
  type Prompts,
} from '../../src/view/wizard/prompts';
import { askReview, type Offer, type Pressed, type Review } from '../../src/view/wizard/review';
import { BackTo, type StepName } from '../../src/view/wizard/wizard-steps';

/** A row to take by its label, a text to type, or a way out. */
type Reply = string | typeof BACK | typeof LEFT;

class Window implements Prompts {
  /** Labels of the rows of each review, top first. */
  readonly rows: (readonly string[])[] = [];
  /** What was said of each text that was typed. */
  readonly complaints: (string | undefined)[] = [];

  constructor(private readonly replies: Reply[]) {}

  /** What nobody has asked for. */
  get left(): readonly Reply[] {
    return this.replies;
  }

  readonly pick: Prompts['pick'] = async (_heading, { choices, active }) => {
    if (typeof choices === 'function') throw new Error('the rows of a review are there at once');
    expect(active, 'no row is highlighted but the first').toBeUndefined();
    this.rows.push(choices.map(({ label }) => label));
    return this.next((reply) => chosen(choices, reply));
  };

  readonly input: Prompts['input'] = async (heading, { check }) => {
    expect(heading.canGoBack, 'Back leads to the review').toBe(true);
    for (;;) {
      const reply = this.next((text) => text);
      if (reply === BACK || reply === LEFT) return reply;
      this.complaints.push(check?.(reply));
      if (check?.(reply) === undefined) return reply;
    }
  };

  readonly pickMany: Prompts['pickMany'] = () => Promise.reject(new Error('no review ticks'));
  readonly wait: Prompts['wait'] = () => Promise.reject(new Error('no review waits'));

  private next<T>(from: (reply: string) => T): Answer<T> {
    const reply = this.replies.shift();
    if (reply === undefined) throw new Error('nobody expected another question');
    return reply === BACK || reply === LEFT ? reply : from(reply);
  }
}

function chosen<T>(choices: readonly Choice<T>[], label: string): T {
  const found = choices.find((choice) => choice.label === label);
  if (!found) throw new Error(`no row is "${label}"`);
  return found.value;
}

const OVERRIDE = {
  value: 'anyway',
  label: 'Update Anyway…',
  icon: 'warning',
  agreements: [{ prompt: 'Type the name', typed: 'oms' }],
} as const;

/** What is pressed on the page, one after the other. */
type Press = Pressed<'anyway'>;

/** Asks a review, and tells what became of the page of its plan. */
async function ask(
  parts: Partial<Review<'anyway'>>,
  replies: readonly Reply[],
  { presses = [], first, heading, before }: Asking = {},
) {
  const window = new Window([...replies]);
  const page: string[] = [];
  const offers: Offer<'anyway'>[] = [];
  const waiting = [...presses];
  const review: Review<'anyway'> = {
    question: 'Update?',
    lines: [{ label: 'Insights', icon: 'alert', group: 'Needs your confirmation' }],
    page: {
      ask: async (offer) => {
        page.push('shown');
        offers.push(offer);
        const press = waiting.shift();
        if (press === undefined) throw new Error('nobody expected the page');
        return press;
      },
      close: () => page.push('closed'),
      carriedOut: () => page.push('carried out'),
    },
    ...parts,
  };
  const question = { title: 'Update', step: 1, totalSteps: 1, canGoBack: false, ...heading };
  const answer = await askReview(
    { prompts: window, heading: question, ...(before && { before }) },
    review,
    first,
  );
  expect([window.left, waiting], 'answers nobody asked for').toEqual([[], []]);
  return { answer, page, offers, rows: window.rows, complaints: window.complaints };
}

interface Asking {
  readonly presses?: readonly Press[];
  readonly first?: 'list' | 'page';
  readonly heading?: Partial<Heading>;
  readonly before?: readonly StepName[];
}

const SHOW = 'Show the whole plan';
const GO = { label: 'Update' };

test('Enter takes the way to go, and without one something to look at, never an override', async () => {
  const preview = {
    id: 'show-insights',
    label: 'Show Insights',
    icon: 'lightbulb',
    show: async () => undefined,
  };
  const firstRow = async (parts: Partial<Review<'anyway'>>): Promise<string | undefined> =>
    (await ask(parts, [LEFT])).rows[0]?.[0];
  expect(await firstRow({ go: GO, previews: [preview] })).toBe('Update');
  expect(await firstRow({ overrides: [OVERRIDE] })).toBe(SHOW);
  expect(await firstRow({ overrides: [OVERRIDE], previews: [preview] })).toBe('Show Insights');
  const both = await ask({ go: GO, overrides: [OVERRIDE] }, [LEFT]);
  expect(both.rows[0]).toEqual(['Update', SHOW, 'Update Anyway…', 'Insights']);
});

test('an override is taken once its name is typed letter by letter, and Back leads to the review again', async () => {
  const { answer, complaints } = await ask({ overrides: [OVERRIDE] }, [
    'Update Anyway…',
    BACK,
    'Update Anyway…',
    '',
    'OMS',
    'oms',
  ]);
  expect(answer).toBe('anyway');
  expect(complaints).toEqual(['Type "oms"', 'Type "oms"', undefined]);
  expect((await ask({ overrides: [OVERRIDE] }, ['Update Anyway…', LEFT])).answer).toBe(LEFT);
});

test('the way to go asks for each name that the plan wants typed', async () => {
  const agreements = [
    { prompt: 'Protected', typed: 'analytics' },
    { prompt: 'FORCE', typed: 'eq-rdb' },
  ];
  const go = { label: 'Deploy', agreements };
  const { answer, complaints } = await ask({ go }, ['Deploy', 'analytics', 'eq-rdb']);
  expect(answer).toBe(true);
  expect(complaints).toEqual([undefined, undefined]);
  expect((await ask({ go }, ['Deploy', 'analytics', BACK, LEFT])).answer).toBe(LEFT);
});

test('what a click is enough for is asked before it counts', async () => {
  const agreements = [{ prompt: 'Take the annotations over' }, { prompt: 'Protected', typed: 'analytics' }];
  const go = { label: 'Deploy', agreements };
  const { answer, rows } = await ask({ go }, ['Deploy', 'Go on', 'analytics']);
  expect([answer, rows[1]]).toEqual([true, ['Go on']]);
  expect((await ask({ go }, ['Deploy', BACK, LEFT])).answer).toBe(LEFT);
});

test('no other plan stands beside the question, and its own page says when it is carried out', async () => {
  expect((await ask({ go: GO }, ['Update'])).page).toEqual(['closed', 'carried out']);
  expect((await ask({ go: GO }, [BACK])).page).toEqual(['closed', 'closed']);
  const pressed = async (press: Press): Promise<readonly string[]> =>
    (
      await ask({ go: GO, overrides: [OVERRIDE] }, [SHOW, ...(press.kind === 'override' ? ['oms'] : [])], {
        presses: [press],
      })
    ).page;
  expect(await pressed({ kind: 'go' })).toEqual(['closed', 'shown', 'carried out']);
  expect(await pressed({ kind: 'leave' })).toEqual(['closed', 'shown', 'closed']);
  expect(await pressed({ kind: 'change' })).toEqual(['closed', 'shown', 'closed']);
  expect(await pressed({ kind: 'override', value: 'anyway' })).toEqual(['closed', 'shown', 'closed']);
});

test('a button of the page answers as a row of the list does, with the same names typed', async () => {
  const typed = { ...GO, agreements: OVERRIDE.agreements };
  const press = (kind: 'go' | 'leave'): Press => ({ kind });
  const went = await ask({ go: typed }, [SHOW, BACK, 'oms'], { presses: [press('go'), press('go')] });
  expect(went.answer).toBe(true);
  expect(went.page).toEqual(['closed', 'shown', 'shown', 'carried out']);
  expect((await ask({ go: typed }, [SHOW, LEFT], { presses: [press('go')] })).answer).toBe(LEFT);
  expect((await ask({ go: typed }, [SHOW], { presses: [press('leave')] })).answer).toBe(LEFT);
  const presses: readonly Press[] = [{ kind: 'override', value: 'anyway' }];
  expect((await ask({ overrides: [OVERRIDE] }, [SHOW, 'oms'], { presses })).answer).toBe('anyway');
});

test('the page leads back to a question that was asked, and offers no other', async () => {
  const before = ['bucket', 'script'] as const;
  const heading = { canGoBack: true };
  const changed = await ask({ go: GO }, [], {
    first: 'page',
    presses: [{ kind: 'change' }],
    heading,
    before,
  });
  expect(changed.answer).toBe(BACK);
  expect(changed.rows, 'the list was not shown').toEqual([]);
  expect(changed.offers).toMatchObject([{ go: GO, canChange: true, steps: before }]);
  const presses: readonly Press[] = [{ kind: 'change', step: 'bucket' }];
  const led = await ask({ go: GO }, [], { first: 'page', presses, heading, before });
  expect(led.answer).toEqual(new BackTo('bucket'));
  const alone = await ask({ go: GO }, [], { first: 'page', presses: [{ kind: 'leave' }] });
  expect(alone.offers).toMatchObject([{ canChange: false, steps: [] }]);
});
