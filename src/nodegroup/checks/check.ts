/** Functions by which a check of a node group update declares the verdict of each of its findings. */
import { verdictsWith } from '../../plan/check';
import type { FollowUp } from '../remedies/remedy';

export const { pass, warn, confirm, block, unknown } = verdictsWith<FollowUp>();
