/** EKS's description of a cluster: where its API is, and why it may refuse the caller or be unreachable. */

import { principalOf } from '../model/access-principal';
import { TtlCache } from '../model/cache';
import type { Clock } from '../model/clock';
import type { EksCluster } from '../model/eks';
import { failed } from '../model/failure';
import type { ClusterAccess, KubernetesFailure, KubernetesReason } from '../model/kubernetes-failure';
import { present } from '../model/present';
import { destinationOf, type EndpointOverrides, overrideOf } from './destination';
import type { Destination } from './exchange';
import type { ClusterAws } from './ports';

/** Milliseconds after which a cluster is described again: its access rules and its CA change rarely. */
const FRESH_MS = 10 * 60_000;

export interface AccessParts {
  readonly cluster: string;
  readonly clock: Clock;
  readonly overrides: () => EndpointOverrides;
  /** The result of {@link KubernetesHost.roleOf}. */
  readonly role: () => Promise<string | undefined>;
}

/** The description of one cluster, shared by its `interactive` and its `background` caller. */
export class ClusterDescription {
  private readonly known: TtlCache<EksCluster>;

  constructor(readonly parts: AccessParts) {
    this.known = new TtlCache(parts.clock, FRESH_MS);
  }

  async get(aws: ClusterAws, signal: AbortSignal): Promise<EksCluster> {
    const { cluster: name } = this.parts;
    const known = this.known.get(name);
    if (known !== undefined) return known;
    const cluster = await aws.eks.describeCluster(name, signal);
    this.known.set(name, cluster);
    return cluster;
  }

  /** Makes the next `get` describe the cluster again: the name may now belong to another cluster. */
  forget(): void {
    this.known.clear();
  }
}

const UNREACHED: ReadonlySet<KubernetesReason> = new Set(['unresolved', 'no-route']);
const STALE: ReadonlySet<KubernetesReason> = new Set(['unresolved', 'no-route', 'untrusted', 'unauthorized']);
const EVERYWHERE: ReadonlySet<string> = new Set(['0.0.0.0/0', '::/0']);

/** Access to one cluster with the credentials of one kind of caller. */
export class ClusterAccessReader {
  constructor(
    readonly aws: ClusterAws,
    private readonly description: ClusterDescription,
  ) {}

  /** @throws failure `no-endpoint`, or the failure of the request to EKS that describes the cluster */
  async destination(signal: AbortSignal): Promise<Destination> {
    const { cluster: name, overrides } = this.description.parts;
    const cluster = await this.description.get(this.aws, signal);
    const destination = destinationOf(cluster, overrideOf(overrides(), cluster.arn));
    if (destination !== undefined) return destination;
    this.description.forget();
    throw failed({
      kind: 'kubernetes',
      cluster: name,
      verb: 'get',
      resource: 'endpoint',
      reason: 'no-endpoint',
      code: cluster.status,
      message: cluster.status,
      // A cluster that could not be created never gets an endpoint.
      passing: cluster.phase !== 'failed',
      answered: true,
    });
  }

  /**
   * The error to throw for the failure, with the facts about the cause from EKS's description of the cluster.
   */
  async explained(failure: KubernetesFailure, signal: AbortSignal): Promise<Error> {
    const told = await this.told(failure, signal);
    if (STALE.has(failure.reason)) this.description.forget();
    return failed(told);
  }

  private async told(failure: KubernetesFailure, signal: AbortSignal): Promise<KubernetesFailure> {
    if (failure.reason === 'unauthorized') return { ...failure, access: await this.access(signal) };
    if (!UNREACHED.has(failure.reason)) return failure;
    const { api, arn } = await this.description.get(this.aws, signal);
    // Through a tunnel, the cluster's own network settings explain nothing.
    if (api === undefined || overrideOf(this.description.parts.overrides(), arn) !== undefined)
      return failure;
    if (!api.publicAccess) return { ...failure, reason: 'private-endpoint' };
    const ranges = api.publicAccessCidrs;
    if (failure.reason !== 'no-route' || ranges.length === 0 || ranges.some((one) => EVERYWHERE.has(one)))
      return failure;
    return { ...failure, reason: 'restricted-endpoint', allowedFrom: ranges };
  }

  private async access(signal: AbortSignal): Promise<ClusterAccess> {
    const { arn: clusterArn, authenticationMode } = await this.description.get(this.aws, signal);
    const base = { clusterArn, ...present({ authenticationMode }) };
    // If STS cannot name the caller, the failure still says how the cluster grants access.
    const caller = await this.aws.identities.whoAmI(signal).catch(() => undefined);
    if (caller === undefined) return base;
    const principal = principalOf(caller.arn, await this.description.parts.role());
    return { ...base, caller: caller.arn, ...present({ principal }) };
  }
}
