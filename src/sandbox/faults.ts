/** The faults in force. With them, tests imitate failures of AWS and of the network. */
import type { Fault } from './fault-syntax';

/** A fault, how often it has matched, and how often it was played. */
export interface FaultState {
  readonly id: number;
  readonly fault: Fault;
  /**
   * Number of matching requests. Includes requests that were let through; leaves out requests on which another
   * fault, added earlier, was played.
   */
  readonly matched: number;
  /** Number of requests that the fault was played on. */
  readonly played: number;
}

/** The parts of a request that a fault can match. */
export interface FaultSubject {
  readonly service: string;
  readonly operation: string | undefined;
  readonly path: string;
}

export class Faults {
  private states: readonly FaultState[] = [];
  private lastId = 0;

  add(fault: Fault): FaultState {
    this.lastId += 1;
    const state: FaultState = { id: this.lastId, fault, matched: 0, played: 0 };
    this.states = [...this.states, state];
    return state;
  }

  list(): readonly FaultState[] {
    return this.states;
  }

  /** Whether a fault of this kind may still be played. */
  mayPlay(kind: Fault['kind']): boolean {
    return this.states.some(({ fault, played }) => fault.kind === kind && played < (fault.times ?? Infinity));
  }

  clear(): void {
    this.states = [];
  }

  /**
   * Returns the fault to play on this request: of the faults that match and are due, the one that was added
   * first; undefined if there is none. Counts the request for every matching fault up to that one; the faults
   * after it ignore the request.
   */
  next(request: FaultSubject): Fault | undefined {
    let due: Fault | undefined;
    this.states = this.states.map((state) => {
      const { fault } = state;
      if (due || !matches(fault, request)) return state;
      const matched = state.matched + 1;
      const isDue = state.matched >= (fault.after ?? 0) && state.played < (fault.times ?? Infinity);
      if (isDue) due = fault;
      return { ...state, matched, played: state.played + (isDue ? 1 : 0) };
    });
    return due;
  }
}

/**
 * The faults that apply only to one kind of Kubernetes request, each with the text at the beginning of such a
 * request's `operation`: the verb and a space.
 */
const ONLY_ON: Partial<Readonly<Record<Fault['kind'], string>>> = {
  'watch-expired': 'watch ',
  'watch-mute': 'watch ',
  'endless-list': 'list ',
};

function matches(fault: Fault, request: FaultSubject): boolean {
  return (
    (request.operation ?? '').startsWith(ONLY_ON[fault.kind] ?? '') &&
    (fault.service === undefined || fault.service === request.service) &&
    (fault.operation === undefined || fault.operation === request.operation) &&
    (fault.path === undefined || request.path.includes(fault.path))
  );
}
