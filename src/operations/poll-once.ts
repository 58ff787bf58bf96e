/** One look at an operation: its follower is asked, and what is learned is written down. */

import type { Clock } from '../model/clock';
import type { Facts } from '../model/json';
import { isOpen } from './fold';
import type { Ledger } from './ledger';
import type { Follower, Observation, Operation } from './operation';
import { NO_ANSWER } from './poll-interval';
import { refuse } from './refusal';

/** A look without an answer by then is given up: a connection may be dead without anybody saying so. Milliseconds. */
const LOOK_MS = 60_000;

/**
 * Asks the follower, at the longest for a minute: refusal `no-answer` (facts: ms). `look` ends the request when it is
 * aborted, and is aborted in the end.
 */
export async function pollOnce(
  operation: Operation,
  follower: Follower,
  clock: Clock,
  look: AbortController,
  nextRequest: () => Promise<void>,
): Promise<Observation> {
  const late = async (): Promise<never> => {
    await clock.sleep(LOOK_MS, look.signal);
    throw refuse(NO_ANSWER, { ms: LOOK_MS });
  };
  try {
    return await Promise.race([follower.poll(operation, look.signal, nextRequest), late()]);
  } finally {
    look.abort();
  }
}

/** What writing down an observation needs: `holds` confirms that this window is the one that follows. */
export interface Writing {
  readonly ledger: Ledger;
  readonly holds: () => Promise<boolean>;
  readonly onEnded?: (operation: Operation) => void;
}

/**
 * Writes down what a look has told, if this window still is the one that does, and tells of an end that nobody has
 * written before. Returns whether it was news.
 */
export async function writeObservation(
  id: string,
  observation: Observation,
  { ledger, holds, onEnded }: Writing,
): Promise<boolean> {
  if (observation.state === 'going-on') {
    const facts = news(ledger.operation(id), observation.facts);
    if (facts !== undefined && (await holds())) await ledger.record(id, { type: 'observed', facts });
    return facts !== undefined;
  }
  if (!(await holds())) return false;
  await ledger.refresh();
  if (!isOpen(ledger.operation(id)?.state ?? 'unknown')) return false;
  await ledger.record(id, { type: 'ended', outcome: observation.outcome });
  const ended = ledger.operation(id);
  if (ended !== undefined) onEnded?.(ended);
  return true;
}

/** Those of the facts that are not known; undefined when there are none. */
function news(operation: Operation | undefined, facts: Facts = {}): Facts | undefined {
  const known = operation?.facts ?? {};
  const told = Object.entries(facts).filter(
    ([name, value]) => value !== undefined && JSON.stringify(value) !== JSON.stringify(known[name]),
  );
  return told.length === 0 ? undefined : Object.fromEntries(told);
}
