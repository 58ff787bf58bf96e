/** A deployment as data: what is there now, what will be there, what speaks against it, what will be sent. */
import type { Identity } from '../../model/connection';
import type { Json } from '../../model/json';
import type { CodeConfiguration, CodeLocation, DeploymentStrategy } from '../../model/kdb';
import type { Subject } from '../../operations/operation';
import type { LeftOut } from '../../package/packer';
import type { GitState } from '../checks/content';
import type { ConfigurationPart, ConfigurationWithCode } from '../configuration';
import type { StoredBefore } from '../stored';
import type { Protection } from '../targets/protection';
import type { Check } from './all-checks';
import type { Changes } from './changes';

/** The cluster as it was read for the plan. */
export interface SeenCluster {
  readonly type: string;
  readonly status: string;
  readonly configuration: CodeConfiguration;
  readonly statusReason?: string;
  /** Epoch milliseconds. */
  readonly modifiedAt?: number;
}

/** What will become the cluster's code. */
export type PlannedSource =
  | {
      readonly kind: 'folder';
      readonly root: string;
      /** Of the manifest: packing stops when the folder has another by then. */
      readonly digest: string;
      readonly files: number;
      /** Before packing. */
      readonly bytes: number;
      readonly stored: StoredBefore;
    }
  | { readonly kind: 'zip'; readonly at: CodeLocation; readonly etag?: string };

/** A request as AWS's model spells it. */
export interface PlannedRequest {
  readonly service: 's3' | 'finspace';
  readonly operation: string;
  readonly input: Readonly<Record<string, Json>>;
  /** Paths of members that get their value when the request is sent: `clientToken`, `code.s3ObjectVersion`. */
  readonly later: readonly string[];
}

/** What the user is asked besides the review. */
export type Confirmation =
  /** The cluster is protected, or nobody knows: a name has to be typed. */
  | 'protected'
  /** FORCE stops all processes at once. */
  | 'force';

export interface DeploymentPlan {
  readonly subject: Subject;
  readonly author: Identity;
  readonly environmentId: string;
  readonly clusterName: string;
  /** Where zip and record are put. */
  readonly bucket: string;
  readonly prefix: string;
  readonly target?: { readonly name: string };
  readonly protection?: Protection;
  readonly source: PlannedSource;
  readonly current: SeenCluster;
  /** The code's version is absent where S3 gives it on upload. */
  readonly next: ConfigurationWithCode;
  /** Parts in which `next` differs from `current`. */
  readonly parts: readonly ConfigurationPart[];
  readonly strategy: DeploymentStrategy;
  readonly changes: Changes;
  /** Files of the folder that are not in the zip, and why. */
  readonly leftOut: readonly LeftOut[];
  readonly checks: readonly Check[];
  readonly requests: readonly PlannedRequest[];
  readonly confirmations: readonly Confirmation[];
  readonly git?: GitState;
  /** The operation whose configuration this one brings back or repeats. */
  readonly origin?: string;
  /** Brings an earlier configuration back. */
  readonly rollsBack?: true;
  /** Epoch milliseconds. */
  readonly madeAt: number;
}
