/** What the process that tests kill is told to do, and what it says. */
import type { Failure } from '../../src/model/failure';
import type { Operation } from '../../src/operations/operation';
import type { LedgerProblem } from '../../src/operations/problems';

/** One operation, which has a ledger of its own. */
export type Change = {
  /** The ledger's. */
  readonly folder: string;
  /** Where to stop: `before NAME` or `after NAME` of an event; absent: nowhere. */
  readonly stopAt?: string;
  /** Environment and kdb cluster; EKS cluster, namespace and workload; or EKS cluster and node group. */
  readonly path: readonly string[];
} & (
  | {
      /** To a kdb cluster, or to a workload. */
      readonly do: 'deploy' | 'workload';
      /** The folder to deploy. */
      readonly code: string;
      readonly cache: string;
      readonly bucket: string;
      readonly prefix: string;
      /** ROLLING where absent. */
      readonly strategy?: 'CANARY';
    }
  | {
      readonly do: 'update';
      /** Looks into the cluster, and says the nodes that are replaced: `2 replaced`. */
      readonly inside?: true;
    }
);

export type Task = {
  /** The sandbox's address file. */
  readonly address: string;
  readonly packWorker: string;
} & (
  | {
      readonly do: 'change';
      /** All at the same time. */
      readonly changes: readonly Change[];
    }
  | {
      readonly do: 'take-up';
      /** Ledgers that killed processes have left. */
      readonly folders: readonly string[];
      /** How many times faster than real time waits pass. */
      readonly scale: number;
      /** As of an update. */
      readonly inside?: true;
    }
);

/** One line on standard output. */
export interface Said {
  /** The ledger's that it is about. */
  readonly folder: string;
  readonly word?: string;
  readonly failure?: Failure;
  readonly operations?: readonly Operation[];
  readonly problems?: readonly LedgerProblem[];
}
