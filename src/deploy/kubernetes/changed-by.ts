/** Who has changed Slipway's annotations, as the managers of the fields tell it. */
import type { Workload } from '../../model/workload';
import type { Annotations } from './annotations';

/** Name under which Slipway owns what it has written. */
export const SLIPWAY = 'slipway';

/**
 * Managers, the latest first: those that own the annotations now, or, where they were taken away and nobody does, the one
 * that wrote the template last. None where the API server tells of none.
 */
export function changedBy({ writers, annotations }: Workload, asked: Annotations): readonly string[] {
  const others = writers
    .filter(({ manager }) => manager !== SLIPWAY)
    .toSorted((a, b) => (b.at ?? 0) - (a.at ?? 0));
  const changed = Object.keys(asked).filter((name) => asked[name] !== annotations[name]);
  const owning = others.filter((one) => one.annotations.some((name) => changed.includes(name)));
  const found = owning.length > 0 ? owning : others.slice(0, 1);
  return [...new Set(found.map(({ manager }) => manager))];
}
