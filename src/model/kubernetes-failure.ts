/** What went wrong between Slipway and the Kubernetes API of an EKS cluster, as data. */

/** A request as RBAC tells it, which is what an administrator can allow. */
export interface KubernetesRequest {
  /** Name of the EKS cluster. */
  readonly cluster: string;
  /** `get`, `list`, `watch`, `create`, `patch`, `delete`. */
  readonly verb: string;
  /** With its API group unless that is the core, and with the subresource: `pods/eviction`, `poddisruptionbudgets.policy`. */
  readonly resource: string;
  readonly namespace?: string;
  /** Of the object. */
  readonly name?: string;
}

/** One reason for every way in which a cluster refuses or does not answer. */
export type KubernetesReason =
  /** The cluster has no endpoint: it is being made, or fails to be. */
  | 'no-endpoint'
  /** Not reached, and the endpoint answers only from inside of the cluster's network. */
  | 'private-endpoint'
  /** Not reached, and the endpoint answers only some addresses, {@link KubernetesFailure.allowedFrom}. */
  | 'restricted-endpoint'
  /** Its name is not known. */
  | 'unresolved'
  /** Nothing answers at its address. */
  | 'no-route'
  /** Its certificate is not one of the cluster's own CA, or is for another host. */
  | 'untrusted'
  /** The connection broke, or fell silent. */
  | 'broken'
  /** Reads are answered and watches stay mute: something on the way keeps what it is sent until the end. */
  | 'mute'
  /** Something else answers, such as the page of a portal or a proxy, or the answer is not of the form that it should have. */
  | 'misshapen'
  | 'unauthorized'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  /** What was asked for has expired: a resourceVersion, the rest of a list. */
  | 'expired'
  | 'invalid'
  | 'throttled'
  /** A PodDisruptionBudget lets the pod not go. */
  | 'budget'
  | 'server'
  | 'other';

export interface KubernetesFailure extends KubernetesRequest {
  readonly kind: 'kubernetes';
  readonly reason: KubernetesReason;
  /** Reason of the Status body as Kubernetes spells it, e.g. `NotFound`; without one Node's code, or `HTTP 502`. */
  readonly code: string;
  /** The API server's own words, shown as they are. */
  readonly message: string;
  readonly status?: number;
  /** `details.causes` of the Status body. */
  readonly causes?: readonly { readonly reason: string; readonly message: string }[];
  /** Where the API was asked: `host:port`. */
  readonly host?: string;
  /** Who signed the certificate that was not trusted, as the certificate says it. */
  readonly issuer?: string;
  /** Address ranges that the endpoint answers. */
  readonly allowedFrom?: readonly string[];
  /** Of a caller whom the cluster does not know: what an administrator needs to know to let him in. */
  readonly access?: ClusterAccess;
  /** True when the same request may succeed later without anybody changing anything. */
  readonly passing: boolean;
  /** False when the request was under way and no answer was read, so that it may have been carried out all the same. */
  readonly answered: boolean;
}

/** What it takes to make an access entry for a caller. */
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
  /** As IAM has it; where the path is not known, without one. */
  readonly arn: string;
  /** False: the ARN of a session does not tell in which path its role lies, and access entries need that. */
  readonly pathKnown: boolean;
};
