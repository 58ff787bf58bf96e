/** One change that Slipway makes or follows: its events, as they are written down, and the operation made of them. */
import type { Identity } from '../model/connection';
import type { Failure } from '../model/failure';
import type { Facts, Json } from '../model/json';

export type OperationState =
  | 'planned'
  | 'running'
  | 'watching'
  | 'succeeded'
  | 'failed'
  /** Given up before anything was sent to change AWS: by the user, or by a crash (`outcome.facts.reason`). */
  | 'cancelled'
  /** Stopped: the target was changed by somebody else between plan and request; nothing was sent. */
  | 'drifted'
  | 'cancelled-by-aws'
  /** Sent, and no longer watched because the user said so. AWS goes on with what it took. */
  | 'unwatched'
  /** Cannot be decided from what AWS shows; `outcome.facts` says what to check. */
  | 'unknown';

/** What the change is made to. Names, not handles, so that it can be read back years later. */
export interface Subject {
  readonly connectionId: string;
  readonly region: string;
  readonly accountId: string;
  readonly arn?: string;
  /** Outermost first: [environment id, cluster] or [EKS cluster, node group]. */
  readonly path: readonly string[];
  /** As the user knows it: `prod / rdb-1`. */
  readonly label: string;
}

/** The request that changes AWS, written down before it is sent. */
export interface SentRequest {
  readonly service: string;
  readonly operation: string;
  readonly input: Json;
  /** The idempotency token in `input`. */
  readonly token: string;
}

/** A request that is sent once the operation's own was taken. `input` holds what makes it happen at most once. */
export type FurtherRequest = Pick<SentRequest, 'service' | 'operation' | 'input'>;

/** Name of the step that is written before such a request is sent. Its facts are a {@link FurtherRequest}. */
export const FURTHER_REQUEST = 'further-request';

/** Names of the steps between which further requests are left to send, for the change to come to its end. */
export const MORE_TO_SEND = 'more-to-send';
export const ALL_SENT = 'all-sent';
/** Name of the step for the user's click that continues an operation with requests left to send. */
export const GONE_ON = 'gone-on';

/** States of an operation that is not over: a start-up looks for it, and follows it or asks the user. */
export type OpenState = 'planned' | 'running' | 'watching';

export interface Outcome {
  readonly state: Exclude<OperationState, OpenState>;
  readonly failure?: Failure;
  readonly facts?: Facts;
}

export type OperationEvent =
  | {
      readonly type: 'planned';
      /** Names the follower that asks for its state: `code`, `nodegroup-version`, … */
      readonly kind: string;
      readonly subject: Subject;
      readonly author?: Identity;
      /** The plan's summary; its shape is the kind's own. */
      readonly plan: Json;
      /** The batch that this operation is one row of. */
      readonly parent?: string;
      /** Key of its row in `parent`. */
      readonly row?: string;
      /** The earlier operation that this one repeats or takes back. */
      readonly origin?: string;
    }
  | { readonly type: 'step'; readonly name: string; readonly facts?: Facts }
  | { readonly type: 'sending'; readonly request: SentRequest }
  | { readonly type: 'accepted'; readonly requestId?: string; readonly facts?: Facts }
  | { readonly type: 'observed'; readonly facts: Facts }
  /**
   * From here on the follower decides: after a restart, without an answer to the request, or because the user says so.
   */
  | { readonly type: 'watched' }
  /**
   * Nothing more is sent until the user clicks. `reason`: `canary`, `user` or `interrupted`. If the request was not
   * sent yet the state becomes `planned` again; otherwise it stays `watching`, and the operation is still followed.
   */
  | { readonly type: 'paused'; readonly reason: string }
  | { readonly type: 'ended'; readonly outcome: Outcome };

/** An operation as it is when it begins. */
export type PlannedOperation = Omit<Extract<OperationEvent, { type: 'planned' }>, 'type'>;

