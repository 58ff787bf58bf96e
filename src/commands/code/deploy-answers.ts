/** What the deploy wizard asks for, and what of it is known before. */
import type { Choices } from '../../deploy/configuration';
import type { CodeLocation } from '../../model/code';
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

export interface ConfigurationAnswers extends Choices {
  readonly strategy: string;
}

export interface DeployAnswers extends PickedTarget, SourceAnswers, ConfigurationAnswers {}

/** Answers that were given before. Whatever is missing is asked for, or is as the target has it. */
export interface UsualAnswers extends Partial<SourceAnswers>, Partial<ConfigurationAnswers> {
  /** They are those of the last deployment. */
  readonly isLast?: true;
  /** The arguments were changed, and are not known any more. */
  readonly asksArguments?: true;
}

/** What a wizard passes on to the questions whose answers may be known. */
export interface WithUsual {
  readonly usual: UsualAnswers;
}
