/** One change that Slipway makes or follows: its events in their recorded form, and the operation built from them. */
import type { Identity } from '../model/connection';
import type { Failure } from '../model/failure';
import type { Facts, Json } from '../model/json';

export type OperationState =
  | 'planned'
  | 'running'
  | 'watching'
  | 'succeeded'
  | 'failed'
  /**
   * Given up before any request that changes AWS: by the user, or because of a crash
   * (`outcome.facts.reason`). A batch: no row has failed or is undecided, but some rows were not carried out.
   */
  | 'cancelled'
  /**
   * Stopped because somebody else changed the target between plan and request: nothing was sent, or the
   * service refused the request.
   */
  | 'drifted'
  | 'cancelled-by-aws'
  /** Sent, but no longer watched because the user chose so. AWS continues with the changes that it accepted. */
  | 'unwatched'
  /**
   * The end cannot be decided from AWS's answers; `outcome.facts` contain the reason (`why`) or what the user
   * should check (`check`). A batch: no row has failed, and the end of at least one is not known.
   */
  | 'unknown';

/** The thing that is changed, identified by names, so that the record can still be understood years later. */
export interface Subject {
  readonly connectionId: string;
  readonly region: string;
  readonly accountId: string;
  readonly arn?: string;
  /**
   * Outermost first: [environment id, cluster], [EKS cluster, node group] or [EKS cluster, namespace,
   * workload].
   */
  readonly path: readonly string[];
  /** The label that the user sees: `prod / rdb-1`. */
  readonly label: string;
}

/**
 * The first request with which an operation changes its subject, in the form that is recorded before it is
 * sent.
 */
export interface SentRequest {
  readonly service: string;
  readonly operation: string;
  readonly input: Json;
  /**
   * The idempotency token in `input`; for Kubernetes, `<uid>@<resourceVersion>` of the workload in `input`.
   */
  readonly token: string;
}

/**
 * A request that is sent after AWS has accepted the operation's first request. A part of `input` ensures
 * that the request takes effect at most once.
 */
export type FurtherRequest = Pick<SentRequest, 'service' | 'operation' | 'input'>;

/** Name of the step that is recorded before a further request is sent. Its facts are a {@link FurtherRequest}. */
export const FURTHER_REQUEST = 'further-request';

/**
 * Names of two steps. `MORE_TO_SEND` records that the change needs further requests, which the operation
 * still has to send; `ALL_SENT` records that all of them were sent.
 */
export const MORE_TO_SEND = 'more-to-send';
export const ALL_SENT = 'all-sent';
/**
 * Name of the step that records the user's click to continue an operation that still has requests to send.
 */
export const GONE_ON = 'gone-on';

/**
 * States of an operation that has not ended. When Slipway starts, it looks for such operations, and follows
 * or settles them: see `resume`.
 */
export type OpenState = 'planned' | 'running' | 'watching';

export interface Outcome {
  readonly state: Exclude<OperationState, OpenState>;
  readonly failure?: Failure;
  readonly facts?: Facts;
}

export type OperationEvent =
  | {
      readonly type: 'planned';
      /** Selects the follower that polls the operation: `code`, `nodegroup-version`, … */
      readonly kind: string;
      readonly subject: Subject;
      readonly author?: Identity;
      /** The plan's summary; the kind decides its form. */
      readonly plan: Json;
      /** The batch to which this operation belongs as a row. */
      readonly parent?: string;
      /** Key of this operation's row in `parent`. */
      readonly row?: string;
      /** The earlier operation that this one repeats or reverts. */
      readonly origin?: string;
    }
  | { readonly type: 'step'; readonly name: string; readonly facts?: Facts }
  | { readonly type: 'sending'; readonly request: SentRequest }
  | { readonly type: 'accepted'; readonly requestId?: string; readonly facts?: Facts }
  | { readonly type: 'observed'; readonly facts: Facts }
  /**
   * From here on, the follower finds out how the operation goes. Recorded if no answer tells whether the
   * request was accepted, if the process that sent it has ended, if the user chose to watch the operation
   * again, or if Slipway follows a change that it did not send.
   */
  | { readonly type: 'watched' }
  /**
   * Nothing more is sent until the user clicks. `reason`: `canary`, `user` or `interrupted`. If the request
   * was not sent yet, the state becomes `planned` again. A `watching` operation stays `watching` and is still
   * followed. While the request has no answer, the event changes nothing.
   */
  | { readonly type: 'paused'; readonly reason: string }
  | { readonly type: 'ended'; readonly outcome: Outcome };

/**
 * True if the event announces a request, which may be sent only after the event is on the disk.
 */
