/** What the deploy wizard asks for. */
import type { CodeLocation } from '../../model/code';
import type { ConfigurationAnswers } from './configuration-steps';
import type { PickedTarget } from './picked-target';

/** What becomes the code. */
export type Source =
  /** A folder on disk or on a virtual file system, as a URI string. */
  { readonly kind: 'folder'; readonly uri: string } | { readonly kind: 'zip'; readonly at: CodeLocation };

/** What is deployed, and where it is put. */
export interface SourceAnswers {
  readonly source: Source;
  readonly bucket: string;
  /** Folder inside the bucket; may be empty. */
  readonly prefix: string;
}

export interface DeployAnswers extends PickedTarget, SourceAnswers, ConfigurationAnswers {}
