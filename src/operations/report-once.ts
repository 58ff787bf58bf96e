/**
 * Reports the failures of work that is repeated for as long as the window is open. If a part of the work
 * fails several times in a row with the same failure, the failure is reported once.
 */
import { type Failure, failureOf } from '../model/failure';

export class ReportOnce {
  /** The last report for each part that has failed. */
  private readonly told = new Map<string, string>();

  constructor(private readonly tell: (failure: Failure) => void) {}

  /**
   * Does one part of the work. Returns the result; undefined if the work failed. A cancellation is not
   * reported.
   */
  async attempt<T>(part: string, work: () => Promise<T>): Promise<T | undefined> {
    try {
      const result = await work();
      this.told.delete(part);
      return result;
    } catch (thrown) {
      const failure = failureOf(thrown);
      const text = JSON.stringify(failure);
      if (failure.kind !== 'cancelled' && this.told.get(part) !== text) {
        this.told.set(part, text);
        this.tell(failure);
      }
      return undefined;
    }
  }
}
