/** The refusals of deploying to kdb clusters, each with the facts that explain it. */
import { refusalsOf } from '../../model/failure';
import type { Phase } from '../../model/phase';

export interface FinSpaceRefusals {
  /** The cluster takes no code now. `phase`: `busy` if this will end by itself. */
  'cluster-not-ready': { readonly cluster: string; readonly status: string; readonly phase: Phase };
  /** The cluster was deleted, or is being deleted. */
  'cluster-gone': { readonly status: string };
}

export const refuse = refusalsOf<FinSpaceRefusals>();
