/** What went wrong between Slipway and the Kubernetes API of an EKS cluster, as data. */

/** A request in the terms of RBAC, in which an administrator allows it. */
export interface KubernetesRequest {
  /** Name of the EKS cluster. */
  readonly cluster: string;
  /** `get`, `list`, `watch`, `create`, `patch`, `delete`. */
  readonly verb: string;
  /**
   * With its API group, except for the core group, and with its subresource: `pods/eviction`,
   * `poddisruptionbudgets.policy`.
   */
  readonly resource: string;
  readonly namespace?: string;
  /** Name of the object. */
  readonly name?: string;
}

/** One reason for every way in which a cluster refuses or does not answer. */
export type KubernetesReason =
  /** The cluster has no endpoint: it is still being made, or making it failed. */
  | 'no-endpoint'
  /** The endpoint was not reached; it answers only from inside of the cluster's network. */
  | 'private-endpoint'
  /** The endpoint was not reached; it answers only some addresses, {@link KubernetesFailure.allowedFrom}. */
  | 'restricted-endpoint'
  /** The name of the endpoint's host cannot be resolved. */
  | 'unresolved'
  /** Nothing answers at the endpoint's address. */
  | 'no-route'
  /** The endpoint's certificate is not one of the cluster's own CA, or is for another host. */
  | 'untrusted'
  /** The connection broke, or nothing more came over it. */
  | 'broken'
  /** Reads are answered but watches stay silent: a proxy on the way holds each answer back until it is complete. */
  | 'mute'
  /**
   * The answer is not the API server's: it comes from a portal or a proxy, or does not have the form that it should.
   */
  | 'misshapen'
  | 'unauthorized'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  /** What was asked for has expired: a resourceVersion, the rest of a list. */
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
   * Reason of the Status body as Kubernetes spells it, e.g. `NotFound`; where there is none, Node's code or `HTTP 502`.
   */
  readonly code: string;
  /** The API server's own words, shown as they are. */
  readonly message: string;
  readonly status?: number;
  /** `details.causes` of the Status body. */
  readonly causes?: readonly { readonly reason: string; readonly message: string }[];
  /** Where the API was asked: `host:port`. */
  readonly host?: string;
  /** Issuer of the certificate that was not trusted, as the certificate names it. */
  readonly issuer?: string;
  /** Address ranges that the endpoint answers. */
  readonly allowedFrom?: readonly string[];
  /** For a caller whom the cluster does not know: what an administrator needs to know to give access. */
  readonly access?: ClusterAccess;
  /** True when the same request may succeed later without anybody changing anything. */
  readonly passing: boolean;
  /** False when the request was under way and no answer was read, so that it may have been carried out all the same. */
  readonly answered: boolean;
}

/** The facts that an access entry for a caller is made of. */
export type ClusterAccess = {
  readonly clusterArn: string;
  /** `API`, `API_AND_CONFIG_MAP`, `CONFIG_MAP`; absent where it could not be read. */
  readonly authenticationMode?: string;
  /** ARN of the caller as STS tells it; absent where STS could not be asked. */
  readonly caller?: string;
  /** What an access entry is made for; absent where there can be none for such a caller. */
  readonly principal?: AccessPrincipal;
};

/** A role or a user. */
export type AccessPrincipal = {
  /** As IAM has it; without a path where that is not known. */
  readonly arn: string;
  /**
   * False for a role that is known from the ARN of a session alone: that ARN leaves out the role's path, which access
   * entries need.
   */
  readonly pathKnown: boolean;
};
