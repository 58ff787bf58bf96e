/** Tells deployments that a save began from all others, in the ledger. */
import type { Json } from '../../model/json';
import type { Operation } from '../../operations/operation';
import type { DeploymentPlan } from '../plan/plan';
import { summaryOf } from '../plan/summary';
import { isDeployment } from '../port/operation-kind';
import { memberOf } from '../reading-json';

/** The summary of a plan that a save is carried out by. */
export function summaryOfSaved(plan: DeploymentPlan): Json {
  return { ...(summaryOf(plan) as object), trigger: 'save' };
}

export function isFromSave(operation: Pick<Operation, 'kind' | 'plan'>): boolean {
  return isDeployment(operation) && memberOf(operation.plan, 'trigger') === 'save';
}
