/** What a deployment is planned from, whoever asks: wizard, target, save, rollback or batch. */

import type { CodeConfiguration, CodeLocation } from '../../model/code';
import type { Connection } from '../../model/connection';
import type { PackRequest } from '../../package/packer';
import type { GitState } from '../checks/content';
import type { LastDeployment } from '../checks/drift';
import type { Protection } from '../checks/protection';
import type { Choices } from '../configuration';
import type { TargetKind } from '../port/target-kind';

export interface Destination {
  readonly connection: Connection;
  /** The account that the target pins. */
  readonly accountId?: string;
  readonly kind: TargetKind;
  /** What is deployed to, outermost first. */
  readonly path: readonly string[];
  /** For the zip and the record. */
  readonly bucket: string;
  /** Folder inside the bucket; may be empty. */
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
  /** Id of one of the kind's strategies; `automatic`: the gentlest that loses nothing of what is wanted. */
  readonly strategy: string;
  /** The target that is deployed. */
  readonly target?: { readonly name: string };
  readonly protection?: Protection;
  readonly git?: GitState;
  readonly last?: LastDeployment;
  /** A configuration that drifted and that the user agreed to replace. */
  readonly accepted?: CodeConfiguration;
  /** The operation whose configuration this one brings back or repeats. */
  readonly origin?: string;
  /** Brings an earlier configuration back. */
  readonly rollsBack?: true;
  /** True: nobody is going to read the plan, so neither the deployed zip is looked into nor one of the same name. */
  readonly unread?: boolean;
}
