/** Polls one operation with its follower, and records the observation. */

import type { Clock } from '../model/clock';
import type { Facts } from '../model/json';
import { isOpen } from './fold';
import type { Ledger } from './ledger';
import type { Follower, Observation, Operation } from './operation';
import { NO_ANSWER } from './poll-interval';
import { refuse } from './refusal';

/** Milliseconds after which a poll is given up: a connection may be dead without an error. */
const LOOK_MS = 60_000;

/**
 * Polls with the follower. Refuses with `no-answer` (facts: ms) if the poll takes longer than a minute.
 * Aborting `look` ends the poll's requests; `look` is also aborted when the poll has ended.
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

/**
 * The dependencies of {@link writeObservation}. `holds` resolves to true if this window is the one that
 * follows operations.
 */
export interface Writing {
  readonly ledger: Ledger;
  readonly holds: () => Promise<boolean>;
  readonly onEnded?: (operation: Operation) => void;
}

/**
 * Records an observation if this window is still the one that follows operations, and calls `onEnded` for an
 * end that was not recorded before. Returns true if the observation contained something new.
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

/** The facts that are new; undefined when there are none. */
function news(operation: Operation | undefined, facts: Facts = {}): Facts | undefined {
  const known = operation?.facts ?? {};
  const told = Object.entries(facts).filter(
    ([name, value]) => value !== undefined && JSON.stringify(value) !== JSON.stringify(known[name]),
  );
  return told.length === 0 ? undefined : Object.fromEntries(told);
}
