/** The refusals of deploying to kdb clusters, each with the facts that explain it. */
import { refusalsOf } from '../../model/failure';
import type { Phase } from '../../model/phase';

export interface FinSpaceRefusals {
  /** The cluster takes no code now. `phase`: `busy` if its status will change by itself. */
  'cluster-not-ready': { readonly cluster: string; readonly status: string; readonly phase: Phase };
  /** The cluster was deleted, is being deleted, or could not be created or deleted. */
  'cluster-gone': { readonly status: string };
}

export const refuse = refusalsOf<FinSpaceRefusals>();
