/** Finds failures of lists that concern their whole connection, so that they are shown once and not at each list. */
import type { Failure } from '../../model/failure';
import type { Branch } from './branch-rows';

/**
 * The failure because of which nothing in a connection can be read: a failure of the credentials, or of the
 * network when no service can be reached. Undefined for a failure of a single service, which that service's
 * list shows.
 * @param lists the lists right below the connection's folders; undefined where they have not been read yet.
 * @param others the lists further below.
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

/**
 * True if the failure of a list has the cause that is shown at the connection, so that the list does not show
 * it again.
 */
export function isSharedFailure(failure: Failure | undefined, shared: Failure | undefined): boolean {
  if (shared?.kind === 'credentials') return failure?.kind === 'credentials';
  return shared !== undefined && isNetwork(failure);
}

/**
 * True if AWS gave no answer at all. A failure that is AWS's own answer is always shown word for word, at the
 * list that it concerns.
 */
function isNetwork(failure: Failure | undefined): boolean {
  return failure?.kind === 'aws' && failure.reason === 'network' && failure.status === undefined;
}
