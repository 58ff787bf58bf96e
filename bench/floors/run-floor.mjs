// Runs a floor alone, where its file is the program that was started.
import { median } from '../pack/measure.mjs';

/** Rounds that warm a process up, and do not count. */
const WARM_UP = 2;

/**
 * Prints the milliseconds of each round and their median.
 * @param {ImportMeta} module The floor's own.
 * @param {() => Promise<readonly number[]>} rounds
 */
export async function runFloor({ filename }, rounds) {
  if (process.argv[1] !== filename) return;
  const measured = (await rounds()).slice(WARM_UP);
  console.log(
    `${measured.map((one) => one.toFixed(1)).join(' ')} ms, median ${median(measured).toFixed(1)} ms`,
  );
}
