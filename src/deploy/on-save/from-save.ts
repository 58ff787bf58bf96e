/** Tells deployments that a save began from all others, in the ledger. */
import type { Json } from '../../model/json';
import type { Operation } from '../../operations/operation';
import type { DeploymentPlan } from '../plan/plan';
import { CODE_KIND, summaryOf } from '../plan/summary';
import { memberOf } from '../reading-json';

/** The summary of a plan that a save is carried out by. */
export function summaryOfSaved(plan: DeploymentPlan): Json {
  return { ...(summaryOf(plan) as object), trigger: 'save' };
}

export function isFromSave({ kind, plan }: Pick<Operation, 'kind' | 'plan'>): boolean {
  return kind === CODE_KIND && memberOf(plan, 'trigger') === 'save';
}
