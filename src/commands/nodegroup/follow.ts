/**
 * "Follow Running Update": follows an update that the console, Terraform or eksctl started, as one of Slipway's own.
 */

import * as l10n from '@vscode/l10n';
import type { Connection } from '../../model/connection';
import type { EksUpdate, Nodegroup } from '../../model/eks';
import { updateFacts } from '../../nodegroup/apply/send';
import { kindOfUpdate } from '../../nodegroup/follow/follow';
import { operationOf } from '../../nodegroup/plan/place';
import { findRunning } from '../../nodegroup/reading/running';
import type { Operation } from '../../operations/operation';
import { isOpen } from '../../view/messages/operation';
import { refuse } from '../../view/messages/refusals/commands';
import { withProgress } from '../../view/progress';
import type { NodegroupDeps } from './deps';
import { labelOf, ledgerPlace, type NodegroupPlace, placeOfOperation } from './place';

/** @throws refused `no-update-running`, `running-update-not-found` (facts: `notRead`) */
export async function followRunning(place: NodegroupPlace, deps: NodegroupDeps): Promise<void> {
  const { ledger, runner } = deps;
  const label = labelOf(place);
  const title = l10n.t('Updating {0}', { 0: label });
  const own = ledger.operations().find((operation) => isOpen(operation) && isAbout(operation, place));
  if (own) return runner.follow(own, title);

  const reading = l10n.t('Looking for the running update of {0}', { 0: label });
  const { nodegroup, update } = await withProgress(reading, (signal) => runningUpdate(place, deps, signal));
  const known = ledger.operations().find(({ facts }) => facts['updateId'] === update.id);
  await runner.follow(known ?? (await beginWatching(place.connection, nodegroup, update, deps)), title);
}

function isAbout(operation: Operation, { connection, cluster, nodegroup }: NodegroupPlace): boolean {
  const at = placeOfOperation(operation);
  return at?.connection.id === connection.id && at.cluster === cluster && at.nodegroup === nodegroup;
}

async function runningUpdate(
  { connection, cluster, nodegroup }: NodegroupPlace,
  { ports }: NodegroupDeps,
  signal: AbortSignal,
): Promise<{ readonly nodegroup: Nodegroup; readonly update: EksUpdate }> {
  const { eks } = await ports(connection);
  const found = await eks.describeNodegroup(cluster, nodegroup, signal);
  const { update, notRead } = await findRunning(eks, found, signal);
  if (update) return { nodegroup: found, update };
  throw notRead === 0 ? refuse('no-update-running') : refuse('running-update-not-found', { notRead });
}

/**
 * Records the update in the ledger as an operation that is watched but was not sent, and whose author is
 * unknown.
 */
async function beginWatching(
  connection: Connection,
  { clusterName, name, arn }: Nodegroup,
  update: EksUpdate,
  { ports, ledger }: NodegroupDeps,
): Promise<Operation> {
  const plan = { arn, startedElsewhere: true, update: updateFacts(update) };
  const { author: _notTheirs, ...planned } = operationOf(
    kindOfUpdate(update),
    [clusterName, name],
    plan,
    await ledgerPlace(connection, ports),
  );
  const journal = await ledger.begin(planned);
  await ledger.record(journal.id, { type: 'observed', facts: updateFacts(update) });
  await journal.watched();
  const operation = ledger.operation(journal.id);
  if (!operation) throw new Error(`the operation ${journal.id} was just begun and is not in the ledger`);
  return operation;
}
