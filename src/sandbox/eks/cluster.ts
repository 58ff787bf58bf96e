/** An EKS cluster in the sandbox, and its form in the API. */
import type { ClusterEndpoint } from '../kubernetes/api/api-servers';
import type { JsonObject } from '../protocols/operation';
import type { Addon } from './addons';
import type { Insight } from './insights';
import type { Nodegroup } from './nodegroup';
import { Concurrency, type EksUpdate } from './update';
import { versionNamed } from './versions';

export interface EksClusterFacts {
  readonly region: string;
  readonly name: string;
  readonly arn: string;
  readonly accountId: string;
  readonly version: string;
  readonly status: 'CREATING' | 'ACTIVE' | 'DELETING' | 'FAILED' | 'UPDATING' | 'PENDING';
  readonly supportType: 'STANDARD' | 'EXTENDED';
  readonly vpcId: string;
  readonly subnetIds: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  /** Epoch milliseconds. */
  readonly createdAt: number;
}

export class EksCluster {
  readonly nodegroups = new Map<string, Nodegroup>();
  readonly addons = new Map<string, Addon>();
  insights: readonly Insight[] = [];
  /**
   * The last upgrade; undefined if there was none, or if it was rolled back. `from`: the version before it;
   * `at`: simulated milliseconds since the sandbox started.
   */
  upgrade: { readonly from: string; readonly at: number } | undefined;
  /** Updates of the control plane. */
  readonly updates: EksUpdate[] = [];
  readonly nodegroupUpdates = new Concurrency();

  /** Makes the insights that EKS finds in the cluster; `refreshedAt` in epoch milliseconds. */
  inspect: (cluster: EksCluster, refreshedAt: number) => readonly Insight[] = () => [];

  constructor(public facts: EksClusterFacts) {}

  change(part: Partial<Pick<EksClusterFacts, 'status' | 'version'>>): void {
    this.facts = { ...this.facts, ...part };
  }

  /** @param upgrade undefined for a rollback. */
  moveTo(version: string, upgrade: EksCluster['upgrade'], now: number): void {
    this.change({ version });
    this.upgrade = upgrade;
    this.refreshInsights(now);
  }

  refreshInsights(refreshedAt: number): void {
    this.insights = this.inspect(this, refreshedAt);
  }

  /** @param autoMode whether EKS runs the nodes itself; see settings.ts. */
  description(autoMode: boolean, endpoint: ClusterEndpoint): JsonObject {
    const { facts } = this;
    const id = Buffer.from(facts.name).toString('hex').slice(0, 32).toUpperCase().padEnd(32, '0');
    return {
      name: facts.name,
      arn: facts.arn,
      createdAt: facts.createdAt / 1000,
      version: facts.version,
      endpoint: endpoint.url,
      roleArn: `arn:aws:iam::${facts.accountId}:role/eks-cluster-role`,
      resourcesVpcConfig: {
        subnetIds: facts.subnetIds,
        securityGroupIds: [],
        clusterSecurityGroupId: 'sg-0a1b2c3d4e5f60718',
        vpcId: facts.vpcId,
        endpointPublicAccess: true,
        endpointPrivateAccess: true,
        publicAccessCidrs: ['0.0.0.0/0'],
      },
      kubernetesNetworkConfig: {
        serviceIpv4Cidr: '172.20.0.0/16',
        ipFamily: 'ipv4',
        elasticLoadBalancing: { enabled: autoMode },
      },
      logging: { clusterLogging: [{ types: ['api', 'audit'], enabled: true }] },
      identity: { oidc: { issuer: `https://oidc.eks.${facts.region}.amazonaws.com/id/${id}` } },
      status: facts.status,
      certificateAuthority: { data: Buffer.from(endpoint.authority).toString('base64') },
      platformVersion: versionNamed(facts.version)?.platform,
      tags: Object.keys(facts.tags).length > 0 ? facts.tags : undefined,
      health: { issues: [] },
      computeConfig: { enabled: autoMode },
      storageConfig: { blockStorage: { enabled: autoMode } },
      accessConfig: { authenticationMode: 'API_AND_CONFIG_MAP' },
      upgradePolicy: { supportType: facts.supportType },
      deletionProtection: false,
    };
  }
}

/** All EKS clusters of all regions. */
export class EksClusters {
  private readonly all: EksCluster[] = [];
  readonly nodegroupUpdates = new Concurrency();

  add(cluster: EksCluster): void {
    this.all.push(cluster);
  }

  everywhere(): readonly EksCluster[] {
    return this.all;
  }

  list(region: string): readonly EksCluster[] {
    return this.all.filter(({ facts }) => facts.region === region);
  }

  find(region: string, name: string): EksCluster | undefined {
    return this.list(region).find(({ facts }) => facts.name === name);
  }
}
