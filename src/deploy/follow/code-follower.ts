/**
 * Follows code updates of one kind of target: reads an update from its operation, and lets the target find
 * out how it goes.
 */
import type { Clock } from '../../model/clock';
import { failureOf } from '../../model/failure';
import type { Follower, Observation, Subject } from '../../operations/operation';
import type { DeployTarget } from '../port/deploy-target';
import type { TargetKind } from '../port/target-kind';
import { refuse } from '../refusal';
import { readOperation } from './read-operation';

/**
 * @param targetOf makes the target that an operation's subject names; its requests must never ask the user
 */
export function createCodeFollower(
  kind: TargetKind,
  targetOf: (subject: Subject) => Promise<DeployTarget>,
  clock: Clock,
): Follower {
  return {
    kind: kind.operationKind,
    service: kind.service,
    poll: async (operation, signal, nextRequest = async () => undefined) => {
      const read = readOperation(operation, kind);
      if (read === undefined) return unreadable();
      const target = await targetOf(operation.subject);
      return target.poll(read.update, { now: () => clock.now(), signal, nextRequest });
    },
    watch: async ({ subject }, changed, signal) => {
      const target = await targetOf(subject);
      await target.watch?.(changed, signal);
    },
  };
}

function unreadable(): Observation {
  const failure = failureOf(refuse('operation-unreadable', { what: 'request' }));
  return { state: 'ended', outcome: { state: 'unknown', failure, facts: { check: 'cluster' } } };
}
