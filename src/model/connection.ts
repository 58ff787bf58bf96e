/** The destination of requests to AWS: the sandbox, or the account of a profile, in a region. */

export type ConnectionSource =
  | { readonly kind: 'sandbox' }
  | { readonly kind: 'profile'; readonly profile: string };

export interface Connection {
  /** Stable across restarts: `sandbox:us-east-1` or `profile:NAME:REGION`. */
  readonly id: string;
  readonly source: ConnectionSource;
  readonly region: string;
}

/** The owner of the credentials, from STS GetCallerIdentity. */
export interface Identity {
  /** Twelve digits. */
  readonly accountId: string;
  readonly arn: string;
}

export function connectionOf(source: ConnectionSource, region: string): Connection {
  const id = source.kind === 'sandbox' ? `sandbox:${region}` : `profile:${source.profile}:${region}`;
  return { id, source, region };
}

/**
 * The connection with an id, even if the user has removed the connection; undefined for a text that is not an
 * id.
 */
export function connectionFromId(id: string): Connection | undefined {
  const [, profile, region] = /^(?:sandbox|profile:(.+)):([a-z0-9-]+)$/s.exec(id) ?? [];
  if (region === undefined) return undefined;
  return connectionOf(profile === undefined ? { kind: 'sandbox' } : { kind: 'profile', profile }, region);
}
