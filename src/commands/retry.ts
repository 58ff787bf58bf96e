/** "Try Again…": plans a failed operation again, as the operation's kind requires. */
import { isDeployment } from '../deploy/port/operation-kind';
import { BATCH } from '../operations/batch-plan';
import type { Operation } from '../operations/operation';
import type { BatchRunner } from './batches';
import type { CodeDeps } from './code/commands';
import { deployRepeated } from './code/deploy';
import { deployRestAgain, isOfCode } from './code/several/deploy-several';
import { type FollowUpDeps, tryAgain } from './nodegroup/follow-ups';
import { isOfNodegroups, updateRestAgain } from './nodegroup/several/again';

export interface RetryDeps {
  readonly batches: BatchRunner;
  readonly code: CodeDeps;
  readonly nodegroups: FollowUpDeps;
}

/** Plans an operation again; for a batch, only the rows that did not succeed. */
export async function retry(operation: Operation, { batches, code, nodegroups }: RetryDeps): Promise<void> {
  if (operation.kind === BATCH && isOfNodegroups(operation)) {
    await updateRestAgain(operation, batches.rows(operation), nodegroups);
  } else if (operation.kind === BATCH && isOfCode(operation)) {
    await deployRestAgain(batches.rows(operation), code);
  } else if (isDeployment(operation)) {
    await deployRepeated(operation, code);
  } else {
    await tryAgain(operation, nodegroups);
  }
}
