/** The answers of the deploy wizard, including those that are known before it starts. */
import type { Choices } from '../../deploy/configuration';
import type { CodeLocation } from '../../model/code';
import type { PickedTarget } from './picked-target';

/** The source of the new code. */
export type Source =
  /** A folder on disk or on a virtual file system, as a URI string. */
  { readonly kind: 'folder'; readonly uri: string } | { readonly kind: 'zip'; readonly at: CodeLocation };

/** The source of the code, and the place in S3 where the code is put. */
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

/** Answers that were given earlier. A missing answer is asked for, or the target's present value is used. */
export interface UsualAnswers extends Partial<SourceAnswers>, Partial<ConfigurationAnswers> {
  /** True if these are the answers of the last deployment, or of a draft that began with them. */
  readonly isLast?: true;
  /**
   * True if the arguments were changed in a draft: drafts do not store arguments, so the user is asked for
   * them.
   */
  readonly asksArguments?: true;
}

/** The known answers that a wizard passes to its questions. */
export interface WithUsual {
  readonly usual: UsualAnswers;
}
