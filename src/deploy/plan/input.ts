/**
 * The input of every plan, whether it comes from a wizard, a target of `slipway.json`, deploy on save, a
 * rollback, a batch, or the repetition of an operation.
 */

import type { CodeConfiguration, CodeLocation } from '../../model/code';
import type { Connection } from '../../model/connection';
import type { PackRequest } from '../../package/packer';
import type { GitState } from '../checks/content';
import type { LastDeployment } from '../checks/drift';
import type { Protection } from '../checks/place';
import type { Choices } from '../configuration';
import type { TargetKind } from '../port/target-kind';

export interface Destination {
  readonly connection: Connection;
  /** The account that the credentials must belong to; absent if any account will do. */
  readonly accountId?: string;
  readonly kind: TargetKind;
  /** Path of the place that is deployed to, outermost first. */
  readonly path: readonly string[];
  /** Bucket of the record, and of the zip if a folder is deployed. */
  readonly bucket: string;
  /** Folder inside the bucket for zips and records; may be empty. */
  readonly prefix: string;
}

export interface FolderSource {
  readonly kind: 'folder';
  readonly request: PackRequest;
}

export type PlanSource = FolderSource | { readonly kind: 'zip'; readonly at: CodeLocation };

export interface PlanInput extends Choices {
  readonly destination: Destination;
  readonly source: PlanSource;
  /**
   * Id of one of the strategies of `destination.kind`; `automatic`: the one that `TargetReading.automatic` chooses when
   * the target has been read.
   */
  readonly strategy: string;
  /** The target of `slipway.json` that the plan was made from; absent if it was made from none. */
  readonly target?: { readonly name: string };
  readonly protection?: Protection;
  readonly git?: GitState;
  readonly last?: LastDeployment;
  /** A drifted configuration that the user agreed to replace. */
  readonly accepted?: CodeConfiguration;
  /** Id of the earlier operation whose configuration the deployment restores or repeats. */
  readonly origin?: string;
  /** True if the deployment restores an earlier configuration. */
  readonly rollsBack?: true;
  /**
   * True if no user will read the plan. Planning then does not read the deployed zip, and for a folder does
   * not look up the object under the new zip's key.
   */
  readonly unread?: boolean;
}
