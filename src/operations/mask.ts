/** Operations as they leave the ledger: in exports, logs, documents. */
import type { Json } from '../model/json';
import { masked } from '../model/masked';
import type { Operation } from './operation';

/** {@link masked}, of all that is known of an operation: plan, request, steps, and what AWS said. */
export function maskedOperation(operation: Operation): Operation {
  // Masking changes texts alone, so the shape stays.
  return masked(operation as unknown as Json) as unknown as Operation;
}
