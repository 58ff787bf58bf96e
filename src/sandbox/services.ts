/** Everything of the sandbox's AWS but S3: its services, its scenario, and what the control plane reads and does. */
import { ec2Service } from './ec2/ec2-service';
import { eksService } from './eks/eks-service';
import { finspaceService } from './finspace/finspace-service';
import { actForeign } from './foreign';
import { logsService } from './logs/logs-service';
import type { SandboxService } from './sandbox-service';
import { seed } from './seed/seed';
import type { SandboxSettings } from './settings';
import { ssmService } from './ssm/ssm-service';
import { type SandboxState, stateOf } from './state';
import { stsService } from './sts/sts-service';
import { emptyWorld, type WorldOptions } from './world';

/** A reset is a new one of these, over a new object store. */
export interface AwsServices {
  /** FinSpace, EKS, STS, SSM, EC2 and CloudWatch Logs. */
  readonly services: readonly SandboxService[];
  /** `POST /_sandbox/settings` calls its `change`. */
  readonly settings: SandboxSettings;
  /** Fills the world and the object store with the sample shop; call it once, right after construction. */
  seed(): void;
  /** Answer of `GET /_sandbox/state`: what the services hold and every update that they accepted. */
  state(): SandboxState;
  /**
   * `POST /_sandbox/foreign`: a change as somebody else makes it, see `foreign.ts` for the kinds.
   * @returns what is wrong with the action; empty when it was carried out.
   */
  foreign(action: unknown): Promise<readonly string[]>;
}

/** An empty AWS over the given clock and object store. */
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
    state: () => stateOf(world),
    foreign: (action) => actForeign(action, world),
  };
}
