/** Opens this room as the extension does, with an AWS that knows one cluster. */
import { createKubernetes } from '../../src/kubernetes';
import type { CallerKind, ClusterClient, KubernetesHost, RequestEntry } from '../../src/kubernetes/contract';
import { type Clock, systemClock } from '../../src/model/clock';
import { connectionOf } from '../../src/model/connection';
import type { ClusterEndpoint, EksCluster } from '../../src/model/eks';

export const CLUSTER_ARN = 'arn:aws:eks:eu-west-1:111122223333:cluster/trading';
const CONNECTION = connectionOf({ kind: 'profile', profile: 'p' }, 'eu-west-1');

export interface OpenedCluster extends ClusterClient {
  readonly entries: readonly RequestEntry[];
  /** When each token was signed: epoch milliseconds as they were asked for. */
  readonly signedAt: readonly number[];
  /** How often EKS was asked for the cluster. */
  described(): number;
  /** What EKS says of the cluster from now on. */
  describe(change: Partial<EksCluster>): void;
  close(): void;
}

export interface OpenParts {
  readonly api: Pick<ClusterEndpoint, 'url' | 'certificateAuthority'> & Partial<ClusterEndpoint>;
  readonly clock?: Clock;
  readonly overrides?: Readonly<Record<string, unknown>>;
  readonly callerArn?: string;
  readonly roleArn?: string;
  readonly authenticationMode?: string;
  readonly sign?: (cluster: string, at: number, kind: CallerKind) => string;
}

export function openTestCluster({
  api,
  clock = systemClock,
  overrides = {},
  callerArn = 'arn:aws:sts::111122223333:assumed-role/Deployer/someone',
  roleArn,
  authenticationMode = 'API',
  sign = (_, at) => `token-of-${at}`,
}: OpenParts): OpenedCluster {
  let cluster: EksCluster = {
    name: 'trading',
    arn: CLUSTER_ARN,
    version: '1.33',
    status: 'ACTIVE',
    phase: 'ready',
    subnetIds: [],
    tags: {},
    health: [],
    authenticationMode,
    api: { publicAccess: true, privateAccess: false, publicAccessCidrs: ['0.0.0.0/0'], ...api },
  };
  let described = 0;
  const signedAt: number[] = [];
  const entries: RequestEntry[] = [];
  const host: KubernetesHost = {
    clock,
    onRequest: (entry) => void entries.push(entry),
    overrides: () => overrides,
    roleOf: async () => roleArn,
    aws: async (_, kind) => ({
      clusterTokens: {
        sign: async (name, at) => {
          signedAt.push(at);
          return sign(name, at, kind);
        },
      },
      eks: {
        describeCluster: async () => {
          described += 1;
          return cluster;
        },
      },
      identities: { whoAmI: async () => ({ accountId: '111122223333', arn: callerArn }) },
    }),
  };
  const kubernetes = createKubernetes(host);
  return {
    ...kubernetes.cluster(CONNECTION, 'trading'),
    entries,
    signedAt,
    described: () => described,
    describe: (change) => {
      cluster = { ...cluster, ...change };
    },
    close: () => kubernetes.dispose(),
  };
}
