/** Follows code updates: asks FinSpace for the cluster and judges what it shows. */
import type { Clock } from '../../model/clock';
import { failureOf, isReason, MISSHAPEN_ANSWER } from '../../model/failure';
import type { CodeConfiguration } from '../../model/kdb';
import type { Follower, Observation, Operation } from '../../operations/operation';
import { lastLookOf } from '../apply/last-look';
import { parseUpdateInput } from '../plan/requests';
import { CODE_KIND, parseSummary } from '../plan/summary';
import type { CodeUpdateRequest, FinSpace } from '../ports';
import { refuse } from '../refusal';
import { type FollowedUpdate, judge, judgeMissing, judgeUnreadable } from './judge';

/** `finspaceOf`: FinSpace as a connection's follower may use it. */
export function createCodeFollower(
  finspaceOf: (connectionId: string) => Promise<FinSpace>,
  clock: Clock,
): Follower {
  return {
    kind: CODE_KIND,
    service: 'finspace',
    poll: async (operation, signal) => {
      const read = readOperation(operation);
      if (read === undefined) return unreadable();
      const { environmentId, clusterName } = read.request;
      const finspace = await finspaceOf(operation.subject.connectionId);
      try {
        const cluster = await finspace.getCluster(environmentId, clusterName, signal);
        return judge(read.update, cluster, clock.now());
      } catch (error) {
        const lost = isMisshapen(error) ? judgeUnreadable(read.update, clock.now()) : undefined;
        if (lost !== undefined) return lost;
        if (!isReason(error, 'not-found')) throw error;
        return judgeMissing(read.update, clock.now());
      }
    },
  };
}

export interface ReadOperation {
  readonly request: CodeUpdateRequest;
  readonly update: FollowedUpdate;
}

/** What the ledger says of an update that was sent; undefined when it was not, or cannot be read. */
export function readOperation(operation: Operation): ReadOperation | undefined {
  const { sentAt, acceptedAt, facts } = operation;
  const request = operation.request && parseUpdateInput(operation.request.input);
  const summary = parseSummary(operation.plan);
  if (request === undefined || sentAt === undefined || summary === undefined) return undefined;
  const before = lastLookOf(operation) ?? { configuration: summary.before };
  const expected = expectedAfter(request, before.configuration);
  return { request, update: { expected, before, sentAt, accepted: acceptedAt !== undefined, facts } };
}

function isMisshapen(error: unknown): boolean {
  const failure = failureOf(error);
  return failure.kind === 'aws' && failure.name === MISSHAPEN_ANSWER;
}

function expectedAfter(request: CodeUpdateRequest, before: CodeConfiguration): CodeConfiguration {
  const { code, initializationScript, commandLineArguments = [], strategy } = request;
  if (strategy === 'NO_RESTART') return { ...before, code };
  return { code, ...(initializationScript !== undefined && { initializationScript }), commandLineArguments };
}

function unreadable(): Observation {
  const failure = failureOf(refuse('operation-unreadable', { what: 'request' }));
  return { state: 'ended', outcome: { state: 'unknown', failure, facts: { check: 'cluster' } } };
}
