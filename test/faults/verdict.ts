/** The judge of a case: what was told is held against what the sandbox did, by its own record. */
import { expectPlainWords } from '../nodegroup/plain';
import type { Flow } from './flows';
import type { Injection } from './run';
import type { Outcome, Seen } from './settle';

/** Requests of one operation that a command may send at most: three tries, five times, for two parts and a clean-up. */
const MOST_IN_COMMAND = 48;
/**
 * Requests of one operation while a fault lasts: twice at each of 22 looks at most, with some room for tries. A look at a
 * workload is several operations.
 */
const MOST_WHILE_FOLLOWED = 60;

/** Everything that is wrong; nothing when the case is passed. */
export function faultsOf(
  flow: Flow,
  { kind, lasting }: Injection,
  outcome: Outcome,
  secret: string,
): readonly string[] {
  const { during, after, uploads, failure } = outcome;
  const wrong: string[] = [];
  const check = (isRight: boolean, what: string): void => {
    if (!isRight) wrong.push(what);
  };

  check(after.accepted <= 1, `${after.accepted} updates were accepted`);
  for (const [when, seen] of [
    ['while it lasts', during],
    ['in the end', after],
  ] as const) {
    const lie = untruth(seen, failure !== undefined);
    check(lie === undefined, `${when}: ${lie}`);
  }
  const state = after.operation?.state;
  check(state !== 'watching' && state !== 'planned' && state !== 'running', `it never ends, but is ${state}`);
  check(
    state !== 'unknown' || kind.lies === true,
    `it stays unknown: ${JSON.stringify(after.operation?.outcome)}`,
  );
  const isEndured = kind.endured === 'always' || kind.endured === (lasting ? 'lasting' : 'once');
  check(
    !isEndured || state === 'succeeded' || isRefused(flow),
    `it is not endured: ${state} ${JSON.stringify(failure ?? after.operation?.outcome)}`,
  );

  const untold = uploads.left.filter((id) => !uploads.told.includes(id));
  check(untold.length === 0 || uploads.unseen, `parts of ${untold.length} uploads are left without a word`);
  check(uploads.still.length === 0, `parts of ${uploads.still.length} uploads are never cleared`);

  const followed = new Set(outcome.followed.map(({ seq }) => seq));
  const inCommand = outcome.requests.filter(({ seq }) => !followed.has(seq));
  for (const [operation, count] of counts(inCommand.map(({ operation = '?' }) => operation)))
    check(count <= MOST_IN_COMMAND, `${operation} was sent ${count} times`);
  for (const [operation, count] of counts(outcome.followed.map(({ operation = '?' }) => operation)))
    check(count <= MOST_WHILE_FOLLOWED, `${operation} was sent ${count} times while following`);

  check(!/AWS4-HMAC|Signature=|X-Amz-Security-Token/i.test(outcome.said), 'a signature was written down');
  check(!outcome.said.includes('k8s-aws-v1.'), 'a token of the cluster was written down');
  check(!outcome.said.includes(secret), 'the secret key was written down');
  if (outcome.sentence !== undefined) {
    try {
      expectPlainWords(outcome.sentence);
    } catch (error) {
      wrong.push(String(error));
    }
  }
  return wrong;
}

/** A flow that cannot succeed, whatever else happens. */
const isRefused = ({ given }: Flow): boolean => given.some(({ kind }) => kind === 'error');

/** What is told and not so. What is open or unknown says nothing that could be untrue. */
function untruth({ operation, accepted, isLive }: Seen, hasFailed: boolean): string | undefined {
  if (operation === undefined) {
    if (!hasFailed) return 'nothing was begun, and no failure told';
    return accepted > 0 ? 'nothing was begun, and an update was accepted' : undefined;
  }
  const told = `told "${operation.state}" ${JSON.stringify(operation.outcome ?? {})}`;
  switch (operation.state) {
    case 'succeeded':
      return accepted === 1 && isLive ? undefined : `${told}, but the sandbox does not have it`;
    case 'failed':
    case 'cancelled':
    case 'cancelled-by-aws':
    case 'drifted':
      return accepted === 0 ? undefined : `${told}, but the sandbox took the update`;
    default:
      return undefined;
  }
}

function counts(names: readonly string[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const name of names) found.set(name, (found.get(name) ?? 0) + 1);
  return found;
}
