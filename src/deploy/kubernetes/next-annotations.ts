/** The annotations that an apply sends, and the managers that own some of them. */
import { ANNOTATION, type Workload } from '../../model/workload';
import type { ConfigurationWithCode } from '../configuration';
import { type Annotations, annotationsOf, differing } from './annotations';
import { SLIPWAY } from './changed-by';

/** The part of a workload that the next annotations depend on. */
type Present = Pick<Workload, 'annotations' | 'writers'>;

/**
 * The annotations of the next apply. An annotation that another manager owns would stay if the apply left it
 * out, so the apply sets it to an empty text, which counts as missing. If no other annotation would change, the
 * apply sets `restartedAt` to the present time, since pods are replaced only if the template changes.
 * @param digest SHA-256 of the zip, hex
 * @param now epoch milliseconds
 */
export function nextAnnotations(
  workload: Present,
  next: ConfigurationWithCode,
  digest: string,
  now: number,
): Annotations {
  const set = annotationsOf(next, digest);
  const left = Object.keys(workload.annotations).filter(
    (name) => !Object.hasOwn(set, name) && isOwnedByOthers(workload, name),
  );
  const whole = { ...set, ...Object.fromEntries(left.map((name) => [name, ''])) };
  const changes = differing(whole, workload.annotations).some((name) => name !== ANNOTATION.restartedAt);
  return changes ? whole : { ...whole, [ANNOTATION.restartedAt]: new Date(now).toISOString() };
}

function isOwnedByOthers({ writers }: Present, name: string): boolean {
  return writers.some(({ manager, annotations }) => manager !== SLIPWAY && annotations.includes(name));
}

/** Managers other than Slipway that own any of Slipway's annotations, in alphabetical order. */
export function otherOwners({ writers }: Pick<Present, 'writers'>): readonly string[] {
  const owning = writers.filter(({ manager, annotations }) => manager !== SLIPWAY && annotations.length > 0);
  return [...new Set(owning.map(({ manager }) => manager))].sort();
}

/** Managers other than Slipway that own an annotation whose value `next` would change. */
export function ownersInTheWay({ writers, annotations }: Present, next: Annotations): readonly string[] {
  const changes = Object.keys(next).filter((name) => next[name] !== annotations[name]);
  const changing = writers.map((writer) => ({
    ...writer,
    annotations: writer.annotations.filter((name) => changes.includes(name)),
  }));
  return otherOwners({ writers: changing });
}
