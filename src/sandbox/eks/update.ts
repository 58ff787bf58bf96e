/** An EKS update in the sandbox, and its form in the API. */
import type { Json, JsonObject } from '../protocols/operation';
import type { UpdateError } from '../settings';

/** https://docs.aws.amazon.com/eks/latest/APIReference/API_Update.html */
export interface EksUpdate {
  readonly id: string;
  readonly type: 'VersionUpdate' | 'ConfigUpdate' | 'VersionRollback';
  readonly params: readonly UpdateParam[];
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly by: 'caller' | 'foreign';
  /** The whole JSON body of the request. */
  readonly body: unknown;
  status: 'InProgress' | 'Failed' | 'Cancelled' | 'Successful';
  errors: readonly UpdateError[];
  /** Why the update was cancelled, if it was. */
  cancelled?: string;
  /** Epoch milliseconds; absent until the update has ended. */
  endedAt?: number;
}

/**
 * A parameter of an update, with a type of
 * https://docs.aws.amazon.com/eks/latest/APIReference/API_UpdateParam.html
 */
export interface UpdateParam {
  readonly type: string;
  readonly value: string;
}

export function shownUpdate(update: EksUpdate): JsonObject {
  return {
    id: update.id,
    status: update.status,
    type: update.type,
    params: update.params.map((param): Json => ({ ...param })),
    createdAt: update.createdAt / 1000,
    errors: update.errors.map((error): Json => ({ ...error })),
    cancellation:
      update.cancelled === undefined ? undefined : { status: 'Successful', reason: update.cancelled },
  };
}

/** Counts the running updates, and remembers the highest count so far. */
export class Concurrency {
  private running = 0;
  private most = 0;

  enter(): void {
    this.running += 1;
    this.most = Math.max(this.most, this.running);
  }

  leave(): void {
    this.running -= 1;
  }

  get peak(): number {
    return this.most;
  }
}
