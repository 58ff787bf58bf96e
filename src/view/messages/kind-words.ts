/** The words that each kind of target provides. */
import type { OwnCheck } from '../../deploy/port/deploy-target';
import type { Facts } from '../../model/json';

/** How a strategy is presented in a list. */
export interface StrategyWords {
  readonly detail: string;
  /** Product icon. */
  readonly icon: string;
}

export interface KindWords {
  /** The question above the choice of a strategy. */
  strategyQuestion(): string;
  strategy(id: string): StrategyWords;
  /**
   * Why a strategy is not possible on a target. `why`: the code of the reason. Absent where the kind gives no
   * reasons.
   */
  impossible?(strategy: string, why: string): string;
  /** For a deployment to several targets: the row that leaves the choice of strategy to Slipway. */
  automatic(): { readonly label: string; readonly detail: string };
  /** Why the end of an update is not known, and what to do, from the facts of the last poll. */
  unknownEnd(facts: Facts): string;
  /** The subject of one of the kind's own checks. */
  checkTitle(check: OwnCheck): string;
  /** The finding of one of the kind's own checks, in one sentence or a few. */
  check(check: OwnCheck): string;
  /** The question before a deployment overrides one of the kind's own checks. `label`: the target's label. */
  confirm(check: OwnCheck, label: string): string;
  /** The remedy for a finding of one of the kind's own checks. */
  remedy(remedy: string): string;
}
