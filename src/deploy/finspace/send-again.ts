/** Sends an unanswered update again: only on the user's click, with the same token, within the token's life. */
import type { Clock } from '../../model/clock';
import type { Operation } from '../../operations/operation';
import { refuseUnlessAccount } from '../../plan/account';
import { refuseDrift } from '../../plan/drift';
import { configurationDrift } from '../drift';
import { readOperation } from '../follow/read-operation';
import type { Accepted, DeployPorts } from '../ports';
import { refuse } from '../refusal';
import { TOKEN_LIFE_MS } from './judge';
import { finspaceKind } from './kind';
import type { FinSpace } from './ports';
import { refuse as refuseCluster } from './refusal';
import { parseUpdateInput } from './requests';

/** Returns true if a click may send the operation's request again. `now`: epoch milliseconds. */
export function maySendAgain({ state, sentAt, acceptedAt }: Operation, now: number): boolean {
  const isOpen = state === 'watching' || state === 'unknown' || state === 'unwatched';
  return isOpen && sentAt !== undefined && acceptedAt === undefined && now - sentAt < TOKEN_LIFE_MS;
}

/**
 * Sends the operation's request once more, with its first token, so that AWS does not carry it out twice. The
 * caller records the answer.
 * @throws refused `token-expired`, `account-changed`, `drift`, `operation-unreadable`, and the failures of
 * the update.
 */
export async function sendAgain(
  operation: Operation,
  { finspace, identities }: Pick<DeployPorts, 'identities'> & { readonly finspace: FinSpace },
  clock: Clock,
  signal: AbortSignal,
): Promise<Accepted> {
  const read = readOperation(operation, finspaceKind);
  const request = operation.request && parseUpdateInput(operation.request.input);
  if (read === undefined || request === undefined) throw refuse('operation-unreadable', { what: 'request' });
  const { update } = read;
  const { accountId } = await identities.whoAmI(signal);
  refuseUnlessAccount(operation.subject.accountId, accountId);
  const { configuration } = await finspace.getCluster(request.environmentId, request.clusterName, signal);
  refuseDrift(configurationDrift(update.before.configuration, configuration));
  // Checked last, since the token may expire during the requests above.
  if (!maySendAgain(operation, clock.now())) throw refuseCluster('token-expired', { sentAt: update.sentAt });
  return finspace.updateCode(request, signal);
}
