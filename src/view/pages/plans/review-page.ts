/** The page on which a plan is reviewed: the state of the plan, and the actions of its buttons. */

import { isSamePath } from '../../../model/same-path';
import type { Operation } from '../../../operations/operation';
import { kindWords, operationWords } from '../../messages/operation';
import type { Offer, PlanPage, Pressed } from '../../wizard/review';
import { type PlanOf, writtenKey } from '../page-key';
import type { Pages, ShownPage } from '../panels';
import type { KeptPlans } from './kept-plans';
import { BUTTON, type PlanContent } from './plan-content';
import { planPage, type Standing } from './plan-page';

/** The part of the ledger from which a page learns that an operation has begun. */
export interface SeenOperations {
  operation(id: string): Operation | undefined;
  onDidChange(listener: (ids: readonly string[]) => void): () => void;
}

export interface PlanToShow {
  readonly of: PlanOf;
  readonly connectionId: string;
  /** Path of the thing that is changed; empty if the plan changes several things. */
  readonly path: readonly string[];
  /** The title of the tab. */
  readonly title: string;
  readonly content: PlanContent;
  /** The content to be stored, without the values of arguments. Absent: `content` has no such values. */
  readonly kept?: PlanContent;
  /** Copies the requests as commands to the clipboard. */
  readonly copy?: () => Promise<void>;
  /** Shows the difference of one file. */
  readonly showFile?: (path: string) => Promise<void>;
}

export interface ReviewPageDeps {
  readonly pages: Pick<Pages, 'show' | 'refresh' | 'close'>;
  readonly kept: Pick<KeptPlans, 'keep' | 'forget'>;
  readonly operations: SeenOperations;
  readonly showOperation: (id: string) => Promise<void>;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

interface Asked<O extends string> {
  readonly offer: Offer<O>;
  readonly answer: (pressed: Pressed<O>) => void;
}

export class ReviewPage<O extends string> implements PlanPage<O> {
  private readonly page: ShownPage;
  private asked: Asked<O> | undefined;
  private standing: Standing<O> | undefined;
  private unlisten: (() => void) | undefined;

  /** @param shown the open pages of plans that are not carried out; this page adds and removes itself. */
  constructor(
    private readonly plan: PlanToShow,
    private readonly deps: ReviewPageDeps,
    private readonly shown: Set<{ closePage(): void }>,
  ) {
    const { of, connectionId, path, title, content } = plan;
    this.page = {
      key: { kind: 'plan', of, connectionId, path },
      title,
      content: () => planPage(content, this.standing ?? { kind: 'carried-out' }),
      press: (button) => this.press(button),
      closed: () => {
        this.asked?.answer({ kind: 'leave' });
        this.end();
      },
    };
  }

  close(): void {
    for (const page of [...this.shown]) page.closePage();
  }

  closePage(): void {
    this.deps.pages.close(this.page.key);
  }

  carriedOut(): void {
    if (this.standing === undefined) return;
    this.shown.delete(this);
    this.stand({ kind: 'carried-out' });
    this.keep(true);
  }

  async ask(offer: Offer<O>): Promise<Pressed<O>> {
    const pressed = new Promise<Pressed<O>>((answer) => {
      this.asked = { offer, answer };
    });
    // An outdated plan stays outdated when the page asks again, for example after a change that was not made.
    if (this.standing?.kind !== 'overtaken')
      this.standing = { kind: 'asked', offer, canCopy: this.plan.copy !== undefined };
    this.unlisten ??= this.watch();
    this.shown.add(this);
    await this.deps.pages.show(this.page);
    // Stored only now: `show` closes an older page with this key, and that page then forgets what is stored
    // under the key. Not stored if the user has closed this page in the meantime.
    if (this.standing !== undefined) this.keep(false);
    return await pressed;
  }

  private keep(isCarriedOut: boolean): void {
    const { title, content, kept = content } = this.plan;
    this.deps.kept.keep(writtenKey(this.page.key), { title, content: kept, isCarriedOut });
  }

  private async press(button: string): Promise<void> {
    const { asked, deps, plan, standing } = this;
    const pressed = asked && pressedBy(button, asked.offer);
    if (pressed) asked.answer(pressed);
    else if (button === BUTTON.copy) await plan.copy?.();
    else if (button.startsWith(BUTTON.file)) await plan.showFile?.(button.slice(BUTTON.file.length));
    else if (button === BUTTON.operation) {
      const operation = standing && 'operation' in standing ? standing.operation : undefined;
      if (operation !== undefined) await deps.showOperation(operation);
    } else await asked?.offer.previews.find(({ id }) => button === `${BUTTON.preview}${id}`)?.show();
  }

  /**
   * Notices an operation that begins on the same thing: the operation of this plan, or another operation,
   * which makes the plan outdated.
   */
  private watch(): () => void {
    const { operations, now } = this.deps;
    const since = now();
    return operations.onDidChange((ids) => {
      const begun = ids
        .map((id) => operations.operation(id))
        .find((one) => one !== undefined && one.createdAt >= since && this.concerns(one));
      const { asked, standing } = this;
      if (begun === undefined || asked === undefined || standing === undefined) return;
      if (standing.kind === 'carried-out') {
        if (standing.operation === undefined) this.stand({ kind: 'carried-out', operation: begun.id });
      } else {
        const { canChange } = asked.offer;
        this.stand({ kind: 'overtaken', by: wordsOf(begun), operation: begun.id, canChange });
      }
    });
  }

  private stand(standing: Standing<O>): void {
    this.standing = standing;
    this.deps.pages.refresh(this.page.key);
  }

  private end(): void {
    this.unlisten?.();
    this.unlisten = undefined;
    this.standing = undefined;
    this.shown.delete(this);
    this.deps.kept.forget(writtenKey(this.page.key));
  }

  private concerns({ subject }: Operation): boolean {
    const { connectionId, path } = this.plan;
    return path.length > 0 && subject.connectionId === connectionId && isSamePath(subject.path, path);
  }
}

function pressedBy<O extends string>(button: string, offer: Offer<O>): Pressed<O> | undefined {
  if (button === BUTTON.go) return { kind: 'go' };
  if (button === BUTTON.cancel) return { kind: 'leave' };
  if (button === BUTTON.change) return { kind: 'change' };
  const step = offer.steps.find((name) => button === `${BUTTON.step}${name}`);
  if (step !== undefined) return { kind: 'change', step };
  const override = offer.overrides.find(({ value }) => button === `${BUTTON.override}${value}`);
  return override && { kind: 'override', value: override.value };
}

function wordsOf(operation: Operation): string {
  return `${kindWords(operation)} (${operationWords(operation)})`;
}

export class PlanReviews {
  /** Open pages of plans that are not carried out. */
  private readonly shown = new Set<{ closePage(): void }>();

  constructor(private readonly deps: ReviewPageDeps) {}

  /** Makes the page of a plan. {@link PlanPage.ask} shows it. */
  page<O extends string>(plan: PlanToShow): PlanPage<O> {
    return new ReviewPage<O>(plan, this.deps, this.shown);
  }
}
