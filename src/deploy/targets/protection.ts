/** Finds out whether a target of the workspace protects a place, by whatever way code is deployed there. */

import { isSamePath } from '../../model/same-path';
import type { Protection } from '../checks/protection';
import type { Place } from '../port/target-kind';
import type { TargetEntry, TargetsFile } from './parse';

/** @param files of all folders of the workspace. @returns undefined where nothing protects the place. */
export function protectionOf(
  files: readonly TargetsFile[],
  { kind, path }: Pick<Place, 'kind' | 'path'>,
): Protection | undefined {
  const entries = files.flatMap((file) => file.entries);
  const protecting = entries.find(
    ({ target }) => target?.protected && target.kind.id === kind.id && isSamePath(target.path, path),
  );
  if (protecting !== undefined) return { kind: 'target', name: protecting.name };
  const mayLeadThere = ({ target, place }: TargetEntry): boolean =>
    target === undefined && (place === undefined || place === path.at(-1));
  // A mistake outside of any target may hide whole targets.
  const isTorn = files.some(({ problems }) => problems.some(({ target }) => target === undefined));
  return isTorn || entries.some(mayLeadThere) ? { kind: 'unknown' } : undefined;
}
