/** A request as the service's model spells it, before it is sent. */
import type { Json } from '../../model/json';

export interface PlannedRequest {
  readonly service: string;
  readonly operation: string;
  readonly input: Readonly<Record<string, Json>>;
  /** Paths of members that get their value when the request is sent. */
  readonly later: readonly string[];
}
