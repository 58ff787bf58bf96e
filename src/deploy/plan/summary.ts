/** The part of a plan that the ledger keeps: enough to follow, explain and restore the deployment years later. */

import type { CodeConfiguration } from '../../model/code';
import type { Json } from '../../model/json';
import { present } from '../../model/present';
import type { GitState } from '../checks/content';
import type { ConfigurationWithCode } from '../configuration';
import { knownStrategy } from '../port/strategy';
import type { TargetKind } from '../port/target-kind';
import {
  configurationIn,
  configurationJson,
  configurationWithCodeIn,
  memberOf,
  textIn,
  whole,
} from '../reading-json';
import type { DeploymentPlan } from './plan';

export interface PlanSummary {
  readonly target?: string;
  readonly bucket: string;
  readonly prefix: string;
  /** Digest of the folder's manifest; absent if the plan's source is an existing zip. */
  readonly digest?: string;
  /**
   * The folder to deploy: a path, or a URI of a virtual file system; absent if the plan's source is an
   * existing zip.
   */
  readonly root?: string;
  readonly before: CodeConfiguration;
  /** Lacks the version if S3 assigned one on upload: the operation's request then contains the version. */
  readonly next: ConfigurationWithCode;
  readonly strategy: string;
  readonly git?: GitState;
  /** True if the deployment restores an earlier configuration. */
  readonly rollsBack?: true;
}

/**
 * The {@link PlanSummary} of the plan as JSON, with the changed parts, the counts of files, and the codes
 * of the checks that did not pass.
 */
export function summaryOf(plan: DeploymentPlan): Json {
  const { target, source, changes, git, rollsBack } = plan;
  return {
    ...(target && { target: target.name }),
    bucket: plan.bucket,
    prefix: plan.prefix,
    ...(source.kind === 'folder' && {
      digest: source.digest,
      root: source.root,
      files: source.files,
      bytes: source.bytes,
    }),
    before: configurationJson(plan.current.configuration),
    next: configurationJson(plan.next),
    strategy: plan.strategy,
    parts: plan.parts,
    ...(changes.kind === 'known' && {
      changes: {
        added: changes.added.length,
        changed: changes.changed.length,
        removed: changes.removed.length,
        unchanged: changes.unchanged,
      },
    }),
    checks: plan.checks.filter(({ verdict }) => verdict !== 'pass').map(({ code }) => code),
    ...(git && { git: { commit: git.commit, dirty: git.dirty } }),
    ...present({ rollsBack }),
  };
}

/** Undefined where a required member is missing or damaged, or `kind` does not have the strategy. */
export function parseSummary(data: Json, kind: Pick<TargetKind, 'strategies'>): PlanSummary | undefined {
  const required = whole({
    bucket: textIn(data, 'bucket'),
    prefix: textIn(data, 'prefix'),
    before: configurationIn(memberOf(data, 'before')),
    next: configurationWithCodeIn(memberOf(data, 'next')),
    strategy: knownStrategy(kind, textIn(data, 'strategy')),
  });
  const [target, digest, root] = [textIn(data, 'target'), textIn(data, 'digest'), textIn(data, 'root')];
  const git = gitIn(data);
  return (
    required && {
      ...required,
      ...present({ target, digest, root, git }),
      ...(memberOf(data, 'rollsBack') === true && { rollsBack: true }),
    }
  );
}

/** The member `git`; undefined where it is missing or damaged. */
export function gitIn(data: Json): GitState | undefined {
  const git = memberOf(data, 'git');
  const commit = textIn(git, 'commit');
  return commit === undefined ? undefined : { commit, dirty: memberOf(git, 'dirty') === true };
}
