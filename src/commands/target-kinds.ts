/** The kinds of targets that there are, and how each is reached through a connection: the one place that names them. */
import type { AwsPorts } from '../aws/contract';
import { finspaceKind } from '../deploy/finspace/kind';
import { strategiesFor } from '../deploy/finspace/strategies';
import { finspaceTarget } from '../deploy/finspace/target';
import { type PlanSummary, parseSummary } from '../deploy/plan/summary';
import type { DeployTarget } from '../deploy/port/deploy-target';
import type { TargetKind } from '../deploy/port/target-kind';
import { TargetKinds } from '../deploy/port/target-kinds';
import type { DeploymentStrategy, KdbCluster } from '../model/kdb';
import type { Operation } from '../operations/operation';

interface ReachedKind {
  readonly kind: TargetKind;
  at(ports: AwsPorts, path: readonly string[]): DeployTarget;
}

const FINSPACE: ReachedKind = {
  kind: finspaceKind,
  at: ({ finspace }, path) => finspaceTarget(finspace, path),
};

/** Besides the usual one. */
const OTHERS: readonly ReachedKind[] = [];

export const targetKinds = new TargetKinds(
  FINSPACE.kind,
  OTHERS.map(({ kind }) => kind),
);

/** Those that a cluster takes which was picked, the gentlest first. */
export function strategiesOf({ type }: KdbCluster): readonly DeploymentStrategy[] {
  return strategiesFor(type);
}

/** What an operation planned to deploy; undefined where it deploys no code, or nothing that can be read. */
export function plannedBy({ kind, plan }: Pick<Operation, 'kind' | 'plan'>): PlanSummary | undefined {
  const found = targetKinds.ofOperation({ kind });
  return found && parseSummary(plan, found);
}

/** One target, through the services of a connection. */
export function targetAt(
  { kind, path }: { readonly kind: Pick<TargetKind, 'id'>; readonly path: readonly string[] },
  ports: AwsPorts,
): DeployTarget {
  const reached = [FINSPACE, ...OTHERS].find((one) => one.kind.id === kind.id);
  if (reached === undefined) throw new Error(`there is no kind of target ${kind.id}`);
  return reached.at(ports, path);
}
