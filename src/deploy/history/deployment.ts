/** One deployment to a target, as the ledger or a record in a bucket has it. */
import type { CodeConfiguration } from '../../model/code';
import type { OperationState } from '../../operations/operation';
import type { GitState } from '../checks/content';
import type { ConfigurationWithCode } from '../configuration';

export interface Deployment {
  readonly operationId: string;
  /** Epoch milliseconds: of the request, or of the record where only that is known. */
  readonly at: number;
  /** The whole configuration that the deployment asked for. */
  readonly configuration: ConfigurationWithCode;
  /** The configuration before it; absent where only a record of an earlier Slipway is known. */
  readonly before?: CodeConfiguration;
  readonly strategy: string;
  /** How it ended; `unrecorded`: only known from the bucket, which does not say. */
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
