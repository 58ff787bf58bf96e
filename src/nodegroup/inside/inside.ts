/** Nodes, pods and blockers of a cluster while a node group is updated, and afterwards. */

import type { NodeRecord } from '../../drain/node-record';
import { isProgressFact, readProgress } from '../../drain/progress-record';
import type { RefusedEviction } from '../../drain/refused-evictions';
import type { Failure } from '../../model/failure';
import type { Facts } from '../../model/json';
import { present } from '../../model/present';
import type { Operation } from '../../operations/operation';
import { isAuditOff, writtenRefusals } from './audit-facts';
import {
  INSIDE_FACTS,
  insideProblem,
  type LastHeld,
  lastHeld,
  type WrittenNumbers,
  writtenNumbers,
} from './inside-facts';

export interface Inside {
  readonly numbers?: WrittenNumbers;
  /** Old and new nodes, each with its history during the update. */
  readonly nodes: readonly NodeRecord[];
  readonly held?: LastHeld;
  /** Refused evictions from the audit log, the last one for each pod. */
  readonly refused: readonly RefusedEviction[];
  /** True if the cluster keeps no audit log; false also if this is not known. */
  readonly isAuditOff: boolean;
  /**
   * Why the cluster could not be read completely or the progress could not be stored, now or at the end of the
   * operation.
   */
  readonly problem?: Failure;
}

/**
 * The nodes, pods and blockers of an operation's cluster, from the operation's facts; undefined if the facts
 * show neither the numbers of a read nor why a read failed.
 */
export function insideOf({ facts, outcome }: Pick<Operation, 'facts' | 'outcome'>): Inside | undefined {
  const all = { ...facts, ...outcome?.facts };
  const numbers = writtenNumbers(all);
  const held = lastHeld(all);
  const problem = insideProblem(all);
  if (!numbers && !problem) return undefined;
  return {
    nodes: readProgress(all)?.nodes ?? [],
    refused: writtenRefusals(all),
    isAuditOff: isAuditOff(all),
    ...present({ numbers, held, problem }),
  };
}

/** The operation without the facts that {@link insideOf} reads, for lists of its other facts. */
export function withoutInside(operation: Operation): Operation {
  const { facts, outcome, steps } = operation;
  return {
    ...operation,
    facts: others(facts),
    steps: steps.map((step) => (step.facts ? { ...step, facts: others(step.facts) } : step)),
    ...(outcome && { outcome: outcome.facts ? { ...outcome, facts: others(outcome.facts) } : outcome }),
  };
}

function others(facts: Facts): Facts {
  const isInside = (name: string): boolean =>
    isProgressFact(name) || INSIDE_FACTS.some((fact) => fact === name);
  return Object.fromEntries(Object.entries(facts).filter(([name]) => !isInside(name)));
}
