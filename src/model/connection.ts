/** A place from which AWS is asked: the sandbox, or a profile in a region. */

export type ConnectionSource =
  | { readonly kind: 'sandbox' }
  | { readonly kind: 'profile'; readonly profile: string };

export interface Connection {
  /** Stable across restarts: `sandbox:us-east-1` or `profile:NAME:REGION`. */
  readonly id: string;
  readonly source: ConnectionSource;
  readonly region: string;
}

/** Who the credentials belong to, from STS GetCallerIdentity. */
export interface Identity {
  /** Twelve digits. */
  readonly accountId: string;
  readonly arn: string;
}

export function connectionOf(source: ConnectionSource, region: string): Connection {
  const id = source.kind === 'sandbox' ? `sandbox:${region}` : `profile:${source.profile}:${region}`;
  return { id, source, region };
}
