/** What was read from AWS seconds ago, used again for planning: a save should not wait for what hardly ever changes. */
import type { Clock } from '../../model/clock';
import type { KdbCluster } from '../../model/kdb';
import { SteadyClock } from '../../model/steady-clock';
import type { Destination } from '../plan/input';
import { type ReadForPlan, type Readings, readAll } from '../plan/readings';

export interface RememberedReadings {
  /** For planning alone: the last look before an update is always fresh. */
  readonly read: ReadForPlan;
  /** Whether anything read of the cluster would be used again now. */
  remembers(destination: Pick<Destination, 'connection' | 'environmentId' | 'clusterName'>): boolean;
  /**
   * The cluster as it is by now, from whoever has just followed it. Without it the next plan shows what was before,
   * and its deployment stops for drift.
   */
  learn(connectionId: string, cluster: KdbCluster): void;
  /** Forgets everything, as after a deployment that did not end well. */
  clear(): void;
}

/** `forMs`: how old an answer may be, in milliseconds. Failed reads are not remembered. */
export function rememberReadings(wall: Clock, forMs: number): RememberedReadings {
  const clock = new SteadyClock(wall);
  const memory = new Map<string, { readonly at: number; readonly readings: Readings }>();
  const keyOf = (...place: readonly string[]): string => JSON.stringify(place);
  const isOf = (key: string, ...place: readonly string[]): boolean =>
    key.startsWith(`${keyOf(...place).slice(0, -1)},`);
  const isFresh = ({ at }: { readonly at: number }): boolean => clock.now() - at < forMs;
  return {
    remembers: ({ connection, environmentId, clusterName }) =>
      [...memory].some(
        ([key, known]) => isOf(key, connection.id, environmentId, clusterName) && isFresh(known),
      ),
    read: async (destination, bucket, ports, signal) => {
      const { connection, environmentId, clusterName } = destination;
      const key = keyOf(connection.id, environmentId, clusterName, bucket);
      const known = memory.get(key);
      if (known !== undefined && isFresh(known)) return known.readings;
      const readings = await readAll(destination, bucket, ports, signal);
      memory.set(key, { at: clock.now(), readings });
      return readings;
    },
    learn: (connectionId, cluster) => {
      for (const [key, { at, readings }] of memory) {
        if (isOf(key, connectionId, cluster.environmentId, cluster.name)) {
          memory.set(key, { at, readings: { ...readings, cluster } });
        }
      }
    },
    clear: () => memory.clear(),
  };
}
