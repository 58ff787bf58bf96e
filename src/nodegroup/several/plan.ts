/** One plan for several node groups. */
import { getOrMake } from '../../model/cache';
import { type Failure, failureOf } from '../../model/failure';
import { bringsOwnAmi, type ChoiceProblem } from '../choice/choice';
import { choiceFor, type Goal } from '../choice/options';
import { type NodegroupPlan, planUpdate } from '../plan/plan';
import {
  type ClusterSituation,
  readCluster,
  readSituation,
  type Situation,
  type Sources,
} from '../reading/situation';
import { type CannotFollow, cannotFollow } from '../rules/ami';
import type { NodegroupName } from './outdated';

/** Why a node group has no plan. */
export type NotPlanned =
  | { readonly code: 'not-readable'; readonly failure: Failure }
  /**
   * No suitable version is offered, or the AMI is a custom one and no version of its launch template is known
   * to name an AMI.
   */
  | { readonly code: 'nothing-to-choose' }
  /**
   * The AMI type has no release for the control plane's version: either no version is offered at all, or the
   * node group has already reached the goal as far as the AMI type allows.
   */
  | { readonly code: 'cannot-follow'; readonly facts: CannotFollow }
  /** The node group already has the control plane's version, and the newest release for it. */
  | { readonly code: 'up-to-date' }
  /** The node group already has the newest release of its version, which is not the control plane's version. */
  | { readonly code: 'newest-of-its-version'; readonly version: string; readonly controlPlane: string }
  /**
   * The node group has a custom AMI, which its launch template names, and already uses the newest version of
   * the template that names an AMI. Slipway does not know how old that AMI is.
   */
  | { readonly code: 'newest-template' }
  | { readonly code: 'not-valid'; readonly problems: readonly ChoiceProblem[] };

/**
 * A row of a plan for several node groups. `key` is unique in the plan; rows of one `group` share a limit on how many
 * run at once.
 */
export type SeveralRow = {
  readonly key: string;
  readonly group: string;
} & (
  | { readonly kind: 'planned'; readonly plan: NodegroupPlan }
  | { readonly kind: 'not-planned'; readonly why: NotPlanned }
);

export interface SeveralChoice {
  readonly goal: Goal;
  readonly force: boolean;
}

/**
 * Plans each node group in the given order; each cluster is read once.
 * @param now epoch milliseconds
 * @throws every failure that is not of kind `aws`, such as a cancellation or missing credentials
 */
export async function planSeveral(
  sources: Sources,
  names: readonly NodegroupName[],
  choice: SeveralChoice,
  now: number,
  signal: AbortSignal,
): Promise<readonly SeveralRow[]> {
  const clusters = new Map<string, Promise<ClusterSituation>>();
  const rows: SeveralRow[] = [];
  for (const { cluster, nodegroup } of names) {
    const shared = getOrMake(clusters, cluster, () => readCluster(sources.ports, cluster, signal));
    rows.push({
      key: `${cluster}/${nodegroup}`,
      group: cluster,
      ...(await planRow(sources, shared, nodegroup, choice, now, signal)),
    });
  }
  return rows;
}

type Row =
  | { readonly kind: 'planned'; readonly plan: NodegroupPlan }
  | { readonly kind: 'not-planned'; readonly why: NotPlanned };

async function planRow(
  sources: Sources,
  shared: Promise<ClusterSituation>,
  nodegroup: string,
  { goal, force }: SeveralChoice,
  now: number,
  signal: AbortSignal,
): Promise<Row> {
  try {
    const situation = await readSituation(sources, await shared, nodegroup, signal);
    const choice = choiceFor(situation, goal, force);
    if (!choice) return { kind: 'not-planned', why: whyNothing(situation) };
    const planned = planUpdate(situation, choice, now);
    if (!planned.valid)
      return { kind: 'not-planned', why: { code: 'not-valid', problems: planned.problems } };
    const isThere = planned.plan.checks.some(({ code }) => code === 'nothing-changes');
    return isThere
      ? { kind: 'not-planned', why: whyThere(situation) }
      : { kind: 'planned', plan: planned.plan };
  } catch (thrown) {
    const failure = failureOf(thrown);
    if (failure.kind !== 'aws') throw thrown;
    return { kind: 'not-planned', why: { code: 'not-readable', failure } };
  }
}

/** Why there is no choice for a node group. */
function whyNothing({ cluster, nodegroup, offered }: Situation): NotPlanned {
  const facts = offered.length === 0 ? cannotFollow(nodegroup.amiType, cluster.version) : undefined;
  return facts ? { code: 'cannot-follow', facts } : { code: 'nothing-to-choose' };
}

/**
 * Why a node group that has already reached the goal is left out. Such a node group may still be out of date.
 */
function whyThere(situation: Situation): NotPlanned {
  const { cluster, nodegroup } = situation;
  if (bringsOwnAmi(situation, undefined)) return { code: 'newest-template' };
  const facts = cannotFollow(nodegroup.amiType, cluster.version);
  if (facts) return { code: 'cannot-follow', facts };
  const { version } = nodegroup;
  return version === undefined || version === cluster.version
    ? { code: 'up-to-date' }
    : { code: 'newest-of-its-version', version, controlPlane: cluster.version };
}
