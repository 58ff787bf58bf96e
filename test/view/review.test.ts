/** The last question before anything is sent: what Enter takes, what has to be typed, and which plan is shown beside it. */
import { expect, test } from 'vitest';
import { type Answer, BACK, type Choice, LEFT, type Prompts } from '../../src/view/wizard/prompts';
import { askReview, type Review } from '../../src/view/wizard/review';

/** A row to take by its label, a text to type, or a way out. */
type Reply = string | typeof BACK | typeof LEFT;

class Window implements Prompts {
  /** Labels of the rows of each review, top first. */
  readonly rows: (readonly string[])[] = [];
  /** What was said of each text that was typed. */
  readonly complaints: (string | undefined)[] = [];

  constructor(private readonly replies: Reply[]) {}

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

/** Asks a review, and tells what became of the page of its plan. */
async function ask(parts: Partial<Review<'anyway'>>, ...replies: Reply[]) {
  const window = new Window(replies);
  const page: string[] = [];
  const review: Review<'anyway'> = {
    question: 'Update?',
    lines: [{ label: 'Insights', icon: 'alert', group: 'Needs your confirmation' }],
    page: {
      show: async () => void page.push('shown'),
      close: async () => void page.push('closed'),
    },
    ...parts,
  };
  const heading = { title: 'Update', step: 1, totalSteps: 1, canGoBack: false };
  const answer = await askReview({ prompts: window, heading }, review);
  expect(replies, 'answers nobody asked for').toEqual([]);
  return { answer, page, rows: window.rows, complaints: window.complaints };
}

test('Enter takes the way to go, and without one something to look at, never an override', async () => {
  const preview = { label: 'Show Insights', icon: 'lightbulb', show: async () => undefined };
  const firstRow = async (parts: Partial<Review<'anyway'>>): Promise<string | undefined> =>
    (await ask(parts, LEFT)).rows[0]?.[0];
  expect(await firstRow({ go: { label: 'Update' }, previews: [preview] })).toBe('Update');
  expect(await firstRow({ overrides: [OVERRIDE] })).toBe('Show the whole plan');
  expect(await firstRow({ overrides: [OVERRIDE], previews: [preview] })).toBe('Show Insights');
  const both = await ask({ go: { label: 'Update' }, overrides: [OVERRIDE] }, LEFT);
  expect(both.rows[0]).toEqual(['Update', 'Show the whole plan', 'Update Anyway…', 'Insights']);
});

test('an override is taken once its name is typed letter by letter, and Back leads to the review again', async () => {
  const { answer, complaints } = await ask(
    { overrides: [OVERRIDE] },
    'Update Anyway…',
    BACK,
    'Update Anyway…',
    '',
    'OMS',
    'oms',
  );
  expect(answer).toBe('anyway');
  expect(complaints).toEqual(['Type "oms"', 'Type "oms"', undefined]);
  expect((await ask({ overrides: [OVERRIDE] }, 'Update Anyway…', LEFT)).answer).toBe(LEFT);
});

test('the way to go asks for each name that the plan wants typed', async () => {
  const agreements = [
    { prompt: 'Protected', typed: 'analytics' },
    { prompt: 'FORCE', typed: 'eq-rdb' },
  ];
  const { answer, complaints } = await ask(
    { go: { label: 'Deploy', agreements } },
    'Deploy',
    'analytics',
    'eq-rdb',
  );
  expect(answer).toBe(true);
  expect(complaints).toEqual([undefined, undefined]);
  const once = await ask({ go: { label: 'Deploy', agreements } }, 'Deploy', 'analytics', BACK, LEFT);
  expect(once.answer).toBe(LEFT);
});

test('what a click is enough for is asked before it counts', async () => {
  const agreements = [{ prompt: 'Take the annotations over' }, { prompt: 'Protected', typed: 'analytics' }];
  const { answer, rows } = await ask({ go: { label: 'Deploy', agreements } }, 'Deploy', 'Go on', 'analytics');
  expect([answer, rows[1]]).toEqual([true, ['Go on']]);
  expect((await ask({ go: { label: 'Deploy', agreements } }, 'Deploy', BACK, LEFT)).answer).toBe(LEFT);
});

test('no other plan stands beside the question, and its own goes with it unless it is carried out', async () => {
  const go = { label: 'Update' };
  const show = 'Show the whole plan';
  expect((await ask({ go }, show, show, 'Update')).page).toEqual(['closed', 'shown', 'shown']);
  expect((await ask({ go }, show, BACK)).page).toEqual(['closed', 'shown', 'closed']);
  expect((await ask({ go }, show, LEFT)).page).toEqual(['closed', 'shown', 'closed']);
  const replaced = await ask({ overrides: [OVERRIDE] }, show, 'Update Anyway…', 'oms');
  expect(replaced.page).toEqual(['closed', 'shown', 'closed']);
  const left = await ask({ go: { ...go, agreements: OVERRIDE.agreements } }, show, 'Update', LEFT);
  expect(left.page).toEqual(['closed', 'shown', 'closed']);
});
