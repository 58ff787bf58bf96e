/** All checks of a node group update. Checks of the same gravity are shown in this order. */
import type { UpdateChoice } from '../choice/choice';
import type { Situation } from '../reading/situation';
import type { RolloutEstimate } from '../rules/rollout-estimate';
import { drainReadiness } from './drain-readiness';
import { amiType, change, launchTemplate, release } from './images';
import { insights } from './insights';
import { drain, freeAddresses, managedBy, paceCheck } from './rollout';
import { clusterState, health, nodegroupState, runningUpdates } from './state';
import { downgrade, skew, support } from './versions';

/** Any finding of the checks. */
export type Check = ReturnType<typeof allChecks>[number];
export type CheckId = Check['id'];
export type CheckCode = Check['code'];

/** The findings of the checks with these ids. */
export type CheckOf<Id extends CheckId> = Extract<Check, { readonly id: Id }>;

/** @param now epoch milliseconds */
export function allChecks(situation: Situation, choice: UpdateChoice, pace: RolloutEstimate, now: number) {
  return [
    clusterState(situation),
    nodegroupState(situation),
    runningUpdates(situation),
    health(situation),
    change(situation, choice),
    skew(situation, choice),
    downgrade(situation, choice),
    support(situation, choice, now),
    amiType(situation, choice),
    release(situation, choice),
    launchTemplate(situation, choice),
    insights(situation),
    freeAddresses(situation, pace),
    paceCheck(pace),
    drain(choice),
    ...(situation.drain ? [drainReadiness(situation.drain, choice, pace, now)] : []),
    managedBy(situation),
  ];
}
