/**
 * Answers of AWS that plans of saves reuse for a while, so that a save need not wait for data that hardly ever changes.
 */
import type { Clock } from '../../model/clock';
import { SteadyClock } from '../../model/clock';
import { isSamePath } from '../../model/same-path';
import type { Destination } from '../plan/input';
import { type ReadForPlan, type Readings, readAll } from '../plan/readings';

/** A target, and the connection that it is read through. */
export type ReadTarget = Pick<Destination, 'connection' | 'kind' | 'path'>;

export interface RememberedReadings {
  /** Reads, or returns a recent reading. Not used for the last look before an update, which is always fresh. */
  readonly read: ReadForPlan;
  /**
   * Returns true if a reading of the target is recent enough to be used again now. Readings are kept for each bucket;
   * one for any bucket is enough.
   */
  remembers(target: ReadTarget): boolean;
  /**
   * If a reading of the target is remembered, reads the target again after a deployment. Otherwise the next
   * plan would rest on the target's earlier state, and its deployment would stop because of drift.
   * @throws the failure of the read; the earlier reading is then kept
   */
  learn(target: ReadTarget, signal: AbortSignal): Promise<void>;
  /** Drops all readings, for example after a deployment that ended badly. */
  clear(): void;
}

interface Remembered extends ReadTarget {
  readonly bucket: string;
  readonly at: number;
  readonly readings: Readings;
}

/** `forMs`: the greatest age of an answer, in milliseconds. Failed reads are not remembered. */
export function rememberReadings(wall: Clock, forMs: number): RememberedReadings {
  const clock = new SteadyClock(wall);
  let memory: readonly Remembered[] = [];
  const isFresh = ({ at }: Remembered): boolean => clock.now() - at < forMs;
  const of = (target: ReadTarget): readonly Remembered[] =>
    memory.filter(
      ({ connection, kind, path }) =>
        connection.id === target.connection.id && kind.id === target.kind.id && isSamePath(path, target.path),
    );
  return {
    remembers: (target) => of(target).some(isFresh),
    read: async (destination, bucket, services, signal) => {
      const found = of(destination).find((one) => one.bucket === bucket);
      if (found !== undefined && isFresh(found)) return found.readings;
      const readings = await readAll(destination, bucket, services, signal);
      const { connection, kind, path } = destination;
      const known = new Set(of(destination).filter((one) => one.bucket === bucket));
      memory = [
        ...memory.filter((one) => !known.has(one)),
        { connection, kind, path, bucket, at: clock.now(), readings },
      ];
      return readings;
    },
    learn: async (target, signal) => {
      const known = of(target);
      const [first] = known;
      if (first === undefined) return;
      const now = await first.readings.target.again(signal);
      memory = memory.map((one) =>
        known.includes(one) ? { ...one, readings: { ...one.readings, target: now } } : one,
      );
    },
    clear: () => {
      memory = [];
    },
  };
}
