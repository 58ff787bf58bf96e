/** Problems of the ledger's files, as data, each reported once. */
import { Listeners } from './listeners';

/** `file` is a path, `offset` in bytes, `code` Node's error code such as `ENOSPC`. */
export type LedgerProblem =
  /** A line that a crash or a failed write cut off, or that is not an event. The other lines were read. */
  | { readonly kind: 'damaged-line'; readonly file: string; readonly offset: number }
  /** Lines of another version of Slipway; they stay in the ledger. */
  | { readonly kind: 'unknown-version'; readonly version: string }
  | { readonly kind: 'unknown-event'; readonly type: string }
  /** The ledger contains two different ends of the operation; the earlier one counts. */
  | { readonly kind: 'contradiction'; readonly operation: string }
  | { readonly kind: 'unreadable'; readonly file: string; readonly code: string }
  /**
   * A write to the ledger's folder failed. Events are kept in memory until they can be written; until then,
   * no request can be sent.
   */
  | { readonly kind: 'unwritable'; readonly file: string; readonly code: string };

export class Problems {
  private readonly told = new Map<string, LedgerProblem>();
  private readonly listeners = new Listeners<LedgerProblem>();

  get all(): readonly LedgerProblem[] {
    return [...this.told.values()];
  }

  readonly onProblem = (listener: (problem: LedgerProblem) => void): (() => void) =>
    this.listeners.add(listener);

  /** Notifies the listeners, unless the same problem is already reported. */
  report(problem: LedgerProblem): void {
    const key = JSON.stringify(problem);
    if (this.told.has(key)) return;
    this.told.set(key, problem);
    this.listeners.tell(problem);
  }

  /** Forgets the problems of a kind because they have ended: if one occurs again, it is reported again. */
  settle(kind: LedgerProblem['kind']): void {
    for (const [key, problem] of this.told) {
      if (problem.kind === kind) this.told.delete(key);
    }
  }
}

/** Node's error code of a failed file operation, such as `ENOENT`; undefined for any other error. */
export function fileErrorCode(thrown: unknown): string | undefined {
  return thrown instanceof Object && 'code' in thrown && typeof thrown.code === 'string'
    ? thrown.code
    : undefined;
}
