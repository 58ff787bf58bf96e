/** Whether a cluster is protected by a target of the workspace, however it is reached. */
import type { TargetEntry, TargetsFile } from './parse';

export type Protection =
  /** A target says so. */
  | { readonly kind: 'target'; readonly name: string }
  /** A mistake in `slipway.json` hides what is said of the cluster. */
  | { readonly kind: 'unknown' };

/** @param files of all folders of the workspace. @returns undefined where nothing protects the cluster. */
export function protectionOf(
  files: readonly TargetsFile[],
  { environmentId, clusterName }: { readonly environmentId: string; readonly clusterName: string },
): Protection | undefined {
  const entries = files.flatMap((file) => file.entries);
  const protecting = entries.find(
    ({ target }) =>
      target?.protected && target.environment === environmentId && target.cluster === clusterName,
  );
  if (protecting !== undefined) return { kind: 'target', name: protecting.name };
  const mayLeadThere = ({ target, cluster }: TargetEntry): boolean =>
    target === undefined && (cluster === undefined || cluster === clusterName);
  // Outside of any target, a mistake may hide whole targets.
  const isTorn = files.some(({ problems }) => problems.some(({ target }) => target === undefined));
  return isTorn || entries.some(mayLeadThere) ? { kind: 'unknown' } : undefined;
}
