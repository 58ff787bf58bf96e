/** The reasons for which following and batches say no, each with the facts that explain it. */
import type { NoFacts } from '../model/coded';
import { refusalsOf } from '../model/failure';
import type { OperationState } from './operation';

/** `code`: what the system calls the error. */
interface OnDisk {
  readonly code: string;
}

export interface OperationRefusals {
  'batch-ended': { readonly id: string };
  'batch-running': { readonly id: string };
  'ledger-unwritable': OnDisk;
  'lease-unavailable': OnDisk;
  /** It does not wait for a click, or not any more. */
  'not-waiting': { readonly id: string };
  /** The work ended without saying how. */
  'left-open': NoFacts;
  /** `ms`: for so long the poll was waited for. */
  'no-answer': { readonly ms: number };
  'no-follower': { readonly kind: string };
  'operation-ended': { readonly state: OperationState };
}

export const refuse = refusalsOf<OperationRefusals>();
