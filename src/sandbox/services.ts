/** Everything of the sandbox's AWS but S3: its services, its scenario, and what the control plane reads and does. */
import type { ObjectStore } from './s3/store';
import type { SandboxClock, SandboxService } from './service';
import { SandboxSettings } from './settings';

export interface ServicesOptions {
  readonly clock: SandboxClock;
  /** Buckets and objects: FinSpace reads code from here, the seed writes it. */
  readonly objects: ObjectStore;
  /** Region that the seed fills most. */
  readonly region: string;
  readonly accountId: string;
}

/** A reset is a new one of these, over a new {@link ObjectStore}. */
export interface AwsServices {
  /** FinSpace, EKS, STS, SSM, EC2 and CloudWatch Logs. */
  readonly services: readonly SandboxService[];
  /** `POST /_sandbox/settings` calls its `change`. */
  readonly settings: SandboxSettings;
  /** Fills the world and the object store with the sample shop; call it once, right after construction. */
  seed(): void;
  /** Answer of `GET /_sandbox/state`: what the services hold and every update that they accepted, as JSON. */
  state(): unknown;
  /**
   * `POST /_sandbox/foreign`: a change as somebody else makes it.
   * @returns what is wrong with the action; empty when it was carried out.
   */
  foreign(action: unknown): Promise<readonly string[]>;
}

export function createServices(_options: ServicesOptions): AwsServices {
  const settings = new SandboxSettings();
  return {
    services: [],
    settings,
    seed: () => undefined,
    state: () => ({}),
    foreign: async () => ['there is nothing to change yet'],
  };
}
