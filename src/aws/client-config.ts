/**
 * The settings that all clients of the SDK share. Region, credentials and any configured endpoint are passed
 * in, so that the SDK does not look for them itself; its own chain of credential providers is not bundled.
 */
import { present } from '../model/present';
import { CheckingHandler } from './validation/checking-handler';

/** Keys of one AWS identity. */
export interface AwsKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

export interface ClientSettings {
  readonly region: string;
  /** Undefined: AWS's own endpoint for the service and region. */
  readonly endpoint: string | undefined;
  /** Called before each request. */
  readonly credentials: (signal: AbortSignal) => Promise<AwsKeys>;
  /** The variant of AWS's own endpoint; the plain endpoint when absent. */
  readonly variants?: EndpointVariants;
}

/** Which variants of AWS's own endpoints to use: FIPS endpoints, dual-stack endpoints, or those that are both. */
export interface EndpointVariants {
  readonly fips: boolean;
  readonly dualStack: boolean;
}

/**
 * The settings of a client. The SDK itself tries each request only once. `caller.ts` retries, because it can stop
 * between tries, creates bodies again, and works in the same way with both generations of the SDK.
 */
export function clientConfig({ region, endpoint, credentials, variants }: ClientSettings) {
  const own = endpoint === undefined ? variants : undefined;
  return {
    region,
    // The user's files are read in one place, `profile-files.ts`. The SDK would read them differently, and would
    // sometimes use the settings of another profile.
    profile: NO_PROFILE,
    ignoreConfiguredEndpointUrls: true,
    useFipsEndpoint: own?.fips ?? false,
    useDualstackEndpoint: own?.dualStack ?? false,
    // Both generations of the SDK keep credentials until shortly before they expire. Slipway keeps them in one place,
    // where they can be withdrawn, so it tells the SDK that they have already expired.
    credentials: async () => ({ ...(await credentials(NEVER)), expiration: new Date(0) }),
    maxAttempts: 1,
    retryMode: 'standard',
    defaultsMode: 'standard',
    // The older generation of the SDK has a handler that loses cancellations when two requests share a signal.
    requestHandler: new CheckingHandler(endpoint === undefined, {
      connectionTimeout: 10_000,
      socketTimeout: 60_000,
    }),
    logger: SILENT,
    ...present({ endpoint }),
  } as const;
}

/** A line break: no profile in a file can have this name. */
const NO_PROFILE = '\n';

/** Never aborts: the caller has already resolved the keys, so there is no wait that could be cancelled. */
const NEVER = new AbortController().signal;

/**
 * A logger that writes nothing: the SDK would write warnings to the console, but failures are thrown, and the
 * caller logs the requests.
 */
const SILENT = {
  trace: () => undefined,
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
