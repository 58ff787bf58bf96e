/** One thing that code is deployed to, as whoever plans, sends and follows talks to it. */
import type { CodeConfiguration } from '../../model/code';
import type { Facts, Json } from '../../model/json';
import type { FurtherRequest, Observation, SentRequest } from '../../operations/operation';
import type { BucketReadings } from '../bucket-readings';
import type { ConfigurationWithCode } from '../configuration';
import type { Accepted } from '../ports';
import type { FollowedUpdate } from './followed-update';
import type { OwnCheck } from './own-check';
import type { PlannedRequest } from './planned-request';
import type { NotReady, Owner, TargetKind } from './target-kind';

/** Every call throws a failure as data (`model/failure`) and stops on the signal. */
export interface DeployTarget {
  readonly kind: TargetKind;
  /** Outermost first. */
  readonly path: readonly string[];
  /**
   * The service itself refuses a request that was prepared from a look at what has changed since, so that the last look need
   * not wait until the zip lies in S3.
   */
  readonly refusesStale?: true;
  /** All that a plan wants to know. @throws where the thing itself cannot be read; what else cannot be is unknown. */
  read(signal: AbortSignal): Promise<TargetReading>;
  /** The thing alone, as right before a request. */
  look(signal: AbortSignal): Promise<TargetState>;
  /**
   * What one look says of an update that was sent: it goes on (with `progressFacts` where what it has reached can be
   * counted), it is live (`SET_ALONE` where nothing runs that could take it), it failed, with the reason found inside,
   * somebody else changed it, or that cannot be known.
   */
  poll(update: FollowedUpdate, context: PollContext): Promise<Observation>;
  /**
   * Calls `changed` as soon as there may be something new for {@link DeployTarget.poll} to say, until `signal` aborts: a poll
   * comes sooner by it, and polls go on without it. Absent where the service tells nothing by itself.
   */
  watch?(changed: () => void, signal: AbortSignal): Promise<void>;
  /** What is left to be sent of an update that waits for the user's click; absent where nothing ever waits. */
  goOn?(update: FollowedUpdate, signal: AbortSignal): AsyncIterable<FurtherUpdate | Pause>;
}

export interface PollContext {
  /** Epoch milliseconds, when the answer is judged. */
  readonly now: () => number;
  readonly signal: AbortSignal;
  /** Awaited before each request after the first. */
  readonly nextRequest: () => Promise<void>;
}

/** What one look has shown. A request can be made of a look alone, so that a guard value never gets lost on the way. */
export interface TargetState {
  readonly configuration: CodeConfiguration;
  /**
   * What a plan rests on besides the configuration, by the names of its parts: such as which of two things of one name
   * it is. Where one is another at the last look, nothing is sent.
   */
  readonly restsOn?: RestsOn;
  /** Why it takes no code now; absent: it does. */
  readonly notReady?: NotReady;
  /** What the ledger keeps of a last look besides the configuration, for {@link DeployTarget.poll}. */
  readonly facts: Facts;
  /**
   * The request that makes `next` the configuration, at most once. Nothing is sent to the target by this. `zip`: what lies
   * in S3 as its code, for a kind whose request names more of it than where it lies.
   */
  prepare(
    next: ConfigurationWithCode,
    strategy: string,
    zip: StoredBytes,
  ): PreparedUpdate | Promise<PreparedUpdate>;
}

/** A zip in S3. */
export interface StoredBytes {
  /** SHA-256 of its bytes, hex: known where it was packed just now, else read. */
  sha256(): Promise<string>;
}

/** Plain data. A part that is a text or a number is shown with its values. */
export type RestsOn = Readonly<Record<string, Json>>;

/** To be written down before it is sent. */
export interface PreparedUpdate {
  /** The one that makes the configuration another. From here on the operation is followed. */
  readonly request: SentRequest;
  /** @throws a refusal only where the service has certainly not carried it out. */
  send(signal: AbortSignal): Promise<Accepted>;
  /**
   * What the strategy sends besides, once the request was taken: such as to end what still runs the earlier code. It may
   * wait for what it has to see first, and may have the rest wait for the user's click. After a crash, what was not sent stays
   * unsent, and a poll says what that means.
   */
  further?(signal: AbortSignal): AsyncIterable<FurtherUpdate | Pause>;
  /** Without it the update does not come to its end: what a crash leaves unsent waits for the user's click. */
  readonly needsFurther?: boolean;
}

/** Nothing more is sent until the user's click. */
export interface Pause {
  /** Why, as the ledger names it. */
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
  /** Ids of those that are possible here, the gentlest first. */
  readonly strategies: readonly string[];
  /** Those that are not possible here, and why, as the kind words it; absent where nothing is said of them. */
  readonly impossible?: readonly { readonly strategy: string; readonly why: string }[];
  /** The strategy where nobody has chosen one, for a configuration that is wanted. */
  automatic(wanted: CodeConfiguration): string;
  /** Findings of its own about a plan; a service that can rehearse a change is asked to. */
  checks(plan: PlanToCheck, signal: AbortSignal): OwnChecks | Promise<OwnChecks>;
  /** What goes out to it, in order, as far as it is known before the upload. @param versionComes S3 gives it then. */
  requests(next: ConfigurationWithCode, strategy: string, versionComes: boolean): readonly PlannedRequest[];
  /** The same, the thing itself read anew. */
  again(signal: AbortSignal): Promise<TargetReading>;
}

/** What a kind's own checks may go by. */
export interface PlanToCheck {
  readonly owner: Owner;
  readonly isSandbox: boolean;
  readonly next: ConfigurationWithCode;
  readonly strategy: string;
  readonly bucket: BucketReadings;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** In groups, each of which is shown beside the common checks of its subject. */
export interface OwnChecks {
  /** What takes the code. */
  readonly place: readonly OwnCheck[];
  readonly strategy: readonly OwnCheck[];
  readonly bucket: readonly OwnCheck[];
}
