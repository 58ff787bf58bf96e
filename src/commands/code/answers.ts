/** What the deploy wizard asks for. */
import type { Choice } from '../../deploy/configuration';
import type { CodeLocation, CommandLineArgument, DeploymentStrategy } from '../../model/kdb';
import type { PickedKdbCluster } from '../pick';

/** What becomes the cluster's code. */
export type Source =
  /** A folder on disk or on a virtual file system, as a URI string. */
  { readonly kind: 'folder'; readonly uri: string } | { readonly kind: 'zip'; readonly at: CodeLocation };

export interface DeployAnswers extends PickedKdbCluster {
  readonly source: Source;
  readonly bucket: string;
  /** Folder inside the bucket; may be empty. */
  readonly prefix: string;
  readonly strategy: DeploymentStrategy;
  readonly initializationScript: Choice<string>;
  readonly commandLineArguments: Choice<readonly CommandLineArgument[]>;
}
