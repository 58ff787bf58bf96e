/** The guard of every change: it goes to the account that the plan was made for, or nowhere. */
import { refusalsOf } from '../model/failure';

export interface PlanRefusals {
  /** The credentials belong to another account than the plan's. */
  'account-changed': { readonly planned: string; readonly found: string };
}

const refuse = refusalsOf<PlanRefusals>();

/**
 * @param planned id of the account that the plan saw.
 * @param found id of the account that would be changed now.
 * @throws refused `account-changed`.
 */
export function refuseUnlessAccount(planned: string, found: string): void {
  if (planned !== found) throw refuse('account-changed', { planned, found });
}
