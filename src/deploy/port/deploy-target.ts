/** One target of code deployments, with the calls by which Slipway plans, sends and follows an update. */
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

/** Every call throws its failure as data (`model/failure`) and stops when `signal` aborts. */
export interface DeployTarget {
  readonly kind: TargetKind;
  /** Outermost first. */
  readonly path: readonly string[];
  /**
   * True if the service refuses a request that was prepared from an outdated read of the target. The last
   * {@link DeployTarget.look} before the request then need not wait until the zip is in S3.
   */
  readonly refusesStale?: true;
  /** Reads everything that a plan needs. @throws where the target itself cannot be read; other parts may be unknown */
  read(signal: AbortSignal): Promise<TargetReading>;
  /** Reads only the target itself, as is done right before a request. */
  look(signal: AbortSignal): Promise<TargetState>;
  /**
   * Polls a sent update once. There are five results: the update goes on (with `progressFacts` where its
   * progress can be counted); it is live (with `SET_ALONE` where nothing is running that could take the code);
   * it failed (with the reason found inside the target); somebody else changed the target; or the state is
   * unknown.
   */
  poll(update: FollowedUpdate, context: PollContext): Promise<Observation>;
  /**
   * Until `signal` aborts, calls `changed` as soon as a {@link DeployTarget.poll} may bring news, so that the
   * next poll comes sooner. Polls take place without a watch, too. Absent where the service does not report
   * changes by itself.
   */
  watch?(changed: () => void, signal: AbortSignal): Promise<void>;
  /**
   * The remaining requests of an update that waits for the user's click; absent where no update of the kind ever waits.
   */
  goOn?(update: FollowedUpdate, signal: AbortSignal): AsyncIterable<FurtherUpdate | Pause>;
}

export interface PollContext {
  /** The current time in epoch milliseconds, by which an answer is judged. */
  readonly now: () => number;
  readonly signal: AbortSignal;
  /** Awaited before each request of a poll except the first. */
  readonly nextRequest: () => Promise<void>;
}

/**
 * The result of one read of the target. Requests are prepared only from such a result, which keeps the values
 * that guard a request against later changes of the target, such as a `resourceVersion`.
 */
export interface TargetState {
  readonly configuration: CodeConfiguration;
  /**
   * The values on which a plan rests besides the configuration, by name: for example the uid, which
   * distinguishes a target from a later one of the same name. If the last look finds a changed value, nothing
   * is sent.
   */
  readonly restsOn?: RestsOn;
  /** Why the target takes no code now; absent where it takes code. */
  readonly notReady?: NotReady;
  /**
   * Facts besides the configuration that the ledger keeps from the last look, since {@link DeployTarget.poll}
   * needs them.
   */
  readonly facts: Facts;
  /**
   * Prepares a request that makes `next` the configuration, and that the service carries out at most once.
   * Sends nothing to the target. `zip`: the code in S3, for a kind whose request needs more than the location
   * of the code.
   */
  prepare(
    next: ConfigurationWithCode,
    strategy: string,
    zip: StoredBytes,
  ): PreparedUpdate | Promise<PreparedUpdate>;
}

/** A zip in S3. */
export interface StoredBytes {
  /** SHA-256 of the zip, hex. Reads the zip from S3 unless this deployment has just put it there. */
  sha256(): Promise<string>;
}

/**
 * Values on which a plan rests, by name, as plain data. If a text or a number among them has changed since
 * the plan, the user sees the earlier and the present value.
 */
export type RestsOn = Readonly<Record<string, Json>>;

/** An update that is ready to be sent, and has to be recorded before it is sent. */
export interface PreparedUpdate {
  /** The request that changes the configuration. Once it is sent, the operation is followed. */
  readonly request: SentRequest;
  /** @throws a refusal only if the service has certainly not carried the request out */
  send(signal: AbortSignal): Promise<Accepted>;
  /**
   * The further requests of the strategy after the service accepted the first one, such as those that delete
   * pods with earlier code. The iteration may wait for a state of the target, or pause for the user's click.
   * After a crash, Slipway does not send the remaining requests by itself, and a poll reports the
   * consequence.
   */
  further?(signal: AbortSignal): AsyncIterable<FurtherUpdate | Pause>;
  /**
   * True if the update cannot end without the requests of `further`: requests that a crash left unsent then
   * wait for the user's click.
   */
  readonly needsFurther?: boolean;
}

/** Nothing more is sent until the user's click. */
export interface Pause {
  /** The reason, as the ledger names it. */
  readonly pause: 'canary';
}

/** A further request, which has to be recorded before it is sent. */
export interface FurtherUpdate {
  readonly request: FurtherRequest;
  send(signal: AbortSignal): Promise<Accepted>;
}

/** A target as read for a plan. */
export interface TargetReading extends TargetState {
  /** The name that the user sees, such as `prod / rdb-1`. */
  readonly label: string;
  /** Ids of the strategies that are possible here, the gentlest first. */
  readonly strategies: readonly string[];
  /**
   * Strategies that are not possible here, each with the reason as a code that the kind defines; absent where
   * the kind gives no reasons.
   */
  readonly impossible?: readonly { readonly strategy: string; readonly why: string }[];
  /** The id of the strategy that is used for `wanted` if the user has chosen none. */
  automatic(wanted: CodeConfiguration): string;
  /**
   * The findings of the kind's own checks of a plan, which include a dry run where the service supports one.
   */
  checks(plan: PlanToCheck, signal: AbortSignal): OwnChecks | Promise<OwnChecks>;
  /**
   * The requests to the target, in order, as far as they are known before the upload.
   * @param versionComes true if the zip will be uploaded, and S3 will or may give it a version: the bucket
   * keeps versions, or it is not known whether it does
   */
  requests(next: ConfigurationWithCode, strategy: string, versionComes: boolean): readonly PlannedRequest[];
  /** Reads the target itself again. Other parts of the reading may be reused. */
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

/** The kind's own findings in groups; each group is shown with the common checks of the same subject. */
export interface OwnChecks {
  /** Findings about the place that takes the code. */
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
   * The readiness of the target, if the finding means that the target takes no code now or that deploy on save
   * should wait. `busy`: the target will be ready by itself.
   */
  readonly readiness?: Phase;
}

/** A request in the spelling of the service's model, before it is sent. */
export interface PlannedRequest {
  readonly service: string;
  readonly operation: string;
  readonly input: Readonly<Record<string, Json>>;
  /** Paths of members whose values are known only when the request is sent. */
  readonly later: readonly string[];
}
