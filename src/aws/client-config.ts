/** What all clients of the SDK have in common. Whoever makes one gives region, endpoint and credentials: no default is bundled. */
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
  /** Undefined: AWS's own for service and region. */
  readonly endpoint: string | undefined;
  /** Asked before each request. */
  readonly credentials: (signal: AbortSignal) => Promise<AwsKeys>;
  /** Which of AWS's own endpoints is asked; the plain one when absent. */
  readonly variants?: EndpointVariants;
}

/** AWS's own endpoints of a special kind. */
export interface EndpointVariants {
  readonly fips: boolean;
  readonly dualStack: boolean;
}

/**
 * The SDK itself tries once: `caller.ts` tries again, because it can stop in between, makes bodies anew and treats
 * both generations of the SDK alike.
 */
export function clientConfig({ region, endpoint, credentials, variants }: ClientSettings) {
  const own = endpoint === undefined ? variants : undefined;
  return {
    region,
    // The files are read in one place. The SDK would read them in a way of its own, and not always this profile of them.
    profile: NO_PROFILE,
    ignoreConfiguredEndpointUrls: true,
    useFipsEndpoint: own?.fips ?? false,
    useDualstackEndpoint: own?.dualStack ?? false,
    // Both generations of the SDK keep credentials until shortly before they expire. Ours are kept in one place, from
    // which they can be withdrawn, so here they pass for expired.
    credentials: async () => ({ ...(await credentials(NEVER)), expiration: new Date(0) }),
    maxAttempts: 1,
    retryMode: 'standard',
    defaultsMode: 'standard',
    // FinSpace's client brings an older handler, which loses cancellations when two requests share a signal.
    requestHandler: new CheckingHandler(endpoint === undefined, {
      connectionTimeout: 10_000,
      socketTimeout: 60_000,
    }),
    logger: SILENT,
    ...present({ endpoint }),
  } as const;
}

/** No section's name goes on over a line's end. */
const NO_PROFILE = '\n';

/** The caller has made sure of the keys already; nobody waits here. */
const NEVER = new AbortController().signal;

/** Failures are thrown and requests are logged by the caller; the SDK would write warnings to the console. */
const SILENT = {
  trace: () => undefined,
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
