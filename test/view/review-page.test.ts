/** What becomes of the page of a plan: asked about, carried out, overtaken, closed; and what is kept of it meanwhile. */
import { describe, expect, test } from 'vitest';
import type { Operation } from '../../src/operations/operation';
import { buttonsOf, type Page } from '../../src/view/pages/page';
import type { ShownPage } from '../../src/view/pages/panels';
import type { KeptPlan } from '../../src/view/pages/plans/kept-plans';
import { ReviewPage, type ReviewPageDeps } from '../../src/view/pages/plans/review-page';
import type { Offer } from '../../src/view/wizard/review';
import { planned } from '../operations/data';

const NOW = 1_000;
const OFFER: Offer<'anyway'> = {
  go: { label: 'Deploy' },
  overrides: [
    { value: 'anyway', label: 'Anyway…', icon: 'warning', agreements: [{ prompt: 'Type', typed: 'rdb' }] },
  ],
  previews: [],
  canChange: true,
  steps: ['bucket'],
};
const CONTENT = {
  heading: 'Deploy to env / rdb',
  about: [],
  findings: [{ id: 'versioning', verdict: 'warn', title: 'Versions', steps: ['bucket'] }],
  sections: [],
} as const;

/** A page of a plan, the panel it stands in, and a ledger in which operations begin. */
function given() {
  const { subject } = planned();
  const kept = new Map<string, KeptPlan>();
  const operations = new Map<string, Operation>();
  const listeners = new Set<(ids: readonly string[]) => void>();
  const shownOperations: string[] = [];
  let panel: ShownPage | undefined;
  const deps: ReviewPageDeps = {
    pages: {
      show: async (shown) => {
        const before = panel;
        panel = shown;
        if (before !== shown) before?.closed?.();
      },
      refresh: () => undefined,
      close: () => {
        const closing = panel;
        panel = undefined;
        closing?.closed?.();
      },
    },
    kept: { keep: (key, plan) => kept.set(key, plan), forget: (key) => kept.delete(key) },
    operations: {
      operation: (id) => operations.get(id),
      onDidChange: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    showOperation: async (id) => void shownOperations.push(id),
    now: () => NOW,
  };
  const made = (): ReviewPage<'anyway'> =>
    new ReviewPage<'anyway'>(
      {
        of: 'code',
        connectionId: subject.connectionId,
        path: subject.path,
        title: 'Plan',
        content: CONTENT,
        kept: { ...CONTENT, heading: 'without values' },
      },
      deps,
      new Set(),
    );
  const page = made();
  return {
    page,
    made,
    kept,
    listeners,
    shownOperations,
    panel: (): ShownPage => panel as ShownPage,
    content: async (): Promise<Page> => await (panel as ShownPage).content(),
    begin: (id: string, parts: Partial<Operation> = {}): void => {
      operations.set(id, { ...planned(), id, state: 'running', createdAt: NOW + 1, ...parts } as Operation);
      for (const listener of listeners) listener([id]);
    },
  };
}

const idsOf = (page: Page): readonly string[] => buttonsOf(page).map(({ id }) => id);

describe('the page of a plan', () => {
  test.each([
    ['go', { kind: 'go' }],
    ['cancel', { kind: 'leave' }],
    ['change', { kind: 'change' }],
    ['step:bucket', { kind: 'change', step: 'bucket' }],
    ['override:anyway', { kind: 'override', value: 'anyway' }],
  ])('answers with what %s means', async (button, pressed) => {
    const { page, panel, content } = given();
    const answer = page.ask(OFFER);
    expect(idsOf(await content())).toContain(button);
    await panel().press(button);
    expect(await answer).toEqual(pressed);
  });

  test('takes a button that is not there for nothing, and a closed tab for leaving', async () => {
    const { page, panel, kept, listeners } = given();
    const answer = page.ask(OFFER);
    await panel().press('step:script');
    await panel().press('override:other');
    page.closePage();
    expect(await answer).toEqual({ kind: 'leave' });
    expect([kept.size, listeners.size]).toEqual([0, 0]);
  });

  test('has no way to go any more once something else began on the same thing', async () => {
    const { page, panel, content, begin, shownOperations } = given();
    void page.ask(OFFER);
    begin('elsewhere', { subject: { ...planned().subject, path: ['env', 'hdb'] } });
    begin('earlier', { createdAt: NOW - 1 });
    expect(idsOf(await content())).toContain('go');
    begin('other');
    const overtaken = await content();
    expect(idsOf(overtaken)).toEqual(['change', 'cancel', 'operation']);
    expect(overtaken.state.text).toBe('Out of date');
    await panel().press('operation');
    expect(shownOperations).toEqual(['other']);
  });

  test('says that it was carried out, leads to the operation, and is kept without values', async () => {
    const { page, panel, content, begin, kept, shownOperations } = given();
    const answer = page.ask(OFFER);
    await panel().press('go');
    expect(await answer).toEqual({ kind: 'go' });
    // Until all is agreed to it is asked about.
    expect(idsOf(await content())).toContain('go');
    page.carriedOut();
    expect(idsOf(await content())).toEqual([]);
    begin('own');
    begin('later');
    expect(idsOf(await content())).toEqual(['operation']);
    await panel().press('operation');
    expect(shownOperations).toEqual(['own']);
    expect([...kept.values()]).toMatchObject([
      { content: { heading: 'without values' }, isCarriedOut: true },
    ]);
  });

  test('is kept though it takes the place of an older page of the same thing', async () => {
    const { page, made, panel, kept } = given();
    const answer = page.ask(OFFER);
    await panel().press('go');
    await answer;
    page.carriedOut();
    const next = made();
    const nextAnswer = next.ask(OFFER);
    await panel().press('go');
    await nextAnswer;
    expect([...kept.values()]).toMatchObject([{ isCarriedOut: false }]);
    next.carriedOut();
    expect([...kept.values()]).toMatchObject([{ isCarriedOut: true }]);
  });

  test('that is closed while it is being shown is not kept', async () => {
    const { page, kept } = given();
    const answer = page.ask(OFFER);
    page.closePage();
    await answer;
    expect(kept.size).toBe(0);
  });

  test('stays out of date when it is asked about again', async () => {
    const { page, panel, content, begin } = given();
    const answer = page.ask(OFFER);
    begin('other');
    await panel().press('change');
    await answer;
    void page.ask(OFFER);
    expect(idsOf(await content())).toEqual(['change', 'cancel', 'operation']);
  });

  test('offers a change if what was asked last can be changed', async () => {
    const { page, panel, content, begin } = given();
    const answer = page.ask(OFFER);
    await panel().press('go');
    await answer;
    void page.ask({ ...OFFER, canChange: false });
    begin('other');
    expect(idsOf(await content())).toEqual(['cancel', 'operation']);
  });

  test('that was never shown has nothing to say', () => {
    const { page, kept } = given();
    page.carriedOut();
    expect(kept.size).toBe(0);
  });
});
