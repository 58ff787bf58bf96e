/** Checks the drain: what in the cluster would hold up, threaten or slow down the drain. */
import type { Blocker, Gravity } from '../../drain/blocker';
import { drainBlockers, movingPods } from '../../drain/blockers';
import type { DrainReading } from '../../drain/read-drain';
import type { Failure } from '../../model/failure';
import { declareCheck } from '../../plan/check';
import type { UpdateChoice } from '../choice/choice';
import type { Situation } from '../reading/situation';
import type { RolloutEstimate } from '../rules/rollout-estimate';
import { pass, unknown, warn } from './check';

export interface DrainFindings {
  readonly nodes: number;
  /** The number of pods that have to move. */
  readonly pods: number;
  /** The gravest first. */
  readonly blockers: readonly Blocker[];
  /** The parts that could not be read, each with the reason. */
  readonly unread: DrainReading['unread'];
}

const DRAIN_READINESS = declareCheck('drain-readiness', {
  'drain-free': pass<DrainFindings>(),
  /** The drain takes longer because of some pods, but nothing stops it or puts anything at risk. */
  'drain-slowed': pass<DrainFindings>(),
  'drain-threatened': warn<DrainFindings>('check-drain'),
  'drain-held': warn<DrainFindings>('check-drain'),
  /** As `drain-held`, for an update with force, which ends the pods that hold up the drain. */
  'drain-held-forced': warn<DrainFindings>('check-drain'),
  /** No blocker was found, but the budgets could not be read. */
  'drain-budgets-unknown': unknown<DrainFindings & { readonly failure: Failure }>('check-drain'),
  'drain-unknown': unknown<{ readonly failure: Failure }>('check-drain'),
});

/** @param now epoch milliseconds */
export function drainReadiness(
  drain: NonNullable<Situation['drain']>,
  { force }: UpdateChoice,
  { parallel }: Pick<RolloutEstimate, 'parallel'>,
  now: number,
) {
  if (!drain.known) return DRAIN_READINESS.found('drain-unknown', { failure: drain.why });
  const { facts, unread } = drain.value;
  const findings: DrainFindings = {
    nodes: facts.nodes.length,
    pods: movingPods(facts).length,
    blockers: drainBlockers(facts, { now, ...(parallel && { atOnce: parallel.most }) }),
    unread,
  };
  const budgets = unread.find(({ part }) => part === 'budgets');
  switch (worst(findings.blockers)) {
    case 'holds':
      return DRAIN_READINESS.found(force ? 'drain-held-forced' : 'drain-held', findings);
    case 'threatens':
      return DRAIN_READINESS.found('drain-threatened', findings);
    case 'slows':
      return DRAIN_READINESS.found('drain-slowed', findings);
    case undefined:
      return budgets
        ? DRAIN_READINESS.found('drain-budgets-unknown', { ...findings, failure: budgets.failure })
        : DRAIN_READINESS.found('drain-free', findings);
  }
}

function worst(blockers: readonly Blocker[]): Gravity | undefined {
  return blockers[0]?.gravity;
}
