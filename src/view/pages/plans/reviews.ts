/** Makes the pages of plans, and knows which are shown: one plan is reviewed at a time. */
import type { PlanPage } from '../../wizard/review';
import { type PlanToShow, ReviewPage, type ReviewPageDeps } from './review-page';

export class PlanReviews {
  /** Open pages of plans that are not carried out. */
  private readonly shown = new Set<{ closePage(): void }>();

  constructor(private readonly deps: ReviewPageDeps) {}

  /** The page of a plan; shown when it is asked. */
  page<O extends string>(plan: PlanToShow): PlanPage<O> {
    return new ReviewPage<O>(plan, this.deps, this.shown);
  }
}
