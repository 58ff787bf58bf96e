/** Failures that are those of a connection, so that they are said once and not at each of its lists. */
import type { Failure } from '../../model/failure';
import type { Branch } from './branch-rows';

/**
 * Why nothing of a connection can be read: its credentials, or the network when none of its services is reached. What a
 * single service says is the matter of its own list: undefined.
 * @param lists what is listed right below its folders; undefined where nobody has asked yet.
 * @param others what is listed further below.
 */
export function sharedFailure(
  lists: readonly (Branch | undefined)[],
  others: readonly Branch[],
): Failure | undefined {
  const failures = [...lists, ...others].flatMap((branch) => (branch?.failure ? [branch.failure] : []));
  const credentials = failures.find(({ kind }) => kind === 'credentials');
  if (credentials) return credentials;
  const [first, ...rest] = lists.map((branch) => branch?.failure);
  return isNetwork(first) && rest.every(isNetwork) ? first : undefined;
}

/** Whether the failure of a list is the one that is said at the connection. */
export function isSharedFailure(failure: Failure | undefined, shared: Failure | undefined): boolean {
  if (shared?.kind === 'credentials') return failure?.kind === 'credentials';
  return shared !== undefined && isNetwork(failure);
}

/** Whether no answer came at all: an answer that came is told word by word. */
function isNetwork(failure: Failure | undefined): boolean {
  return failure?.kind === 'aws' && failure.reason === 'network' && failure.status === undefined;
}
