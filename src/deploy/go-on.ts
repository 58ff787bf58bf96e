/** Sends the remaining requests of a deployment that waited for the user's click. */
import type { Journal, Operation } from '../operations/operation';
import { refuseUnlessAccount } from '../plan/account';
import { sendFurther } from './apply/further-requests';
import { readOperation } from './follow/read-operation';
import type { DeployTarget } from './port/deploy-target';
import type { DeployPorts } from './ports';
import { refuse } from './refusal';

/**
 * Runs as the `work` of `goOn` in `operations/go-on.ts`, which records what this throws.
 * @throws refused `operation-unreadable`, `account-changed`, and the failure of a request
 */
export async function goOnDeploying(
  operation: Operation,
  target: DeployTarget,
  { identities }: Pick<DeployPorts, 'identities'>,
  journal: Journal,
  signal: AbortSignal,
): Promise<void> {
  const read = readOperation(operation, target.kind);
  const left = read && target.goOn?.(read.update, signal);
  if (left === undefined) throw refuse('operation-unreadable', { what: 'request' });
  refuseUnlessAccount(operation.subject.accountId, (await identities.whoAmI(signal)).accountId);
  await sendFurther(left, journal, signal);
}
