/**
 * Checks of how the update will run: free addresses for the added nodes, pace, draining, and other tools
 * that manage the group.
 */

import type { Subnet } from '../../model/eks';
import { present } from '../../model/present';
import { declareCheck } from '../../plan/check';
import type { ReadFailure } from '../../plan/optional-read';
import type { UpdateChoice } from '../choice/choice';
import type { Situation } from '../reading/situation';
import { type Manager, managersOf } from '../rules/managers';
import { DRAIN_MINUTES, type RolloutEstimate, zoneCount } from '../rules/rollout-estimate';
import { confirm, pass, unknown, warn } from './check';

const FREE_ADDRESSES = declareCheck('free-addresses', {
  'addresses-enough': pass<{ readonly extraNodes: number; readonly free: number }>(),
  'addresses-short': warn<{
    readonly extraNodes: number;
    readonly free: number;
    readonly subnets: readonly Subnet[];
  }>('show-subnets'),
  /**
   * The subnets have enough free addresses in total, but the subnets of at least one zone have too few for the zone's
   * share of the added nodes.
   */
  'addresses-short-in-zone': warn<{ readonly extraNodes: number; readonly subnets: readonly Subnet[] }>(
    'show-subnets',
  ),
  'addresses-not-needed': pass(),
  'addresses-unknown': unknown<{ readonly extraNodes?: number; readonly why?: ReadFailure }>(),
});

/**
 * Checks that the subnets have at least one free address for each added node, in total and in each zone.
 * Pods need more addresses, but only the cluster's network plugin knows how many.
 */
export function freeAddresses({ nodegroup, subnets }: Situation, { extraNodes }: RolloutEstimate) {
  if (extraNodes === 0) return FREE_ADDRESSES.found('addresses-not-needed');
  if (!subnets.known || extraNodes === undefined) {
    const why = subnets.known ? undefined : subnets.why;
    return FREE_ADDRESSES.found('addresses-unknown', {
      ...present({ extraNodes, why }),
    });
  }
  const counts = subnets.value.map(({ freeAddresses }) => freeAddresses);
  if (counts.includes(undefined) || counts.length < Math.max(1, nodegroup.subnetIds.length)) {
    return FREE_ADDRESSES.found('addresses-unknown', { extraNodes });
  }
  const free = freeIn(subnets.value);
  if (free < extraNodes) {
    return FREE_ADDRESSES.found('addresses-short', { extraNodes, free, subnets: subnets.value });
  }
  const share = Math.ceil(extraNodes / zoneCount(nodegroup, subnets.value));
  const zoneOf = (subnet: Subnet): string => subnet.availabilityZone ?? subnet.id;
  const short = subnets.value.filter(
    (subnet) => freeIn(subnets.value.filter((other) => zoneOf(other) === zoneOf(subnet))) < share,
  );
  return short.length > 0
    ? FREE_ADDRESSES.found('addresses-short-in-zone', { extraNodes, subnets: short })
    : FREE_ADDRESSES.found('addresses-enough', { extraNodes, free });
}

function freeIn(subnets: readonly Subnet[]): number {
  return subnets.reduce((sum, { freeAddresses }) => sum + (freeAddresses ?? 0), 0);
}

const PACE = declareCheck('pace', {
  pace: pass<{ readonly pace: RolloutEstimate }>(),
  'pace-all-at-once': warn<{ readonly pace: RolloutEstimate }>('edit-update-settings'),
  'pace-terminates-first': warn<{ readonly pace: RolloutEstimate }>('edit-update-settings'),
  'pace-unknown': unknown(),
});

export function paceCheck(pace: RolloutEstimate) {
  if (pace.nodes === undefined || !pace.parallel) return PACE.found('pace-unknown');
  if (pace.strategy === 'MINIMAL') return PACE.found('pace-terminates-first', { pace });
  return pace.nodes > 1 && pace.parallel.most >= pace.nodes
    ? PACE.found('pace-all-at-once', { pace })
    : PACE.found('pace', { pace });
}

interface Draining {
  readonly drainMinutes: number;
}

const DRAIN = declareCheck('drain', {
  'drain-respects-budgets': pass<Draining>(),
  'drain-forced': confirm<Draining>('choose-again'),
});

export function drain({ force }: UpdateChoice) {
  return DRAIN.found(force ? 'drain-forced' : 'drain-respects-budgets', { drainMinutes: DRAIN_MINUTES });
}

const MANAGED_BY = declareCheck('managed-by', {
  'managed-by-nobody': pass(),
  'managed-by': warn<{ readonly managers: readonly Manager[] }>(),
});

export function managedBy({ nodegroup, cluster }: Pick<Situation, 'cluster' | 'nodegroup'>) {
  const managers = managersOf(nodegroup, cluster);
  return managers.length === 0
    ? MANAGED_BY.found('managed-by-nobody')
    : MANAGED_BY.found('managed-by', { managers });
}
