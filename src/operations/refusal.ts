/** The refusals of the code in `operations`, each with the facts that explain it. */
import type { NoFacts } from '../model/coded';
import { refusalsOf } from '../model/failure';
import type { OperationState } from './operation';

/** `code`: the operating system's name of the error. */
interface OnDisk {
  readonly code: string;
}

export interface OperationRefusals {
  'batch-ended': { readonly id: string };
  'batch-running': { readonly id: string };
  'ledger-unwritable': OnDisk;
  'lease-unavailable': OnDisk;
  /** The operation does not wait for a click, or no longer waits. */
  'not-waiting': { readonly id: string };
  /** The work returned while the operation was still `planned` or `running`. */
  'left-open': NoFacts;
  /** `ms`: how long the poll lasted before it was given up. */
  'no-answer': { readonly ms: number };
  'no-follower': { readonly kind: string };
  'operation-ended': { readonly state: OperationState };
}

export const refuse = refusalsOf<OperationRefusals>();
