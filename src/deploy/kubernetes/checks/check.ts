/** The words in which the checks of a workload are declared. */
import { verdictsWith } from '../../../plan/check';

/** What helps against a finding. */
export type WorkloadRemedy =
  | 'add-snippet'
  | 'ask-owner'
  | 'choose-possible'
  | 'delete-pod'
  | 'resume'
  | 'scale-up'
  | 'take-over'
  | 'use-kxi'
  | 'use-rolling'
  | 'wait';

export const { pass, warn, confirm, block, unknown } = verdictsWith<WorkloadRemedy>();
