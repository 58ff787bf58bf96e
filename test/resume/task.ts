/** What the process that tests kill is told to do, and what it says. */
import type { Failure } from '../../src/model/failure';
import type { Operation } from '../../src/operations/operation';
import type { LedgerProblem } from '../../src/operations/problems';

interface Change {
  /** The ledger's. */
  readonly folder: string;
  /** Where to stop: `before NAME` or `after NAME` of an event; absent: nowhere. */
  readonly stopAt?: string;
  /** Environment and kdb cluster, or EKS cluster and node group. */
  readonly cluster: readonly [string, string];
}

export type Task = {
  /** The sandbox's address file. */
  readonly address: string;
  readonly packWorker: string;
} & (
  | (Change & {
      readonly do: 'deploy';
      /** The folder to deploy. */
      readonly code: string;
      readonly cache: string;
      readonly bucket: string;
      readonly prefix: string;
    })
  | (Change & { readonly do: 'update' })
  | {
      readonly do: 'take-up';
      /** Ledgers that killed processes have left. */
      readonly folders: readonly string[];
      /** How many times faster than real time waits pass. */
      readonly scale: number;
    }
);

/** One line on standard output. */
export interface Said {
  readonly word?: string;
  readonly failure?: Failure;
  readonly folder?: string;
  readonly operations?: readonly Operation[];
  readonly problems?: readonly LedgerProblem[];
}
