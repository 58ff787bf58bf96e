/** What is said of the time that an update will still take, from what the ledger holds of it. */
import { insideOf } from '../nodegroup/inside/inside';
import { plannedMinutes } from '../nodegroup/record';
import { remainingMinutes } from '../nodegroup/remaining';
import type { Operation } from '../operations/operation';
import { estimateWords } from '../view/messages/nodegroup';
import { isOpen, startOf } from '../view/messages/operation';

/** Undefined for an operation that has ended, and where the plan expected nothing. `now`: epoch milliseconds. */
export function estimateOf(operation: Operation, now: number): string | undefined {
  const planned = isOpen(operation) ? plannedMinutes(operation.plan) : undefined;
  if (!planned) return undefined;
  const nodes = insideOf(operation)?.nodes ?? [];
  return estimateWords(remainingMinutes({ planned, begunAt: startOf(operation), nodes }, now), planned);
}
