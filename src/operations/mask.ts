/** Operations as they leave the ledger: in exports, logs, documents. */
import type { Json } from '../model/json';
import { masked } from '../model/masked';
import type { Operation } from './operation';

/** The operation with secrets {@link masked} in its plan, request, steps and facts. */
export function maskedOperation(operation: Operation): Operation {
  // Masking changes texts only, so the shape stays.
  return masked(operation as unknown as Json) as unknown as Operation;
}
