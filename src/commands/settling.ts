/**
 * Settles operations that are no longer watched, when a read of the thing that they change shows that AWS has
 * finished.
 */
import type { FinSpace } from '../deploy/finspace/ports';
import type { Phase } from '../model/phase';
import type { Eks } from '../nodegroup/ports';
import type { Ledger } from '../operations/ledger';
import type { Tracker } from '../operations/tracker';

export interface SettlingDeps {
  readonly ledger: Pick<Ledger, 'operations'>;
  readonly tracker: Pick<Tracker, 'settle'>;
}

interface Services {
  readonly finspace: FinSpace;
  readonly eks: Eks;
}

/**
 * Wraps the services through which the rows of the tree are read: when a read shows that a kdb cluster or a
 * node group is no longer busy, the unwatched operations on it are settled.
 */
export function settlingReads(
  { finspace, eks }: Services,
  connectionId: string,
  { ledger, tracker }: SettlingDeps,
): Services {
  const wasRead = (path: readonly string[], phase: Phase): void => {
    if (phase === 'busy') return;
    for (const { id, state, subject } of ledger.operations()) {
      const isOfRow =
        subject.connectionId === connectionId && JSON.stringify(subject.path) === JSON.stringify(path);
      // Not awaited, since the tracker reports failures itself.
      if (state === 'unwatched' && isOfRow) void tracker.settle(id);
    }
  };
  return {
    finspace: withOwn(finspace, {
      async listClusters(environmentId, next, signal) {
        const page = await finspace.listClusters(environmentId, next, signal);
        for (const { name, phase } of page.items) wasRead([environmentId, name], phase);
        return page;
      },
    }),
    eks: withOwn(eks, {
      async describeNodegroup(cluster, name, signal) {
        const nodegroup = await eks.describeNodegroup(cluster, name, signal);
        wasRead([cluster, name], nodegroup.phase);
        return nodegroup;
      },
    }),
  };
}

/** A port with some methods replaced. Not a copy, since the other methods may be loaded only on first use. */
function withOwn<Port extends object>(port: Port, own: Partial<Port>): Port {
  return new Proxy(port, { get: (target, name) => Reflect.get(name in own ? own : target, name) });
}
