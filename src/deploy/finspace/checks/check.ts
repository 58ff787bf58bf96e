/** The verdicts of the checks of a kdb cluster, and the remedies that a finding can suggest. */
import { verdictsWith } from '../../../plan/check';

/** Ways in which the user can deal with a finding. */
export type FinSpaceRemedy = 'add-bucket-policy' | 'read-about-the-end' | 'use-rolling' | 'wait';

export const { pass, warn, confirm, block, unknown } = verdictsWith<FinSpaceRemedy>();
