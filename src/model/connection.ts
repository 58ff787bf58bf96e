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

/** The connection behind an id, also of one that the user has removed since; undefined for anything else. */
export function connectionFromId(id: string): Connection | undefined {
  const [, kind, rest = '', region = ''] = /^(sandbox|profile):(?:(.*):)?([a-z0-9-]+)$/s.exec(id) ?? [];
  if (kind === 'sandbox') return connectionOf({ kind: 'sandbox' }, region);
  return kind === 'profile' ? connectionOf({ kind: 'profile', profile: rest }, region) : undefined;
}
