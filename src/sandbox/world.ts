/** The state of the sandbox's AWS. `services.ts` makes the services, which answer requests from this state. */
import { LaunchTemplates } from './ec2/launch-templates';
import { Subnets } from './ec2/subnets';
import { EksClusters } from './eks/cluster';
import { NodegroupUpdates } from './eks/nodegroup-updates';
import { CodeUpdater } from './finspace/code-update';
import { KdbEnvironments } from './finspace/environment';
import type { ClusterEndpoint } from './kubernetes/api/api-servers';
import { AuditLog } from './kubernetes/audit-log';
import { KubernetesClusters } from './kubernetes/cluster-api';
import { Outages } from './kubernetes/outages';
import { LogStore } from './logs/log-store';
import { NodeReplacer } from './nodes/node-replacer';
import type { ObjectStore } from './s3/store';
import type { SandboxClock } from './sandbox-service';
import { beginCluster } from './seed/kubernetes/begin-cluster';
import { SandboxSettings } from './settings';
import { Timeline } from './timeline';

export interface WorldOptions {
  readonly clock: SandboxClock;
  /** Buckets and objects: kdb clusters and Kubernetes pods read code from them, and the seed writes them. */
  readonly objects: ObjectStore;
  /** The region that gets most of the seed. */
  readonly region: string;
  readonly accountId: string;
  /** The endpoint of the Kubernetes API of the EKS cluster with that ARN. */
  readonly endpointOf: (arn: string) => Promise<ClusterEndpoint>;
}

export interface World extends WorldOptions {
  readonly settings: SandboxSettings;
  readonly timeline: Timeline;
  readonly logs: LogStore;
  readonly environments: KdbEnvironments;
  readonly codeUpdates: CodeUpdater;
  readonly clusters: EksClusters;
  readonly nodegroupUpdates: NodegroupUpdates;
  /** The Kubernetes cluster of each EKS cluster. */
  readonly kubernetes: KubernetesClusters;
  readonly nodes: NodeReplacer;
  readonly audit: AuditLog;
  readonly outages: Outages;
  readonly templates: LaunchTemplates;
  readonly subnets: Subnets;
}

/** Makes the state of an AWS in which nothing exists yet, apart from the objects of `options`. */
export function emptyWorld(options: WorldOptions): World {
  const { clock } = options;
  const settings = new SandboxSettings();
  const timeline = new Timeline(clock);
  const logs = new LogStore(clock);
  const clusters = new EksClusters();
  const templates = new LaunchTemplates();
  const subnets = new Subnets();
  const kubernetes = new KubernetesClusters(timeline, (cluster) => {
    const eks = clusters.everywhere().find(({ facts }) => facts.arn === cluster.identity.arn);
    if (eks) beginCluster(cluster, eks, { subnets, templates, objects: options.objects });
  });
  const audit = new AuditLog(logs);
  const nodes = new NodeReplacer({ kubernetes, audit, subnets, templates });
  return {
    ...options,
    settings,
    timeline,
    logs,
    environments: new KdbEnvironments(),
    codeUpdates: new CodeUpdater({ ...options, settings, timeline, logs }),
    clusters,
    nodegroupUpdates: new NodegroupUpdates({ clock, timeline, settings, clusters, nodes }),
    nodes,
    kubernetes,
    audit,
    outages: new Outages(clock),
    templates,
    subnets,
  };
}
