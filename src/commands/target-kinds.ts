/** The kinds of targets, and how each is reached and picked. No other file names all kinds. */
import { finspaceKind } from '../deploy/finspace/kind';
import { finspaceTarget } from '../deploy/finspace/target';
import { configurationIn, unreadable } from '../deploy/kubernetes/annotations';
import { kubernetesKind } from '../deploy/kubernetes/kind';
import { POD_RIGHTS, USUAL_DATABASE_PATH, USUAL_IMAGES } from '../deploy/kubernetes/snippet/parameters';
import { workloadSnippet } from '../deploy/kubernetes/snippet/snippet';
import { kubernetesTarget } from '../deploy/kubernetes/target';
import { type PlanSummary, parseSummary } from '../deploy/plan/summary';
import type { DeployTarget } from '../deploy/port/deploy-target';
import { type TargetKind, TargetKinds } from '../deploy/port/target-kind';
import { systemClock } from '../model/clock';
import { type Workload, workloadNamed } from '../model/workload';
import type { Operation } from '../operations/operation';
import type { WorkloadRuns } from '../view/pages/things/workload';
import { kdbClusterPicks } from './pick/kdb-cluster';
import type { TargetPicks } from './pick/target-picks';
import { workloadPicks } from './pick/workload';
import type { TargetPorts } from './ports';

interface ReachedKind {
  readonly kind: TargetKind;
  readonly picks: TargetPicks;
  at(ports: TargetPorts, path: readonly string[]): DeployTarget;
}

const FINSPACE: ReachedKind = {
  kind: finspaceKind,
  picks: kdbClusterPicks,
  at: ({ finspace }, path) => finspaceTarget(finspace, path),
};

const KUBERNETES: ReachedKind = {
  kind: kubernetesKind,
  picks: workloadPicks,
  at: ({ workloads }, path) => kubernetesTarget(workloads, path, systemClock),
};

/** All kinds except FinSpace, which is the default kind. */
const OTHERS: readonly ReachedKind[] = [KUBERNETES];

export const targetKinds = new TargetKinds(
  FINSPACE.kind,
  OTHERS.map(({ kind }) => kind),
);

/**
 * The functions and values from which a workload's snippet is made: the manifest changes that the workload needs
 * before code can be deployed to it.
 */
export const snippets = {
  of: workloadSnippet,
  kind: kubernetesKind,
  /** Parses the kind and name of a workload, such as `statefulset/hdb`; undefined for any other text. */
  workloadNamed,
  rights: POD_RIGHTS,
  images: USUAL_IMAGES,
  databasePath: USUAL_DATABASE_PATH,
};

/** The code that a workload runs, according to its annotations. */
export function workloadRuns({ annotations }: Workload): WorkloadRuns {
  return { configuration: configurationIn(annotations), unreadable: unreadable(annotations) };
}

/** The deployment that an operation planned; undefined if it planned none, or its plan cannot be read. */
export function plannedBy({ kind, plan }: Pick<Operation, 'kind' | 'plan'>): PlanSummary | undefined {
  const found = targetKinds.ofOperation({ kind });
  return found && parseSummary(plan, found);
}

/** One target, reached through the services of a connection. */
export function targetAt(
  { kind, path }: { readonly kind: Pick<TargetKind, 'id'>; readonly path: readonly string[] },
  ports: TargetPorts,
): DeployTarget {
  return reached(kind).at(ports, path);
}

/** How the things of a kind are picked. */
export function picksOf(kind: Pick<TargetKind, 'id'>): TargetPicks {
  return reached(kind).picks;
}

function reached({ id }: Pick<TargetKind, 'id'>): ReachedKind {
  const found = [FINSPACE, ...OTHERS].find(({ kind }) => kind.id === id);
  if (found === undefined) throw new Error(`there is no kind of target ${id}`);
  return found;
}
