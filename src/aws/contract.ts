/** The interface of this room and of its host: types alone, since the code is loaded on first use. */
import type { FinSpace } from '../deploy/finspace/ports';
import type { Identities, Logs, ObjectStore } from '../deploy/ports';
import type { ClusterTokens } from '../kubernetes/ports';
import type { Clock } from '../model/clock';
import type { Connection } from '../model/connection';
import type { ServiceName } from '../model/failure';
import type { Compute, Eks, ImageParameters } from '../nodegroup/ports';

/**
 * A profile of the shared AWS files. Credentials that the environment itself brings are listed as `default`, unless a
 * file says where the credentials of `default` come from.
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

/** One request that was answered or given up, for the log. Names what it was about, never what was in it. */
export interface RequestEntry {
  readonly connectionId: string;
  readonly service: ServiceName;
  /** As the AWS model spells it. */
  readonly operation: string;
  /** `environment/cluster`, `s3://bucket/key`, …; empty for a list of everything. */
  readonly resource: string;
  /** Which try of the same call this was, from 1. */
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
  /** `process.env` itself: the SDK's own providers read the variables of the process. */
  readonly env: Environment;
  /** Absolute path of the file through which all windows of one user find one sandbox. */
  readonly sandboxFile: string;
  /** Absolute path of the sandbox's program. */
  readonly sandboxProgram: string;
  /** Program that runs `sandboxProgram`; `process.execPath` when absent. */
  readonly nodePath?: string;
  /** False: a sandbox that does not run is not started, and asking for it fails with `sandbox-not-running`. */
  readonly mayStartSandbox: boolean;
  /** How many minutes a sandbox that is started here stays without requests; 15 when absent, at least 2. */
  readonly sandboxIdleMinutes?: () => number;
  /** Resolves a host's name, rejects when there is none. `dns.lookup` when absent. */
  readonly lookup?: (hostname: string) => Promise<unknown>;
}

/** The services for one kind of caller. */
export interface AwsPorts {
  readonly finspace: FinSpace;
  readonly objects: ObjectStore;
  /** Amazon S3 in another region, for a bucket that lies there. */
  readonly objectsIn: (region: string) => ObjectStore;
  readonly identities: Identities;
  readonly clusterTokens: ClusterTokens;
  readonly logs: Logs;
  readonly eks: Eks;
  readonly images: ImageParameters;
  readonly compute: Compute;
}

/**
 * One connection's services, for three kinds of callers. `interactive` is for what a user waits for: kept within a
 * rate, three tries each. `background` shares that rate, and leaves enough of it that no user waits for its requests.
 * `following` is for callers that keep a rate of their own: passed on at once, one try each, and nobody is asked for a
 * code (credentials failure `mfa` instead).
 */
export interface AwsSession {
  readonly connection: Connection;
  readonly interactive: AwsPorts;
  readonly background: AwsPorts;
  readonly following: AwsPorts;
}

/** A sandbox that runs. */
export interface SandboxInfo {
  /** `http://127.0.0.1:PORT`. */
  readonly url: string;
  readonly pid: number;
  /** Its home region. */
  readonly region: string;
  /** Value of the `x-sandbox-token` header that its control plane asks for. */
  readonly controlToken: string;
}

/** Absolute paths of the shared files of AWS, whether they are there or not. */
export interface SharedFiles {
  readonly config: string;
  readonly credentials: string;
}

export interface Aws {
  sharedFiles(): SharedFiles;
  /** The profiles, sorted by name. `refresh`: reads the files again even if they were read before. */
  profiles(refresh: boolean): Promise<readonly ProfileInfo[]>;
  /**
   * The session of a connection. Cheap when there is one already, so ask for it each time rather than keep it: a
   * session whose sandbox has ended is replaced. Opening a session sends nothing to AWS.
   */
  session(connection: Connection): Promise<AwsSession>;
  /**
   * Whether a request would go out without a log-in, a code or a credential process. Ask this before asking AWS on a
   * schedule.
   */
  isReady(connection: Connection): Promise<boolean>;
  /** Resolves a connection's credentials as a request of a waiting user does: asks for a code if need be. */
  signIn(connection: Connection, signal: AbortSignal): Promise<void>;
  /** Forgets a connection's session and its credentials; the next session reads the profile files again. */
  forget(connectionId: string): void;
  /** The sandbox, started if need be. @throws refused `sandbox-not-running`, `sandbox-not-started`. */
  sandbox(signal: AbortSignal): Promise<SandboxInfo>;
  /** Closes all connections and stops keeping the sandbox awake. */
  dispose(): void;
}

/** The variables of a process's environment, by name. */
export type Environment = Readonly<Record<string, string | undefined>>;
