/**
 * Stores the contents of the plans whose pages are open, without the values of arguments, so that the pages
 * can come back after a reload of the window.
 */
import type { Memento } from 'vscode';
import type { PlanContent } from './plan-content';

export interface KeptPlan {
  /** The title of the tab. */
  readonly title: string;
  readonly content: PlanContent;
  readonly isCarriedOut: boolean;
}

const KEY = 'slipway.pages.plans';
/** At most this many plans are stored; older ones are forgotten. */
const MOST = 5;

export class KeptPlans {
  constructor(
    private readonly memento: Memento,
    private readonly onProblem: (thrown: unknown) => void,
  ) {}

  /** @param key the page's key as text, as `writtenKey` returns it. */
  of(key: string): KeptPlan | undefined {
    return this.all()[key];
  }

  keep(key: string, plan: KeptPlan): void {
    const { [key]: _, ...others } = this.all();
    const newest = Object.entries(others).slice(1 - MOST);
    this.store({ ...Object.fromEntries(newest), [key]: plan });
  }

  forget(key: string): void {
    const { [key]: _, ...others } = this.all();
    this.store(others);
  }

  private all(): Readonly<Record<string, KeptPlan>> {
    return this.memento.get<Readonly<Record<string, KeptPlan>>>(KEY, {});
  }

  private store(plans: Readonly<Record<string, KeptPlan>>): void {
    this.memento.update(KEY, plans).then(undefined, this.onProblem);
  }
}
