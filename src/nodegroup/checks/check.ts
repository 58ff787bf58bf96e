/**
 * The functions with which the checks of a node group update declare the verdict of each of their findings.
 */
import { verdictsWith } from '../../plan/check';
import type { FollowUp } from '../remedies/remedy';

export const { pass, warn, confirm, block, unknown } = verdictsWith<FollowUp>();
