/** A deployment as data: what is there now, what will be there, what speaks against it, what will be sent. */

import type { CodeConfiguration, CodeLocation } from '../../model/code';
import type { Identity } from '../../model/connection';
import type { Subject } from '../../operations/operation';
import type { LeftOut } from '../../package/packer';
import type { Confirmation } from '../../plan/confirmation';
import type { GitState } from '../checks/content';
import type { Protection } from '../checks/protection';
import type { ConfigurationPart, ConfigurationWithCode } from '../configuration';
import type { RestsOn } from '../port/deploy-target';
import type { PlannedRequest } from '../port/planned-request';
import type { StoredBefore } from '../stored';
import type { Check } from './all-checks';
import type { Changes } from './changes';

/** The target as it was read for the plan. */
export interface SeenTarget {
  readonly configuration: CodeConfiguration;
  /** Absent where the kind rests on nothing else, and in plans that an earlier Slipway wrote. */
  readonly restsOn?: RestsOn;
}

/** What will become the target's code. */
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

export interface DeploymentPlan {
  readonly subject: Subject;
  readonly author: Identity;
  /** Id of the kind of target. */
  readonly kind: string;
  /** Where zip and record are put. */
  readonly bucket: string;
  readonly prefix: string;
  readonly target?: { readonly name: string };
  readonly protection?: Protection;
  readonly source: PlannedSource;
  readonly current: SeenTarget;
  /** The code's version is absent where S3 gives it on upload. */
  readonly next: ConfigurationWithCode;
  /** Parts in which `next` differs from `current`. */
  readonly parts: readonly ConfigurationPart[];
  readonly strategy: string;
  readonly changes: Changes;
  /** Files of the folder that are not in the zip, and why. */
  readonly leftOut: readonly LeftOut[];
  readonly checks: readonly Check[];
  readonly requests: readonly PlannedRequest[];
  readonly confirmations: readonly Confirmation[];
  /** Ids of the checks that the user goes on past, having agreed to all that they ask for. */
  readonly passed?: readonly string[];
  readonly git?: GitState;
  /** The operation whose configuration this one brings back or repeats. */
  readonly origin?: string;
  /** Brings an earlier configuration back. */
  readonly rollsBack?: true;
  /** Epoch milliseconds. */
  readonly madeAt: number;
}
