/** Finds out who has changed Slipway's annotations, from the managers of the fields. */
import type { Workload } from '../../model/workload';
import type { Annotations } from './annotations';

/** Slipway's name as a manager of fields. */
export const SLIPWAY = 'slipway';

/**
 * Managers other than Slipway that own an annotation whose value is no longer the one in `asked`, or that own
 * a part of the pod template and wrote after `writtenAt`. Empty if it cannot be known who changed something: an
 * API server does not record a manager that only removes a field.
 * @param writtenAt the last earlier write by others, epoch milliseconds of the API server's clock
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

/**
 * When a manager other than Slipway last wrote, in epoch milliseconds of the API server's clock; 0 if none
 * did.
 */
export function lastWrittenAt({ writers }: Pick<Workload, 'writers'>): number {
  return Math.max(0, ...writers.filter(({ manager }) => manager !== SLIPWAY).map(({ at = 0 }) => at));
}
