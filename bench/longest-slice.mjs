// The longest time that work holds up the thread it runs on.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * The longest delay of the event loop from before the work to after it, in milliseconds.
 * @param {() => Promise<unknown>} work
 */
export async function longestSlice(work) {
  await delay(200);
  const histogram = monitorEventLoopDelay({ resolution: 1 });
  histogram.enable();
  await delay(20);
  await work();
  await delay(20);
  histogram.disable();
  return histogram.max / 1e6;
}
