/** The verdicts by which the checks of a kdb cluster are declared. */
import { verdictsWith } from '../../../plan/check';

/** Ways in which the user can deal with a finding. */
export type FinSpaceRemedy = 'add-bucket-policy' | 'read-about-the-end' | 'use-rolling' | 'wait';

export const { pass, warn, confirm, block, unknown } = verdictsWith<FinSpaceRemedy>();
