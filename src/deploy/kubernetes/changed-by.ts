/** Who has changed Slipway's annotations, as the managers of the fields tell it. */
import type { Workload } from '../../model/workload';
import type { Annotations } from './annotations';

/** Name under which Slipway owns what it has written. */
export const SLIPWAY = 'slipway';

/**
 * Managers that own the annotations now, or that have written the template since. None where nothing says who it was: an
 * API server keeps no trace of who takes a field away and writes nothing.
 * @param writtenAt when others had written last before, epoch milliseconds by the API server's clock
 */
export function changedBy(
  { writers, annotations }: Workload,
  asked: Annotations,
  writtenAt: number,
): readonly string[] {
  const changed = Object.keys(asked).filter((name) => asked[name] !== annotations[name]);
  const found = writers.filter(
    ({ manager, annotations: owned, at = 0 }) =>
      manager !== SLIPWAY && (owned.some((name) => changed.includes(name)) || at > writtenAt),
  );
  return [...new Set(found.map(({ manager }) => manager))];
}

/** When somebody besides Slipway has written last; 0 where nothing says so. */
export function lastWrittenAt({ writers }: Pick<Workload, 'writers'>): number {
  return Math.max(0, ...writers.filter(({ manager }) => manager !== SLIPWAY).map(({ at = 0 }) => at));
}
