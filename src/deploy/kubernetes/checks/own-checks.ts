/** The checks that only plans for workloads have. */
import type { Workload, WorkloadPod } from '../../../model/workload';
import type { OwnCheck, OwnChecks, PlanToCheck } from '../../port/deploy-target';
import { kubernetesKind } from '../kind';
import { ownersInTheWay } from '../next-annotations';
import type { Workloads } from '../ports';
import type { ApplyRequest } from '../requests';
import { workloadStrategy } from '../strategies';
import { conventionCheck } from './convention';
import { imagesCheck } from './images';
import { managerCheck, ownersCheck } from './manager';
import { podsCheck } from './pods';
import { rehearsalCheck } from './rehearsal';
import { rolloutCheck, strategyCheck } from './rollout';
import { volumeCheck } from './volume';

interface Read {
  readonly workload: Workload;
  readonly pods: readonly WorkloadPod[];
  readonly workloads: Workloads;
  /** The planned apply. */
  readonly request: ApplyRequest;
  /** Epoch milliseconds. */
  readonly now: number;
}

type Checks = Awaited<ReturnType<typeof checksOf>>;

/** A finding of any of these checks. */
export type WorkloadCheck = Checks[keyof Checks][number];

export async function ownChecks(read: Read, plan: PlanToCheck, signal: AbortSignal): Promise<OwnChecks> {
  const { place, strategy } = await checksOf(read, plan, signal);
  return { place: place.map(asOwn), strategy: strategy.map(asOwn), bucket: [] };
}

async function checksOf(read: Read, { next, strategy }: PlanToCheck, signal: AbortSignal) {
  const { workload, pods, workloads, request } = read;
  const chosen = workloadStrategy(strategy);
  const owners = ownersInTheWay(workload, request.patch.annotations);
  return {
    place: [
      conventionCheck(workload, pods, next),
      imagesCheck(workload),
      managerCheck(workload),
      ownersCheck(owners),
      rolloutCheck(workload, pods),
      ...(await Promise.all([
        volumeCheck(workloads, workload, signal),
        podsCheck(read, chosen, signal),
        rehearsalCheck(workloads, request, signal),
      ])),
    ],
    strategy: [strategyCheck(chosen, workload, pods.length)],
  };
}

function asOwn(check: WorkloadCheck): OwnCheck {
  return {
    ...check,
    kind: kubernetesKind.id,
    ...(check.code === 'rollout.running' && { readiness: 'busy' as const }),
  };
}
