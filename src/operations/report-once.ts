/** Work that goes on for as long as the window: a part that fails is reported once, and tried again. */
import { type Failure, failureOf } from '../model/failure';

export class ReportOnce {
  /** The report of each part that is in trouble. */
  private readonly told = new Map<string, string>();

  constructor(private readonly tell: (failure: Failure) => void) {}

  /** Does one part of the work; undefined when it failed. Cancelling is not reported. */
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
