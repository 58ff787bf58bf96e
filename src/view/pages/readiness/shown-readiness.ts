/** The data and the buttons of a readiness page. */
import type { Check } from '../../../nodegroup/checks/all-checks';
import type { Readiness } from '../../../nodegroup/readiness/readiness';
import type { Unread } from '../reads/read-page';

/**
 * Whether a drain of a node group's nodes would be blocked. `check` is absent until the blockers have been
 * read.
 */
export interface GroupDrain {
  readonly nodegroup: string;
  readonly check?: Check;
}

export interface ShownReadiness {
  readonly cluster: string;
  /** The label of the connection. */
  readonly connection: string;
  /** The result of the last read; absent before the first read. */
  readonly readiness?: Readiness;
  /** One item for each node group that could be read. */
  readonly drains: readonly GroupDrain[];
  /** True while the readiness is being read. */
  readonly isReading: boolean;
  /** Why the last reading failed. */
  readonly failure?: Unread;
  /** Minutes between two reads. */
  readonly everyMinutes: number;
}

/**
 * Ids of the buttons of a readiness page, in addition to those of `READ_BUTTON`. An id that ends with a colon
 * is followed by the name of the node group.
 */
export const READINESS_BUTTON = {
  export: 'export',
  console: 'console',
  insights: 'insights',
  update: 'update:',
  health: 'health:',
  drain: 'drain:',
} as const;
