/** The verdicts of a deployment's checks, and the remedies that a finding can suggest. */
import { verdictsWith } from '../../plan/check';
import type { ReadFailure } from '../../plan/optional-read';

/** Ways in which the user can deal with a finding. */
export type Remedy =
  | 'accept-drift'
  | 'add-files'
  | 'block-public-access'
  | 'change-name'
  | 'choose-bucket'
  | 'choose-folder'
  | 'choose-script'
  | 'choose-zip'
  | 'commit'
  | 'edit-arguments'
  | 'enable-versioning'
  | 'keep-arguments'
  | 'leave-out'
  | 'switch-account'
  | 'type-name'
  | 'use-rolling';

export const { pass, warn, confirm, block, unknown } = verdictsWith<Remedy>();

/** The facts of a finding that is unknown because AWS could not be read. */
export interface Unread {
  readonly why: ReadFailure;
}
