/** One deployment to a target as ledger and bucket tell it. */
import type { CodeConfiguration } from '../../model/code';
import type { OperationState } from '../../operations/operation';
import type { GitState } from '../checks/content';
import type { ConfigurationWithCode } from '../configuration';

export interface Deployment {
  readonly operationId: string;
  /** Epoch milliseconds: when the request was sent; when the record was written, where only that is known. */
  readonly at: number;
  /** The whole configuration that the target was to have. */
  readonly configuration: ConfigurationWithCode;
  /** What the target had until then; absent where only a record of an earlier Slipway tells of it. */
  readonly before?: CodeConfiguration;
  readonly strategy: string;
  /** How it ended; `unrecorded`: known from the bucket alone, which does not tell. */
  readonly outcome: OperationState | 'unrecorded';
  /** ARN of the caller. */
  readonly author?: string;
  readonly digest?: string;
  readonly git?: GitState;
  /** The operation whose configuration it brought back. */
  readonly origin?: string;
  /** Brings an earlier configuration back. */
  readonly rollsBack?: true;
  readonly target?: string;
}
