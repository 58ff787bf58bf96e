/** Updates of several node groups: which ones, one plan for all, and the rows that a batch runs. */
import { type Failure, failureOf } from '../model/failure';
import type { AttentionCode } from './attention';
import type { CheckId } from './checks/check';
import type { ChoiceProblem } from './choice';
import type { Surveyed } from './looks';
import { choiceFor, type Goal } from './options';
import { decisionOf, type NodegroupPlan, planUpdate } from './plan';
import { type PlanRecord, recordOf } from './record';
import { type ClusterSituation, readCluster, readSituation, type Sources } from './situation';

/** One of the node groups to update. */
export interface NodegroupName {
  readonly cluster: string;
  readonly nodegroup: string;
}

const OUTDATED: readonly AttentionCode[] = ['version-behind', 'skew-exceeded', 'release-behind'];

/**
 * "Everything outdated": node groups whose version or release is behind. One with a custom AMI shows neither, so for it
 * the version of its launch template counts.
 */
export function outdatedOf(surveyed: readonly Surveyed[]): readonly NodegroupName[] {
  return surveyed.flatMap((one) => {
    if (one.kind !== 'nodegroup') return [];
    const codes = one.attention.items.map(({ code }) => code);
    const isOutdated =
      codes.some((code) => OUTDATED.includes(code)) ||
      (codes.includes('custom-ami') && codes.includes('template-behind'));
    return isOutdated ? [{ cluster: one.cluster.name, nodegroup: one.nodegroup.name }] : [];
  });
}

/** Why a node group has no plan. */
export type NotPlanned =
  | { readonly code: 'not-readable'; readonly failure: Failure }
  /** No version is offered for it, or its custom AMI's launch template could not be read. */
  | { readonly code: 'nothing-to-choose' }
  | { readonly code: 'not-valid'; readonly problems: readonly ChoiceProblem[] };

/** Row of a plan for several. `key` is unique within it, `group` is what the default width counts by. */
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
 * Plans each node group, in the order given; each cluster is read once.
 * @param now epoch milliseconds
 * @throws cancellation, missing credentials.
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
    const shared = clusters.get(cluster) ?? readCluster(sources.ports, cluster, signal);
    clusters.set(cluster, shared);
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
    if (!choice) return { kind: 'not-planned', why: { code: 'nothing-to-choose' } };
    const planned = planUpdate(situation, choice, now);
    return planned.valid
      ? { kind: 'planned', plan: planned.plan }
      : { kind: 'not-planned', why: { code: 'not-valid', problems: planned.problems } };
  } catch (thrown) {
    const failure = failureOf(thrown);
    if (failure.kind !== 'aws') throw thrown;
    return { kind: 'not-planned', why: { code: 'not-readable', failure } };
  }
}

/** A row that may run; `record` is what the ledger keeps, so that the row can begin after a restart too. */
export interface RunnableRow {
  readonly key: string;
  readonly group: string;
  readonly record: PlanRecord;
}

export interface Runnable {
  readonly rows: readonly RunnableRow[];
  /** Rows left out: without a plan, or blocked by these checks. */
  readonly leftOut: readonly { readonly row: SeveralRow; readonly blocks: readonly CheckId[] }[];
}

/** @param passed checks that the user goes on past, for all rows */
export function runnableOf(rows: readonly SeveralRow[], passed: readonly CheckId[]): Runnable {
  const runnable: RunnableRow[] = [];
  const leftOut: { row: SeveralRow; blocks: readonly CheckId[] }[] = [];
  for (const row of rows) {
    const decision = row.kind === 'planned' ? decisionOf(row.plan.checks, passed) : undefined;
    if (row.kind === 'planned' && decision?.kind === 'go') {
      runnable.push({ key: row.key, group: row.group, record: recordOf(row.plan, passed) });
    } else {
      leftOut.push({ row, blocks: decision && decision.kind !== 'go' ? decision.blocks : [] });
    }
  }
  return { rows: runnable, leftOut };
}
