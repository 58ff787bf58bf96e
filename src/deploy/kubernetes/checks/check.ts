/** The verdicts of the checks of a workload, and the remedies that a finding can suggest. */
import { verdictsWith } from '../../../plan/check';

/** Ways in which the user can deal with a finding. */
export type WorkloadRemedy =
  | 'add-snippet'
  | 'ask-owner'
  | 'choose-image'
  | 'choose-possible'
  | 'delete-pod'
  | 'free-pod'
  | 'give-role'
  | 'resume'
  | 'scale-up'
  | 'share-volume'
  | 'take-over'
  | 'use-kxi'
  | 'use-rolling'
  | 'widen-budget'
  | 'wait';

export const { pass, warn, confirm, block, unknown } = verdictsWith<WorkloadRemedy>();
