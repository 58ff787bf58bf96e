/** Failures between Slipway and the Kubernetes API of an EKS cluster, as data. */

/** A request in the terms of RBAC: an administrator needs these terms to allow the request. */
export interface KubernetesRequest {
  /** Name of the EKS cluster. */
  readonly cluster: string;
  /** `get`, `list`, `watch`, `create`, `patch`, `delete`. */
  readonly verb: string;
  /**
   * The resource with its subresource and, outside of the core group, with its API group: `pods/eviction`,
   * `poddisruptionbudgets.policy`.
   */
  readonly resource: string;
  readonly namespace?: string;
  /** Name of the object. */
  readonly name?: string;
}

/** Why a cluster refused a request, or why no usable answer came. */
export type KubernetesReason =
  /** The cluster has no endpoint: it is still being created, or creating it failed. */
  | 'no-endpoint'
  /** The endpoint was not reached; it answers only inside the cluster's network. */
  | 'private-endpoint'
  /** The endpoint was not reached; it answers only the addresses in {@link KubernetesFailure.allowedFrom}. */
  | 'restricted-endpoint'
  /** The name of the endpoint's host cannot be resolved. */
  | 'unresolved'
  /** Nothing answers at the endpoint's address. */
  | 'no-route'
  /** The endpoint's certificate was not issued by the cluster's own CA, or is for another host. */
  | 'untrusted'
  /** The connection broke, or no more data arrived. */
  | 'broken'
  /** Reads are answered but watches are not: a proxy holds each answer back until it is complete. */
  | 'mute'
  /** The answer comes from a portal or a proxy and not from the API server, or lacks the required form. */
  | 'misshapen'
  | 'unauthorized'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  /** The requested state has expired: a resourceVersion, or the rest of a list. */
  | 'expired'
  | 'invalid'
  | 'throttled'
  /** A PodDisruptionBudget does not allow the eviction. */
  | 'budget'
  | 'server'
  | 'other';

export interface KubernetesFailure extends KubernetesRequest {
  readonly kind: 'kubernetes';
  readonly reason: KubernetesReason;
  /**
   * Reason of the Status body in Kubernetes' spelling, e.g. `NotFound`. If the answer has none, Node's error
   * code or the HTTP status, e.g. `HTTP 502`.
   */
  readonly code: string;
  /** The API server's own words, shown unchanged. */
  readonly message: string;
  readonly status?: number;
  /** `details.causes` of the Status body. */
  readonly causes?: readonly { readonly reason: string; readonly message: string }[];
  /** The address of the API in the request: `host:port`. */
  readonly host?: string;
  /** Issuer of the untrusted certificate, as named in the certificate. */
  readonly issuer?: string;
  /** Address ranges that may reach the endpoint. */
  readonly allowedFrom?: readonly string[];
  /** For a caller whom the cluster does not know: the facts that an administrator needs to grant access. */
  readonly access?: ClusterAccess;
  /** True if the same request may succeed later without anybody's action. */
  readonly passing: boolean;
  /**
   * False if the request was under way and no answer was read, so that the cluster may still have carried it
   * out.
   */
  readonly answered: boolean;
}

/** The facts that an administrator needs to create an access entry for a caller. */
export type ClusterAccess = {
  readonly clusterArn: string;
  /** `API`, `API_AND_CONFIG_MAP` or `CONFIG_MAP`; absent if the mode could not be read. */
  readonly authenticationMode?: string;
  /** ARN of the caller, from STS; absent where STS could not be asked. */
  readonly caller?: string;
  /** The principal for an access entry; absent if the caller cannot have an access entry. */
  readonly principal?: AccessPrincipal;
};

/** A role or a user. */
export type AccessPrincipal = {
  /** The ARN in IAM; without the role's path if the path is not known. */
  readonly arn: string;
  /**
   * False if only the ARN of a role's session is known: that ARN does not contain the role's path, which access
   * entries need.
   */
  readonly pathKnown: boolean;
};
