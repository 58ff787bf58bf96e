/**
 * Plans the deployment of a save. Reuses recent readings, unless another deployment to the target runs, or
 * the plan that is based on them would not be deployed.
 */

import type { Json } from '../../model/json';
import { present } from '../../model/present';
import { isOpen } from '../../operations/fold';
import type { Operation } from '../../operations/operation';
import type { PackedZip, Packer, PackRequest } from '../../package/packer';
import { lastDeployment } from '../history/from-ledger';
import type { PlanInput } from '../plan/input';
import type { DeploymentPlan } from '../plan/plan';
import { type PlanContext, planDeployment } from '../plan/plan-deployment';
import { summaryOf } from '../plan/summary';
import { isDeployment } from '../port/operation-kind';
import { isAt, type Place } from '../port/target-kind';
import { memberOf } from '../reading-json';
import { decide, type SaveDecision } from './decide';
import type { RememberedReadings } from './remembered-readings';

export interface SaveContext extends Omit<PlanContext, 'read'> {
  readonly readings: RememberedReadings;
  /** All operations of the ledger, newest first. */
  readonly operations: readonly Operation[];
}

/**
 * Plans with an old reading first, if there is one. An old reading is enough to begin a deployment, since
 * the target is read afresh right before the update. It is not enough to decide against a deployment: the user may
 * have rolled back since, or somebody else may have changed the target.
 * @throws as {@link planDeployment}.
 */
export async function planSaved(
  input: PlanInput,
  place: Place,
  { readings, operations, ...context }: SaveContext,
  signal: AbortSignal,
): Promise<{ readonly plan: DeploymentPlan; readonly decision: SaveDecision }> {
  // While another deployment to the target runs, an earlier reading would only lead to a refusal when the target
  // is read afresh right before the update.
  if (operations.some((operation) => isAt(operation, place) && isOpen(operation.state))) readings.clear();
  const isOld = readings.remembers(input.destination);
  const last = lastDeployment(operations, place);
  const made = async () => {
    const plan = await planDeployment(
      { ...input, unread: true, ...present({ last }) },
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

export interface PackingScanner extends Pick<Packer, 'scan'> {
  readonly packed: Promise<PackedZip>;
}

/**
 * Scans and packs a folder in one walk, since nearly every save leads to a deployment. Begins at once, at
 * the same time as the other reads of the plan. The result is for one deployment.
 */
export function packOnce(
  packer: Pick<Packer, 'scanAndPack'>,
  request: PackRequest,
  signal: AbortSignal,
): PackingScanner {
  const both = packer.scanAndPack(request, signal);
  const packed = both.then(({ zip }) => zip);
  // The same error reaches the caller of `scan`, which handles it.
  packed.catch(() => undefined);
  return { packed, scan: async () => (await both).scan };
}

/** The ledger's summary of a plan whose deployment a save began. */
export function summaryOfSaved(plan: DeploymentPlan): Json {
  return { ...(summaryOf(plan) as object), trigger: 'save' };
}

/** Returns true if a save began the deployment. */
export function isFromSave(operation: Pick<Operation, 'kind' | 'plan'>): boolean {
  return isDeployment(operation) && memberOf(operation.plan, 'trigger') === 'save';
}
