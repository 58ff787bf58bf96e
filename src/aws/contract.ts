/** The interfaces between `src/aws` and its host: only types, since the code is loaded on first use. */
import type { FinSpace } from '../deploy/finspace/ports';
import type { Identities, Logs, ObjectStore } from '../deploy/ports';
import type { ClusterTokens } from '../kubernetes/ports';
import type { Clock } from '../model/clock';
import type { Connection } from '../model/connection';
import type { ServiceName } from '../model/failure';
import type { Compute, Eks, ImageParameters } from '../nodegroup/ports';

/**
 * A profile of the shared AWS files. Credentials from the environment are listed as `default`, unless a file
 * defines where the credentials of `default` come from.
 */
export interface ProfileInfo {
  readonly name: string;
  readonly region?: string;
  /** Name of the `sso-session`, or the start URL of a profile without one. */
  readonly sso?: string;
  /** ARN of the role that the profile assumes. */
  readonly role?: string;
  readonly sources: readonly ('config' | 'credentials' | 'environment')[];
}

/**
 * One request that has ended, with or without an answer, for the log. Names the requested resource, but holds
 * none of the data that were sent or received.
 */
export interface RequestEntry {
  readonly connectionId: string;
  readonly service: ServiceName;
  /** Name of the operation in the AWS model's spelling. */
  readonly operation: string;
  /**
   * `environment/cluster`, `s3://bucket/key`, …; empty if the request names no resource, as for a list of all
   * clusters.
   */
  readonly resource: string;
  /** The number of the try within its call, counted from 1. */
  readonly attempt: number;
  readonly durationMs: number;
  readonly status?: number;
  readonly requestId?: string;
  /** The error's name; absent on success. */
  readonly error?: string;
}

export interface MfaRequest {
  readonly profile: string;
  /** Serial number or ARN of the device. */
  readonly serial: string;
}

export interface AwsHost {
  /** Asks for the code of an MFA device. Rejects when the user dismisses the question or `signal` is aborted. */
  mfaCode(request: MfaRequest, signal: AbortSignal): Promise<string>;
  onRequest(entry: RequestEntry): void;
  readonly clock: Clock;
  /** Must be `process.env` itself, since the SDK's own providers read their variables from there. */
  readonly env: Environment;
  /** Absolute path of the file through which all windows of one user find the same sandbox. */
  readonly sandboxFile: string;
  /** Absolute path of the sandbox's program. */
  readonly sandboxProgram: string;
  /** Program that runs `sandboxProgram`; `process.execPath` when absent. */
  readonly nodePath?: string;
  /** False: a sandbox that is not running is not started, and a request for it fails with `sandbox-not-running`. */
  readonly mayStartSandbox: boolean;
  /**
   * Returns a number of minutes: a sandbox started here ends after that time without requests. 15 when absent;
   * other values are limited to the range from 2 to 1440.
   */
  readonly sandboxIdleMinutes?: () => number;
  /** Resolves a host name; rejects if the name does not exist. `dns.lookup` when absent. */
  readonly lookup?: (hostname: string) => Promise<unknown>;
}

/** The services for one kind of caller. */
export interface AwsPorts {
  readonly finspace: FinSpace;
  readonly objects: ObjectStore;
  /** Amazon S3 in the given region, for buckets there. */
  readonly objectsIn: (region: string) => ObjectStore;
  readonly identities: Identities;
  readonly clusterTokens: ClusterTokens;
  readonly logs: Logs;
  readonly eks: Eks;
  readonly images: ImageParameters;
  readonly compute: Compute;
}

/**
 * One connection's services, for three kinds of callers. `interactive` is for requests that a user waits for:
 * rate-limited, with three tries each. `background` has three tries, too, and shares that rate, but
 * `interactive` requests go first and have a part of the burst to themselves. `following` is for callers with
 * their own rate limit: its requests are sent at once, with one try each (a second one only after a signature
 * was refused because of its time), and never ask for a code (credentials failure `mfa` instead).
 */
export interface AwsSession {
  readonly connection: Connection;
  readonly interactive: AwsPorts;
  readonly background: AwsPorts;
  readonly following: AwsPorts;
}

/** A running sandbox. */
export interface SandboxInfo {
  /** `http://127.0.0.1:PORT`. */
  readonly url: string;
  readonly pid: number;
  /** The sandbox's home region. */
  readonly region: string;
  /** Value of the `x-sandbox-token` header that the sandbox's control plane requires. */
  readonly controlToken: string;
}

/**
 * Paths of AWS's shared files, whether or not the files exist. A path from an environment variable may be
 * relative or empty; otherwise the paths are absolute.
 */
export interface SharedFiles {
  readonly config: string;
  readonly credentials: string;
}

export interface Aws {
  sharedFiles(): SharedFiles;
  /** The profiles, sorted by name. `refresh`: reads the files again even if they were already read. */
  profiles(refresh: boolean): Promise<readonly ProfileInfo[]>;
  /**
   * The session of a connection. Callers should ask for the session each time and not keep it, since a session
   * whose sandbox has ended is replaced; asking is cheap once the session is open. Opening a session sends
   * nothing to AWS.
   */
  session(connection: Connection): Promise<AwsSession>;
  /**
   * True if the connection's session is open and its keys are at hand: a request then needs no log-in, code or
   * credential process. Callers check this before they poll AWS.
   */
  isReady(connection: Connection): Promise<boolean>;
  /** Resolves a connection's credentials as a user's own request does: asks for a code if necessary. */
  signIn(connection: Connection, signal: AbortSignal): Promise<void>;
  /** Drops a connection's session and its credentials; the next session reads the profile files again. */
  forget(connectionId: string): void;
  /** The sandbox, which is started if necessary. @throws refused `sandbox-not-running`, `sandbox-not-started` */
  sandbox(signal: AbortSignal): Promise<SandboxInfo>;
  /** Closes all sessions and stops keeping the sandbox awake. No session opens after that. */
  dispose(): void;
}

/** The variables of a process's environment, by name. */
export type Environment = Readonly<Record<string, string | undefined>>;
