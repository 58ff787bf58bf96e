/** The words that each kind of target brings. */
import type { OwnCheck } from '../../deploy/port/deploy-target';
import type { Facts } from '../../model/json';

/** How a strategy is offered. */
export interface StrategyWords {
  readonly detail: string;
  /** Product icon. */
  readonly icon: string;
}

export interface KindWords {
  /** What is asked before a strategy is chosen. */
  strategyQuestion(): string;
  strategy(id: string): StrategyWords;
  /** Why a strategy is not possible on a thing; absent where the kind says nothing of it. */
  impossible?(strategy: string, why: string): string;
  /** The row that leaves the choice of strategy to Slipway, for several targets. */
  automatic(): { readonly label: string; readonly detail: string };
  /** Why the end of an update is not known, and what to do, from the facts of the last poll. */
  unknownEnd(facts: Facts): string;
  /** What one of its own checks looks at. */
  checkTitle(check: OwnCheck): string;
  /** What one of its own checks has found, as a sentence or a few. */
  check(check: OwnCheck): string;
  /** What is asked before a plan overrides one of its own checks. `label`: of the target. */
  confirm(check: OwnCheck, label: string): string;
  /** What helps against a finding of its own. */
  remedy(remedy: string): string;
}
