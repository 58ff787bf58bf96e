/** What the scenarios that every kind of target has to pass need of a kind. */
import type { createCodeFollower } from '../../../src/deploy/follow/code-follower';
import type { DeployTarget } from '../../../src/deploy/port/deploy-target';
import type { TargetKind, TargetKinds } from '../../../src/deploy/port/target-kind';
import type { CodeConfiguration } from '../../../src/model/code';

export interface World {
  readonly kind: TargetKind;
  readonly kinds: TargetKinds;
  /** Two that code can be deployed to. */
  readonly paths: readonly [readonly string[], readonly string[]];
  readonly target: (path: readonly string[]) => DeployTarget;
  readonly follower: ReturnType<typeof createCodeFollower>;
  /** What runs there now. */
  readonly served: (path: readonly string[]) => Promise<CodeConfiguration>;
  /** Somebody else replaces script and arguments. */
  readonly meddle: (path: readonly string[]) => Promise<void>;
  /**
   * Somebody else puts another one of that name there, with the same configuration. Tells by which part the kind sees it;
   * undefined for one that does not.
   */
  readonly replace: (path: readonly string[]) => Promise<string | undefined>;
  /** Somebody else has begun a change that is not over yet. */
  readonly occupy: (path: readonly string[]) => Promise<void>;
  /** Updates that were taken since the world began. */
  readonly taken: () => Promise<number>;
  /** The request that updates it, as faults of the sandbox name it; undefined where it leaves no process. */
  readonly update: { readonly service: string; readonly operation: string } | undefined;
  /** Lets the service work on what it took. */
  readonly pass: () => Promise<void>;
  /** The strategy that asks first. */
  readonly asking: string;
  /** The one that is chosen where nobody does, on both paths. */
  readonly automatic: string;
  /** A person may deploy while another change goes on, and end it by that. */
  readonly supersedes: boolean;
}
