/** Reads the sent update of an operation from the ledger's data. */
import type { Operation } from '../../operations/operation';
import { furtherIn } from '../apply/further-requests';
import { lastLookOf } from '../apply/last-look';
import { parseSummary } from '../plan/summary';
import type { FollowedUpdate } from '../port/followed-update';
import type { SentUpdate, TargetKind } from '../port/target-kind';

export interface ReadOperation {
  readonly sent: SentUpdate;
  readonly update: FollowedUpdate;
}

/** Undefined if the operation has sent no request, or if the ledger's data cannot be read. */
export function readOperation(operation: Operation, kind: TargetKind): ReadOperation | undefined {
  const { sentAt, acceptedAt, facts, request } = operation;
  const sent = request && kind.parseRequest(request.input);
  const summary = parseSummary(operation.plan, kind);
  if (request === undefined || sent === undefined || sentAt === undefined || summary === undefined)
    return undefined;
  const before = lastLookOf(operation) ?? { configuration: summary.before, facts: {} };
  const keepsRest = kind.strategies.some(({ id, keepsRest: keeps }) => id === sent.strategy && keeps);
  const { configuration } = sent;
  const expected = keepsRest ? { ...before.configuration, code: configuration.code } : configuration;
  const [accepted, further] = [acceptedAt !== undefined, furtherIn(operation)];
  const { strategy } = sent;
  const { input } = request;
  return { sent, update: { expected, before, input, strategy, sentAt, accepted, further, facts } };
}
