/** The account guard of every change: a request goes only to the account for which the plan was made. */
import { refusalsOf } from '../model/failure';

export interface PlanRefusals {
  /** The credentials belong to another account than the plan's. */
  'account-changed': { readonly planned: string; readonly found: string };
}

const refuse = refusalsOf<PlanRefusals>();

/**
 * @param planned id of the account in the plan
 * @param found id of the account that a request would change now
 * @throws refused `account-changed`
 */
export function refuseUnlessAccount(planned: string, found: string): void {
  if (planned !== found) throw refuse('account-changed', { planned, found });
}
