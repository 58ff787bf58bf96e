/** Findings about a plan that only a workload has. */
import type { Workload, WorkloadPod } from '../../../model/workload';
import type { OwnChecks, PlanToCheck } from '../../port/deploy-target';
import type { OwnCheck } from '../../port/own-check';
import { kubernetesKind } from '../kind';
import { ownersInTheWay } from '../next-annotations';
import type { Workloads } from '../ports';
import type { ApplyRequest } from '../requests';
import { workloadStrategy } from '../strategies';
import { conventionCheck } from './convention';
import { managerCheck, ownersCheck } from './manager';
import { rehearsalCheck } from './rehearsal';
import { rolloutCheck, strategyCheck } from './rollout';

interface Read {
  readonly workload: Workload;
  readonly pods: readonly WorkloadPod[];
  readonly workloads: Workloads;
  /** The one that is planned. */
  readonly request: ApplyRequest;
}

type Checks = Awaited<ReturnType<typeof checksOf>>;

/** What any of these checks can find. */
export type WorkloadCheck = Checks[keyof Checks][number];

export async function ownChecks(read: Read, plan: PlanToCheck, signal: AbortSignal): Promise<OwnChecks> {
  const { place, strategy } = await checksOf(read, plan, signal);
  return { place: place.map(asOwn), strategy: strategy.map(asOwn), bucket: [] };
}

async function checksOf(
  { workload, pods, workloads, request }: Read,
  { next, strategy }: PlanToCheck,
  signal: AbortSignal,
) {
  const owners = ownersInTheWay(workload, request.patch.annotations);
  return {
    place: [
      conventionCheck(workload, next.initializationScript !== undefined),
      managerCheck(workload),
      ownersCheck(owners),
      rolloutCheck(workload, pods),
      await rehearsalCheck(workloads, request, signal),
    ],
    strategy: [strategyCheck(workloadStrategy(strategy), workload, pods.length)],
  };
}

function asOwn(check: WorkloadCheck): OwnCheck {
  return {
    ...check,
    kind: kubernetesKind.id,
    ...(check.code === 'rollout.running' && { readiness: 'busy' as const }),
  };
}
