/** A deployment as data: the current and the next configuration, the findings, and the requests. */

import type { CodeConfiguration, CodeLocation } from '../../model/code';
import type { Identity } from '../../model/connection';
import type { Subject } from '../../operations/operation';
import type { LeftOut } from '../../package/packer';
import type { Confirmation } from '../../plan/confirmation';
import type { GitState } from '../checks/content';
import type { Protection } from '../checks/place';
import type { ConfigurationPart, ConfigurationWithCode } from '../configuration';
import type { PlannedRequest, RestsOn } from '../port/deploy-target';
import type { StoredBefore } from '../stored';
import type { Check } from './all-checks';
import type { Changes } from './changes';

/** The target as it was read for the plan. */
export interface SeenTarget {
  readonly configuration: CodeConfiguration;
  /** Absent where the plan rests only on the configuration, and in plans of an earlier version of Slipway. */
  readonly restsOn?: RestsOn;
}

/** The source of the target's new code. */
export type PlannedSource =
  | {
      readonly kind: 'folder';
      readonly root: string;
      /** Digest of the manifest: packing stops if the folder has changed since. */
      readonly digest: string;
      readonly files: number;
      /** Total size of the files, before packing. */
      readonly bytes: number;
      readonly stored: StoredBefore;
    }
  | { readonly kind: 'zip'; readonly at: CodeLocation; readonly etag?: string };

export interface DeploymentPlan {
  readonly subject: Subject;
  readonly author: Identity;
  /** Id of the kind of target. */
  readonly kind: string;
  /** Bucket of the record, and of the zip if a folder is deployed. */
  readonly bucket: string;
  readonly prefix: string;
  readonly target?: { readonly name: string };
  readonly protection?: Protection;
  readonly source: PlannedSource;
  readonly current: SeenTarget;
  /** If S3 assigns a version on upload, the code has no version yet. */
  readonly next: ConfigurationWithCode;
  /** Parts in which `next` differs from `current`. */
  readonly parts: readonly ConfigurationPart[];
  readonly strategy: string;
  readonly changes: Changes;
  /** Files of the folder that are not in the zip, each with the reason. */
  readonly leftOut: readonly LeftOut[];
  readonly checks: readonly Check[];
  readonly requests: readonly PlannedRequest[];
  readonly confirmations: readonly Confirmation[];
  /** Ids of the checks that asked for a confirmation and received it. */
  readonly passed?: readonly string[];
  readonly git?: GitState;
  /** Id of the earlier operation whose configuration the deployment restores or repeats. */
  readonly origin?: string;
  /** True if the deployment restores an earlier configuration. */
  readonly rollsBack?: true;
  /** Epoch milliseconds. */
  readonly madeAt: number;
}
