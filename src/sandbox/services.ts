/**
 * Everything in the sandbox's AWS except S3: its services, its settings, and the functions behind the
 * requests to `/_sandbox/settings`, `/_sandbox/state` and `/_sandbox/foreign`.
 */
import { ec2Service } from './ec2/ec2-service';
import { eksService } from './eks/eks-service';
import { finspaceService } from './finspace/finspace-service';
import { actForeign } from './foreign';
import type { ServedCluster } from './kubernetes/api/call';
import { logsService } from './logs/logs-service';
import type { SandboxService } from './sandbox-service';
import { seed } from './seed/seed';
import type { SandboxSettings } from './settings';
import { ssmService } from './ssm/ssm-service';
import { type SandboxState, stateOf } from './state';
import { callerArn, stsService } from './sts/sts-service';
import { emptyWorld, type World, type WorldOptions } from './world';

/** The sandbox's AWS except S3. A reset replaces this object by a new one with a new object store. */
export interface AwsServices {
  /** FinSpace, EKS, STS, SSM, EC2 and CloudWatch Logs. */
  readonly services: readonly SandboxService[];
  /** `POST /_sandbox/settings` calls `settings.change`. */
  readonly settings: SandboxSettings;
  /** Fills the world and the object store with the sample shop; call it once, right after construction. */
  seed(): void;
  /** Carries out the events that are due. */
  settle(): void;
  /**
   * Everything that the API server of the EKS cluster with that ARN needs to answer requests; undefined if
   * there is no such cluster.
   */
  served(arn: string): ServedCluster | undefined;
  /** Whether the API server of the EKS cluster with that ARN cannot be reached at present. */
  isGone(arn: string): boolean;
  /** ARNs of all EKS clusters. */
  clusterArns(): readonly string[];
  /**
   * The answer of `GET /_sandbox/state`: clusters, node groups and workloads, with the updates of kdb
   * clusters and node groups.
   */
  state(): SandboxState;
  /**
   * `POST /_sandbox/foreign`: makes a change as another user or AWS would; `foreign.ts` lists the kinds of
   * change.
   * @returns the problems of the action; empty if it was carried out
   */
  foreign(action: unknown): Promise<readonly string[]>;
}

/** An empty AWS that uses the given clock and object store. */
export function createServices(options: WorldOptions): AwsServices {
  const world = emptyWorld(options);
  return {
    services: [
      finspaceService(world.environments, world.codeUpdates, world),
      eksService(world.nodegroupUpdates, world),
      stsService(world.accountId),
      ssmService(world.clock.now()),
      ec2Service(world),
      logsService(world),
    ],
    settings: world.settings,
    seed: () => seed(world),
    settle: () => world.timeline.settle(),
    served: (arn) => servedCluster(world, arn),
    isGone: (arn) => world.outages.isGone(arn),
    clusterArns: () => world.clusters.everywhere().map(({ facts }) => facts.arn),
    state: () => stateOf(world),
    foreign: (action) => actForeign(action, world),
  };
}

function servedCluster(world: World, arn: string): ServedCluster | undefined {
  const eks = world.clusters.everywhere().find(({ facts }) => facts.arn === arn);
  if (!eks) return undefined;
  world.timeline.settle();
  return {
    cluster: world.kubernetes.of(eks),
    audit: world.audit,
    isGone: () => world.outages.isGone(arn),
    access: world.settings.current.kubernetes.access[eks.facts.name] ?? 'full',
    sessionArn: callerArn(world.accountId),
  };
}
