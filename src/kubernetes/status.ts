/** The Status object with which a Kubernetes API says what went wrong. */
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

/** What {@link shape} holds a Status to. */
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

/** Undefined for what is no Status. */
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

/** The Status in a text; undefined for what is none. */
export function statusIn(body: string): Status | undefined {
  try {
    return statusOf(JSON.parse(body));
  } catch {
    return undefined;
  }
}
