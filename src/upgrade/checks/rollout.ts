/** Checks of how the update will run: addresses for the added nodes, pace, draining, and who else manages the group. */
import type { Subnet } from '../../model/eks';
import type { UpdateChoice } from '../choice';
import { managersOf } from '../managers';
import { DRAIN_MINUTES, type Pace, zoneCount } from '../pace';
import type { Situation } from '../situation';
import { type Check, check } from './check';

/** Each added node takes at least one address of its subnet; pods take more, which only the cluster's network plugin knows. */
export function freeAddresses({ nodegroup, subnets }: Situation, { extraNodes }: Pace): Check {
  if (extraNodes === 0) return check({ code: 'addresses-not-needed', facts: {} });
  if (!subnets.known || extraNodes === undefined) {
    const why = subnets.known ? undefined : subnets.why;
    return check({
      code: 'addresses-unknown',
      facts: { ...(extraNodes !== undefined && { extraNodes }), ...(why && { why }) },
    });
  }
  const counts = subnets.value.map(({ freeAddresses }) => freeAddresses);
  if (counts.includes(undefined) || counts.length < Math.max(1, nodegroup.subnetIds.length)) {
    return check({ code: 'addresses-unknown', facts: { extraNodes } });
  }
  const free = freeIn(subnets.value);
  if (free < extraNodes) {
    return check({ code: 'addresses-short', facts: { extraNodes, free, subnets: subnets.value } });
  }
  const share = Math.ceil(extraNodes / zoneCount(nodegroup, subnets.value));
  const zoneOf = (subnet: Subnet): string => subnet.availabilityZone ?? subnet.id;
  const short = subnets.value.filter(
    (subnet) => freeIn(subnets.value.filter((other) => zoneOf(other) === zoneOf(subnet))) < share,
  );
  return short.length > 0
    ? check({ code: 'addresses-short-in-zone', facts: { extraNodes, subnets: short } })
    : check({ code: 'addresses-enough', facts: { extraNodes, free } });
}

function freeIn(subnets: readonly Subnet[]): number {
  return subnets.reduce((sum, { freeAddresses }) => sum + (freeAddresses ?? 0), 0);
}

export function paceCheck(pace: Pace): Check {
  if (pace.nodes === undefined || !pace.parallel) return check({ code: 'pace-unknown', facts: { pace } });
  if (pace.strategy === 'MINIMAL') return check({ code: 'pace-terminates-first', facts: { pace } });
  return pace.nodes > 1 && pace.parallel.most >= pace.nodes
    ? check({ code: 'pace-all-at-once', facts: { pace } })
    : check({ code: 'pace', facts: { pace } });
}

export function drain({ force }: UpdateChoice): Check {
  return check({
    code: force ? 'drain-forced' : 'drain-respects-budgets',
    facts: { drainMinutes: DRAIN_MINUTES },
  });
}

export function managedBy({ nodegroup, cluster }: Pick<Situation, 'cluster' | 'nodegroup'>): Check {
  const managers = managersOf(nodegroup, cluster);
  return managers.length === 0
    ? check({ code: 'managed-by-nobody', facts: {} })
    : check({ code: 'managed-by', facts: { managers } });
}
