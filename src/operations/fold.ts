/** Builds an operation from its events. The order of the events does not matter, and an event may be read twice. */
import {
  ALL_SENT,
  MORE_TO_SEND,
  type OpenState,
  type Operation,
  type OperationEvent,
  type OperationState,
  type Outcome,
  type RecordedEvent,
} from './operation';

export interface Folded {
  /** Undefined if no `planned` event is among the events. */
  readonly operation?: Operation;
  readonly ignored: readonly IgnoredEvent[];
}

/**
 * `unknown-type`: written by another version of Slipway. `contradiction`: the operation has a second, different end.
 */
export interface IgnoredEvent {
  readonly event: RecordedEvent;
  readonly why: 'unknown-type' | 'contradiction';
}

/**
 * Returns true if an operation in this state has not ended. When Slipway starts, it looks for such
 * operations; it continues to follow each one, or asks the user what to do with it.
 */
export function isOpen(state: OperationState): state is OpenState {
  return state === 'planned' || state === 'running' || state === 'watching';
}

/** Returns true if the operation is known and has ended. */
export function hasEnded(state: OperationState | undefined): state is Outcome['state'] {
  return state !== undefined && !isOpen(state);
}

/**
 * Builds an operation from its events, which must all belong to it. Rules: the data of an event (steps,
 * request, facts) is always kept; the state only moves forward, except that a pause before the first request
 * makes it `planned` again; an end is final, except for `unwatched` and `unknown`. These two mean that the
 * true end is not known, so a later `ended` or `watched` replaces them.
 */
export function fold(events: readonly RecordedEvent[]): Folded {
  const ordered = inOrder(events);
  const planned = ordered.find((event) => event.type === 'planned');
  if (planned === undefined) return { ignored: [] };
  const ignored: IgnoredEvent[] = [];
  let operation = begun(planned);
  for (const event of ordered) {
    const next = applied(operation, event);
    if (typeof next === 'string') {
      ignored.push({ event, why: next });
    } else {
      operation = next;
    }
  }
  return { operation, ignored };
}

/** The events by time, each once; the events of one writer in the order in which they were written. */
export function inOrder(events: readonly RecordedEvent[]): readonly RecordedEvent[] {
  const once = new Map(events.map((event) => [`${event.writer} ${event.seq}`, event]));
  return [...once.values()].sort(
    (a, b) => a.at - b.at || (a.writer < b.writer ? -1 : a.writer > b.writer ? 1 : a.seq - b.seq),
  );
}

function begun(event: Extract<RecordedEvent, { type: 'planned' }>): Operation {
  const { type: _type, at, seq: _seq, ...planned } = event;
  return { ...planned, state: 'planned', steps: [], facts: {}, requestIds: [], createdAt: at };
}

function applied(operation: Operation, event: RecordedEvent): Operation | IgnoredEvent['why'] {
  switch (event.type) {
    case 'planned':
      return operation;
    case 'step': {
      const { type: _type, id: _id, writer, seq: _seq, ...step } = event;
      return { ...goingOn(operation), writer, steps: [...operation.steps, step] };
    }
    case 'sending':
      return { ...goingOn(operation), writer: event.writer, request: event.request, sentAt: event.at };
    case 'accepted':
      return {
        ...watching(operation),
        acceptedAt: event.at,
        facts: { ...operation.facts, ...event.facts },
        requestIds:
          event.requestId === undefined ? operation.requestIds : [...operation.requestIds, event.requestId],
      };
    case 'observed':
      return { ...operation, observedAt: event.at, facts: { ...operation.facts, ...event.facts } };
    case 'watched':
      return isDecided(operation.outcome) ? operation : reopened(operation);
    case 'paused':
      return paused(operation, event.reason);
    case 'ended':
      return ended(operation, event);
    default:
      return unknownType(event);
  }
}

/** The compiler ensures that no known type gets here; a file that another version wrote may contain further types. */
function unknownType(_event: never): 'unknown-type' {
  return 'unknown-type';
}

function goingOn(operation: Operation): Operation {
  const { paused: _paused, ...rest } = operation;
  return operation.state === 'planned' ? { ...rest, state: 'running' } : rest;
}

/**
 * Applies a `paused` event. An operation whose request has no answer yet is not paused: the follower first finds
 * out whether AWS accepted the request.
 */
function paused(operation: Operation, reason: string): Operation {
  if (operation.outcome !== undefined) return operation;
  if (operation.sentAt === undefined) return { ...operation, state: 'planned', paused: reason };
  return operation.state === 'watching' ? { ...operation, paused: reason } : operation;
}

/** Returns true if the first request was sent, and further requests are still to be sent. */
export function hasMoreToSend({ sentAt, steps }: Pick<Operation, 'sentAt' | 'steps'>): boolean {
  const last = steps.findLast(({ name }) => name === MORE_TO_SEND || name === ALL_SENT);
  return sentAt !== undefined && last?.name === MORE_TO_SEND;
}

function watching(operation: Operation): Operation {
  return operation.outcome === undefined ? { ...goingOn(operation), state: 'watching' } : operation;
}

function reopened(operation: Operation): Operation {
  const { outcome: _outcome, endedAt: _endedAt, paused: _paused, ...rest } = operation;
  return { ...rest, state: 'watching' };
}

function ended(
  operation: Operation,
  { outcome, at }: Extract<OperationEvent, { type: 'ended' }> & { readonly at: number },
): Operation | 'contradiction' {
  if (isDecided(operation.outcome)) {
    return isDecided(outcome) && outcome.state !== operation.state ? 'contradiction' : operation;
  }
  const { paused: _paused, ...rest } = operation;
  return { ...rest, state: outcome.state, outcome, endedAt: at };
}

function isDecided(outcome: Outcome | undefined): boolean {
  return outcome !== undefined && outcome.state !== 'unwatched' && outcome.state !== 'unknown';
}
