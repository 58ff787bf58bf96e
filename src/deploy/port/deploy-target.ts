/** One target of code deployments: how planning, sending and following reach it. */
import type { CodeConfiguration } from '../../model/code';
import type { Facts, Json } from '../../model/json';
import type { Phase } from '../../model/phase';
import type { FurtherRequest, Observation, SentRequest } from '../../operations/operation';
import type { Judged } from '../../plan/verdict';
import type { BucketReadings } from '../bucket-readings';
import type { ConfigurationWithCode } from '../configuration';
import type { Accepted } from '../ports';
import type { FollowedUpdate } from './followed-update';
import type { NotReady, Owner, TargetKind } from './target-kind';

/** Every call throws a failure as data (`model/failure`) and stops on the signal. */
export interface DeployTarget {
  readonly kind: TargetKind;
  /** Outermost first. */
  readonly path: readonly string[];
  /**
   * The service itself refuses a request if the target has changed since the look that the request was prepared from,
   * so that the last look need not wait until the zip lies in S3.
   */
  readonly refusesStale?: true;
  /** Reads all that a plan needs. @throws where the target itself cannot be read; other parts may be unknown. */
  read(signal: AbortSignal): Promise<TargetReading>;
  /** Reads the target only, as right before a request. */
  look(signal: AbortSignal): Promise<TargetState>;
  /**
   * Polls an update that was sent once: it goes on (with `progressFacts` where its progress can be counted), it is live
   * (`SET_ALONE` where nothing runs that could take it), it failed, with the reason found inside, somebody else changed
   * the target, or none of this can be known.
   */
  poll(update: FollowedUpdate, context: PollContext): Promise<Observation>;
  /**
   * Calls `changed` as soon as a {@link DeployTarget.poll} may bring news, until `signal` aborts, so that it comes
   * sooner; polls go on without it. Absent where the service reports no changes by itself.
   */
  watch?(changed: () => void, signal: AbortSignal): Promise<void>;
  /** The requests that are left of an update that waits for the user's click; absent where none ever waits. */
  goOn?(update: FollowedUpdate, signal: AbortSignal): AsyncIterable<FurtherUpdate | Pause>;
}

export interface PollContext {
  /** The time at which an answer is judged, epoch milliseconds. */
  readonly now: () => number;
  readonly signal: AbortSignal;
  /** Awaited before each request after the first. */
  readonly nextRequest: () => Promise<void>;
}

/**
 * The result of one look. Requests can only be made from a look, so that its guard value never gets lost on the way.
 */
export interface TargetState {
  readonly configuration: CodeConfiguration;
  /**
   * What a plan rests on besides the configuration, by name: such as the uid that tells a target from a later one of
   * the same name. Where a value has changed at the last look, nothing is sent.
   */
  readonly restsOn?: RestsOn;
  /** Why the target takes no code now; absent where it does. */
  readonly notReady?: NotReady;
  /** Facts that the ledger keeps of a last look besides the configuration, for {@link DeployTarget.poll}. */
  readonly facts: Facts;
  /**
   * Prepares the request that makes `next` the configuration, at most once. Sends nothing to the target. `zip`: the
   * code in S3, for a kind whose request names more of it than its location.
   */
  prepare(
    next: ConfigurationWithCode,
    strategy: string,
    zip: StoredBytes,
  ): PreparedUpdate | Promise<PreparedUpdate>;
}

/** A zip in S3. */
export interface StoredBytes {
  /** SHA-256 of its bytes, hex; reads them unless the zip was packed just now. */
  sha256(): Promise<string>;
}

/** Plain data. The user is shown the values of a part that is a text or a number. */
export type RestsOn = Readonly<Record<string, Json>>;

/** To be written down before it is sent. */
export interface PreparedUpdate {
  /** The request that changes the configuration. Once it is sent, the operation is followed. */
  readonly request: SentRequest;
  /** @throws a refusal only where the service has certainly not carried it out. */
  send(signal: AbortSignal): Promise<Accepted>;
  /**
   * The further requests of the strategy, once the first one was taken: such as those that end pods of the earlier
   * code. It may wait for a state of the target, and may pause for the user's click. After a crash, requests that were
   * not sent stay unsent, and a poll says what that means.
   */
  further?(signal: AbortSignal): AsyncIterable<FurtherUpdate | Pause>;
  /** True if the update does not end without `further`: requests that a crash left unsent wait for the user's click. */
  readonly needsFurther?: boolean;
}

/** Nothing more is sent until the user's click. */
export interface Pause {
  /** The reason, as the ledger names it. */
  readonly pause: 'canary';
}

/** To be written down before it is sent. */
export interface FurtherUpdate {
  readonly request: FurtherRequest;
  send(signal: AbortSignal): Promise<Accepted>;
}

/** A target as it was read for a plan. */
export interface TargetReading extends TargetState {
  /** As the user knows it: `prod / rdb-1`. */
  readonly label: string;
  /** Ids of the strategies that are possible here, the gentlest first. */
  readonly strategies: readonly string[];
  /**
   * Strategies that are not possible here, and why, in the kind's words; absent where the kind says nothing of them.
   */
  readonly impossible?: readonly { readonly strategy: string; readonly why: string }[];
  /** The strategy for a configuration where the user has not chosen one. */
  automatic(wanted: CodeConfiguration): string;
  /** The kind's own findings about a plan. A service that can rehearse a change does so. */
  checks(plan: PlanToCheck, signal: AbortSignal): OwnChecks | Promise<OwnChecks>;
  /**
   * The requests to the target, in order, as far as they are known before the upload. @param versionComes S3 gives one
   * then.
   */
  requests(next: ConfigurationWithCode, strategy: string, versionComes: boolean): readonly PlannedRequest[];
  /** The same reading, with the target itself read again. */
  again(signal: AbortSignal): Promise<TargetReading>;
}

/** The parts of a plan that a kind's own checks may use. */
export interface PlanToCheck {
  readonly owner: Owner;
  readonly isSandbox: boolean;
  readonly next: ConfigurationWithCode;
  readonly strategy: string;
  readonly bucket: BucketReadings;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** In groups: each is shown with the common checks of the same subject. */
export interface OwnChecks {
  /** About the place that takes the code. */
  readonly place: readonly OwnCheck[];
  readonly strategy: readonly OwnCheck[];
  readonly bucket: readonly OwnCheck[];
}

/** A finding that only one kind of target has, with a code, facts, remedy and words of that kind. */
export interface OwnCheck extends Judged {
  /** Id of the kind of target. */
  readonly kind: string;
  readonly code: string;
  readonly facts: object;
  readonly remedy?: string;
  /**
   * Only for the finding that the target takes no code now, or that a save had better wait: `busy` where that ends by
   * itself.
   */
  readonly readiness?: Phase;
}

/** A request as the service's model spells it, before it is sent. */
export interface PlannedRequest {
  readonly service: string;
  readonly operation: string;
  readonly input: Readonly<Record<string, Json>>;
  /** Paths of members that get their value when the request is sent. */
  readonly later: readonly string[];
}