export function announcesRequest(event: OperationEvent): boolean {
  return event.type === 'sending' || (event.type === 'step' && event.name === FURTHER_REQUEST);
}

/** The data with which an operation begins. */
export type PlannedOperation = Omit<Extract<OperationEvent, { type: 'planned' }>, 'type'>;

/** An event in the form that the ledger stores. */
export type RecordedEvent = OperationEvent & {
  /** The id of the operation, not of the event. */
  readonly id: string;
  /** Epoch milliseconds; never earlier than any event of the operation that the writer had already read. */
  readonly at: number;
  /** The process that recorded the event, and the event's number in that process: together they identify the event. */
  readonly writer: string;
  readonly seq: number;
};

export interface OperationStep {
  readonly name: string;
  readonly at: number;
  readonly facts?: Facts;
}

/** All data of an operation, built from its events. Times are epoch milliseconds. */
export interface Operation {
  /** Ids sort by time of creation. Form: `^[0-9a-z]+$`. */
  readonly id: string;
  readonly kind: string;
  readonly state: OperationState;
  readonly subject: Subject;
  readonly author?: Identity;
  readonly plan: Json;
  readonly parent?: string;
  readonly row?: string;
  readonly origin?: string;
  /** The process that carries out the operation: the last one that recorded a plan, a step or a request. */
  readonly writer: string;
  readonly request?: SentRequest;
  readonly steps: readonly OperationStep[];
  /** Facts of all `accepted` and `observed` events; a later fact replaces an earlier one of the same name. */
  readonly facts: Facts;
  readonly requestIds: readonly string[];
  readonly createdAt: number;
  readonly sentAt?: number;
  readonly acceptedAt?: number;
  /** When an answer of AWS last contained a new fact. */
  readonly observedAt?: number;
  readonly endedAt?: number;
  readonly outcome?: Outcome;
  /** Why the operation waits for the user's click; absent while it does not wait. */
  readonly paused?: string;
}

/**
 * The result of one poll of an operation. A fact that is undefined changes nothing; a fact that is no longer true is
 * null.
 */
export type Observation =
  | { readonly state: 'going-on'; readonly facts?: Facts }
  | { readonly state: 'ended'; readonly outcome: Outcome };

/** Polls the state of operations of one kind. Implemented by `deploy` and `nodegroup`. */
export interface Follower {
  readonly kind: string;
  /** The service whose rate limit applies to polls. */
  readonly service: string;
  /**
   * Polls once. Needs only the operation, so it also works after a restart. If the request was recorded but not
   * answered (`acceptedAt` absent), the poll finds out whether AWS accepted it. Throws temporary failures; the tracker
   * decides when to poll again. Never asks the user: credentials that need a code are a failure. A poll with several
   * requests awaits `nextRequest` before each one after the first, so that all of them stay within the rate limit.
   */
  poll(operation: Operation, signal: AbortSignal, nextRequest?: () => Promise<void>): Promise<Observation>;
  /**
   * Until `signal` aborts, calls `changed` as soon as a poll may bring news. A call only makes the next poll
   * earlier: the state comes from polls alone. Absent if the service does not report changes by itself.
   * @throws the failure to start watching
   */
  watch?(operation: Operation, changed: () => void, signal: AbortSignal): Promise<void>;
}

/**
 * The record that an operation's own code writes. Each call resolves when the event is on the disk. If the event
 * cannot be written, it is kept in memory and the problem is reported, and the call still resolves, unless the event
 * announces a request.
 */
export interface Journal {
  readonly id: string;
  step(name: string, facts?: Facts): Promise<void>;
  /**
   * As {@link step}, for a step that nobody waits for: it is held back for a moment, to be written with the
   * next event.
   */
  note(name: string, facts?: Facts): Promise<void>;
  /**
   * Records the request before it is sent. If this rejects, nothing may be sent. Refusals: `ledger-unwritable` (facts:
   * code) when the request could not be recorded, `operation-ended` when another window or the user has ended the
   * operation.
   */
  sending(request: SentRequest): Promise<void>;
  accepted(requestId: string | undefined, facts?: Facts): Promise<void>;
  /** Records a further request before it is sent. Rejects as {@link sending} does. */
  sendingFurther(request: FurtherRequest): Promise<void>;
  /**
   * Records that the follower finds out how the operation goes: no answer tells whether AWS accepted the
   * request, or Slipway did not send it.
   */
  watched(): Promise<void>;
  /** Records that the remaining requests wait for the user's click. */
  paused(reason: string): Promise<void>;
  ended(outcome: Outcome): Promise<void>;
}
