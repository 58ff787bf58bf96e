/**
 * Makes the input of a plan from a target, and finds out whether targets of the workspace protect the place
 * that is deployed to.
 */
import { posix } from 'node:path';
import type { Connection } from '../../model/connection';
import { isSamePath } from '../../model/same-path';
import type { PackRequest } from '../../package/packer';
import type { Protection } from '../checks/place';
import type { FolderSource, PlanInput } from '../plan/input';
import type { Place } from '../port/target-kind';
import type { TargetEntry, TargetsFile } from './parse';
import type { Target } from './target';

export interface TargetContext {
  /** The connection that the target's account and region were resolved to. */
  readonly connection: Connection;
  /** The target's root, as an absolute path or as a tree to read, and the folder that must contain the root. */
  readonly root: Pick<PackRequest, 'root' | 'tree' | 'within'>;
  /** See {@link PackRequest.cacheFolder}. */
  readonly cacheFolder: string;
}

/**
 * The rules for packing a target's folder. The ignore files beside `slipway.json` also apply if the root is a
 * subfolder.
 */
export function packRulesOf({
  root,
  include,
  ignore,
  useGitignore,
}: Target): Pick<PackRequest, 'include' | 'ignore' | 'useGitignore' | 'below'> {
  const below = posix.relative('/', posix.join('/', root));
  return { include, ignore, useGitignore, ...(below !== '' && { below }) };
}

/**
 * The plan input for a target. The caller adds the git state, the last deployment and, if the user agrees
 * to replace a drifted configuration, that configuration.
 */
export function planInputOf(
  target: Target,
  { connection, root, cacheFolder }: TargetContext,
): PlanInput & { readonly source: FolderSource } {
  return {
    destination: {
      connection,
      ...(target.connection.kind === 'account' && { accountId: target.connection.accountId }),
      kind: target.kind,
      path: target.path,
      bucket: target.bucket,
      prefix: target.prefix,
    },
    source: { kind: 'folder', request: { ...root, ...packRulesOf(target), cacheFolder } },
    strategy: target.strategy ?? 'automatic',
    initializationScript: target.initializationScript,
    commandLineArguments: target.commandLineArguments,
    target: { name: target.name },
    ...(target.protected && { protection: { kind: 'target', name: target.name } }),
  };
}

/**
 * Finds out whether a target protects the place. A protected target protects its place against every
 * deployment, not only against those of the target itself.
 * @param files of all folders of the workspace
 * @returns `unknown` if a mistake in a file may hide a target that protects the place; undefined where
 * nothing protects the place
 */
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
  // A mistake outside of all targets may hide whole targets.
  const isTorn = files.some(({ problems }) => problems.some(({ target }) => target === undefined));
  return isTorn || entries.some(mayLeadThere) ? { kind: 'unknown' } : undefined;
}
