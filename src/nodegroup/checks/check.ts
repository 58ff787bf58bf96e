/** Functions that declare the verdicts of findings, for the checks of a node group update. */
import { verdictsWith } from '../../plan/check';
import type { FollowUp } from '../remedies/remedy';

export const { pass, warn, confirm, block, unknown } = verdictsWith<FollowUp>();
