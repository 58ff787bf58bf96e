/** Finds out whether an environment and its clusters take code. */

import type { KdbCluster, KdbEnvironment } from '../../model/kdb';
import type { Phase } from '../../model/phase';
import { present } from '../../model/present';

/** A state in which the environment or the cluster takes no code. */
type NotReady = {
  readonly status: string;
  /** `busy`: the state will end by itself. After that, code is accepted, unless the state was a deletion. */
  readonly phase: Phase;
  readonly statusReason?: string;
};

export type EnvironmentNotReady = NotReady & { readonly environment: string };
export type ClusterNotReady = NotReady & { readonly cluster: string };

/** Why the environment takes no code; undefined while it is CREATED. */
export function environmentNotReady({ id, ...state }: KdbEnvironment): EnvironmentNotReady | undefined {
  return state.phase === 'ready' ? undefined : { environment: id, ...notReady(state) };
}

/** Why the cluster takes no code; undefined while it is RUNNING. */
export function clusterNotReady({ name, ...state }: KdbCluster): ClusterNotReady | undefined {
  return state.phase === 'ready' ? undefined : { cluster: name, ...notReady(state) };
}

function notReady({ status, phase, statusReason }: NotReady): NotReady {
  return { status, phase, ...present({ statusReason }) };
}
