/** The verdicts by which the checks of a node group update are declared. */
import { verdictsWith } from '../../plan/check';
import type { FollowUp } from '../remedies/remedy';

export const { pass, warn, confirm, block, unknown } = verdictsWith<FollowUp>();
