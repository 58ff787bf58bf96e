/** What following promises about rate and delay, for whole runs. */
import { expect } from 'vitest';

/** Never more than `rate` requests in any second. `times`: epoch milliseconds in their order. */
export function expectWithinBudget(times: readonly number[], rate: number): void {
  times.forEach((at, index) => {
    const withinSecond = times.slice(index).filter((other) => other < at + 1000);
    expect(withinSecond.length).toBeLessThanOrEqual(rate);
  });
}

/** When an operation was first followed, ended at AWS, and was noticed to have ended; epoch milliseconds. */
export interface Run {
  readonly from: number;
  readonly end: number;
  readonly noticed: number;
}

/** Within the longer of the base interval and one turn for each operation that is followed from end to notice. */
export function expectNoticedInTime(
  runs: readonly Run[],
  { baseMs, rate, latency }: { readonly baseMs: number; readonly rate: number; readonly latency: number },
): void {
  for (const { end, noticed } of runs) {
    const followed = runs.filter((other) => other.from <= noticed && other.noticed >= end).length;
    expect(noticed - end).toBeLessThanOrEqual(Math.max(baseMs, (followed / rate) * 1000) + latency);
  }
}