/** An event as it stands in the ledger. */
export type RecordedEvent = OperationEvent & {
  /** The operation it belongs to. */
  readonly id: string;
  /** Epoch milliseconds; never earlier than what its writer had read of the operation. */
  readonly at: number;
  /** The process that wrote it down, and the event's number there: together the event's identity. */
  readonly writer: string;
  readonly seq: number;
};

export interface OperationStep {
  readonly name: string;
  readonly at: number;
  readonly facts?: Facts;
}

/** All that is known of an operation, folded from its events. Times are epoch milliseconds. */
export interface Operation {
  /** Sorts by time of creation: `^[0-9a-z]+$`. */
  readonly id: string;
  readonly kind: string;
  readonly state: OperationState;
  readonly subject: Subject;
  readonly author?: Identity;
  readonly plan: Json;
  readonly parent?: string;
  readonly row?: string;
  readonly origin?: string;
  /** The process that carries it out: the last one that planned, made a step or sent. */
  readonly writer: string;
  readonly request?: SentRequest;
  readonly steps: readonly OperationStep[];
  /** Facts of `accepted` and of every `observed`, the later over the earlier. */
  readonly facts: Facts;
  readonly requestIds: readonly string[];
  readonly createdAt: number;
  readonly sentAt?: number;
  readonly acceptedAt?: number;
  /** When an answer of AWS last brought news. */
  readonly observedAt?: number;
  readonly endedAt?: number;
  readonly outcome?: Outcome;
  /** Why it waits for the user's click; absent while it does not wait. */
  readonly paused?: string;
}

/** The result of one poll of an operation. A fact that is undefined says nothing; one that no longer holds is null. */
export type Observation =
  | { readonly state: 'going-on'; readonly facts?: Facts }
  | { readonly state: 'ended'; readonly outcome: Outcome };

/** Asks AWS for the state of one kind of operation. Implemented by `deploy` and `nodegroup`. */
export interface Follower {
  readonly kind: string;
  /** Service whose rate limit for polls counts. */
  readonly service: string;
  /**
   * Asks once. Works from the operation alone, and so after a restart, too. Where the request was written down and no
   * answer came (`acceptedAt` absent), it finds out whether AWS took it.
   * Throws passing failures; the tracker decides when to ask again. Asks nothing of the user: credentials that need a
   * code are a failure. A poll that takes several requests awaits
   * `nextRequest` before each one after the first, so that all of them keep to the rate.
   */
  poll(operation: Operation, signal: AbortSignal, nextRequest?: () => Promise<void>): Promise<Observation>;
  /**
   * Calls `changed` as soon as a poll may have something new to say, until `signal` aborts. It decides nothing, and
   * makes no poll needless. Absent where the service tells nothing by itself. @throws what keeps it from being begun.
   */
  watch?(operation: Operation, changed: () => void, signal: AbortSignal): Promise<void>;
}

/**
 * What the code that carries out an operation writes to. Each call resolves once the event is on disk; where the disk
 * refuses, it is kept in memory and reported, and the call resolves all the same, except for `sending`.
 */
export interface Journal {
  readonly id: string;
  step(name: string, facts?: Facts): Promise<void>;
  /** As {@link step}, where nobody waits for it: written with the next event, or a moment later. */
  note(name: string, facts?: Facts): Promise<void>;
  /**
   * Where this rejects, nothing may be sent. Refusals: `ledger-unwritable` (facts: code) when the request could not be
   * written down, `operation-ended` when the operation was declared over meanwhile, by another window or the user.
   */
  sending(request: SentRequest): Promise<void>;
  accepted(requestId: string | undefined, facts?: Facts): Promise<void>;
  /** Writes a further request down, before it is sent. Rejects as {@link sending} does. */
  sendingFurther(request: FurtherRequest): Promise<void>;
  /** The request was sent and no answer was read: the follower finds out whether AWS took it. */
  watched(): Promise<void>;
  /** The requests that are left wait for the user's click. */
  paused(reason: string): Promise<void>;
  ended(outcome: Outcome): Promise<void>;
}
