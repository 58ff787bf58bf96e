/** Failures of requests to the Kubernetes API of an EKS cluster, as data. */

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
  /** The cluster has no endpoint: EKS is still creating the cluster, or could not create it. */
  | 'no-endpoint'
  /** The endpoint was not reached; it answers only inside the cluster's network. */
  | 'private-endpoint'
  /** The endpoint was not reached; it answers only the addresses in {@link KubernetesFailure.allowedFrom}. */
  | 'restricted-endpoint'
  /** The name of the endpoint's host cannot be resolved. */
  | 'unresolved'
  /** Nothing answers at the endpoint's address. */
  | 'no-route'
  /**
   * The endpoint's certificate cannot be trusted: for example, the cluster's own CA did not issue it, or it is
   * for another host.
   */
  | 'untrusted'
  /** The connection broke, or no more data arrived. */
  | 'broken'
  /**
   * Reads are answered but watches are not, as if a proxy held each answer back until the answer is complete.
   */
  | 'mute'
  /** The answer comes from a portal or a proxy and not from the API server, or lacks the required form. */
  | 'misshapen'
  | 'unauthorized'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  /**
   * The API server no longer has the requested state: the state at a resourceVersion, or the rest of a list.
   */
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
   * Reason of the Status body in Kubernetes' spelling, e.g. `NotFound`. If the answer has none: the error code
   * of Node or Slipway, or the HTTP status, e.g. `HTTP 502`. For `no-endpoint`: the cluster's status in EKS.
   */
  readonly code: string;
  /**
   * The words of the API server or, if it gives none, of Node or Slipway, with secrets masked. Shown
   * unchanged.
   */
  readonly message: string;
  readonly status?: number;
  /** `details.causes` of the Status body. */
  readonly causes?: readonly { readonly reason: string; readonly message: string }[];
  /** The address of the API in the request: `host:port`. */
  readonly host?: string;
  /** Issuer of the untrusted certificate, as named in the certificate. */
  readonly issuer?: string;
  /** For `restricted-endpoint`: the address ranges of the internet from which the endpoint can be reached. */
  readonly allowedFrom?: readonly string[];
  /** For a caller whom the cluster does not know: the facts that an administrator needs to grant access. */
  readonly access?: ClusterAccess;
  /** True if the same request may succeed later without anybody's action. */
  readonly passing: boolean;
  /**
   * False if the request was under way and no usable answer was read, so that the cluster may still have
   * carried the request out. A request that never left this machine counts as answered: it was certainly not
   * carried out.
   */
  readonly answered: boolean;
}

/** The facts that an administrator needs to create an access entry for a caller. */
export type ClusterAccess = {
  readonly clusterArn: string;
  /** `API`, `API_AND_CONFIG_MAP` or `CONFIG_MAP`; absent if EKS does not give the mode. */
  readonly authenticationMode?: string;
  /** ARN of the caller, from STS; absent if STS could not name the caller. */
  readonly caller?: string;
  /** The principal for an access entry; absent if the caller is not known or cannot have an access entry. */
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
