/** The reasons for which a kdb cluster takes no code, each with the facts that explain it. */
import { refusalsOf } from '../../model/failure';
import type { Phase } from '../../model/phase';

export interface FinSpaceRefusals {
  /** The cluster takes no code now. `phase`: `busy` where it will by itself. */
  'cluster-not-ready': { readonly cluster: string; readonly status: string; readonly phase: Phase };
  /** The cluster was deleted, or is being. */
  'cluster-gone': { readonly status: string };
  /** More than ten minutes have passed: AWS would take the request for another one. */
  'token-expired': { readonly sentAt: number };
}

export const refuse = refusalsOf<FinSpaceRefusals>();
