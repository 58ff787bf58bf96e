/** Plans what a save deploys, from what was read seconds ago as long as nothing speaks against that. */
import { isOpen } from '../../operations/fold';
import type { Operation } from '../../operations/operation';
import { lastDeployment } from '../history/from-ledger';
import type { PlanInput } from '../plan/input';
import type { DeploymentPlan } from '../plan/plan';
import { type PlanContext, planDeployment } from '../plan/plan-deployment';
import { isAt } from '../port/place';
import type { Place } from '../port/target-kind';
import { decide, type SaveDecision } from './decide';
import type { RememberedReadings } from './remembered-readings';

export interface SaveContext extends Omit<PlanContext, 'read'> {
  readonly readings: RememberedReadings;
  /** Of the ledger, newest first. */
  readonly operations: readonly Operation[];
}

/**
 * An old reading is reason enough to begin, for the last look before the update is fresh. It is none to deploy nothing:
 * meanwhile the user may have rolled back, or somebody else may have changed the target.
 * @throws as {@link planDeployment}.
 */
export async function planSaved(
  input: PlanInput,
  place: Place,
  { readings, operations, ...context }: SaveContext,
  signal: AbortSignal,
): Promise<{ readonly plan: DeploymentPlan; readonly decision: SaveDecision }> {
  // While another deployment of the target runs, what was read before it would only be refused at the last look.
  if (operations.some((operation) => isAt(operation, place) && isOpen(operation.state))) readings.clear();
  const isOld = readings.remembers(input.destination);
  const last = lastDeployment(operations, place);
  const made = async () => {
    const plan = await planDeployment(
      { ...input, unread: true, ...(last && { last }) },
      { ...context, read: readings.read },
      signal,
    );
    return { plan, decision: decide(plan) };
  };
  const planned = await made();
  if (!isOld || planned.decision.kind === 'deploy') return planned;
  readings.clear();
  return await made();
}
