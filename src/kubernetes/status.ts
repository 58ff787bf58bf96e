/** The Status object, by which a Kubernetes API reports an error. */
import { list, maybe, members, text } from '../model/shape';

export interface Status {
  readonly code?: number;
  readonly reason: string;
  readonly message: string;
  readonly causes: readonly { readonly reason: string; readonly message: string }[];
  readonly retryAfterSeconds?: number;
}

const shape = members({
  reason: maybe(text),
  message: maybe(text),
  details: maybe(members({ causes: maybe(list(members({ reason: maybe(text), message: maybe(text) }))) })),
});

/** A Status that has the {@link shape}. */
interface StatusBody {
  readonly kind?: unknown;
  readonly code?: unknown;
  readonly reason?: string;
  readonly message?: string;
  readonly details?: {
    readonly causes?: readonly { readonly reason?: string; readonly message?: string }[];
    readonly retryAfterSeconds?: unknown;
  };
}

/** Undefined for a value that is not a Status. */
export function statusOf(value: unknown): Status | undefined {
  if (!(value instanceof Object) || Reflect.get(value, 'kind') !== 'Status') return undefined;
  if (shape(value, '') !== undefined) return undefined;
  const { code, reason = '', message = '', details } = value as StatusBody;
  const retryAfterSeconds = details?.retryAfterSeconds;
  return {
    reason,
    message,
    causes: (details?.causes ?? []).map((cause) => ({
      reason: cause.reason ?? '',
      message: cause.message ?? '',
    })),
    ...(typeof code === 'number' && { code }),
    ...(typeof retryAfterSeconds === 'number' && { retryAfterSeconds }),
  };
}

/** The Status in a JSON text; undefined for any other text. */
export function statusIn(body: string): Status | undefined {
  try {
    return statusOf(JSON.parse(body));
  } catch {
    return undefined;
  }
}

/**
 * The maximum wait in milliseconds, before jitter. An API server asks for a few seconds; a longer wait
 * than this must be a mistake, for example by a proxy.
 */
const LONGEST_MS = 60_000;
/** At random, up to this fraction is added to a wait, so that throttled requests are not all retried at once. */
const JITTER = 0.25;

/**
 * The wait that the answer asks for, in milliseconds with jitter; 0 if neither the header nor the body
 * gives a time. The header takes precedence; if it is not a number of seconds, the result is 0.
 * @see https://kubernetes.io/docs/concepts/cluster-administration/flow-control/
 */
export function retryAfterMs(header: string | undefined, said: Status | undefined): number {
  const seconds = Number(header ?? said?.retryAfterSeconds ?? 0);
  if (!Number.isFinite(seconds) || seconds <= 0) return 0;
  return Math.min(LONGEST_MS, seconds * 1000) * (1 + Math.random() * JITTER);
}
