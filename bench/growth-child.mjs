// What the benchmark of growth starts as a process of its own: `node growth-child.mjs WORK SIZES ROUNDS`.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { timed } from './floors/run-floor.mjs';
import { WORKS } from './growth/works.mjs';

const [name = '', sizes = '[]', rounds = ''] = process.argv.slice(2);
/** Work that takes less (ms) is repeated within a round: the system counts in pieces of several milliseconds. */
const TELLING = 40;
/** So much (ms) is spent before time counts, while code is still compiled; in no more than so many runs. */
const COLD = 200;
const MOST_WARM_UPS = 1_000;

const work = Object.hasOwn(WORKS, name) ? WORKS[/** @type {keyof typeof WORKS} */ (name)] : undefined;
if (work === undefined) throw new Error(`there is no work "${name}"`);
const folder = mkdtempSync(join(tmpdir(), 'slipway-bench-growth-'));
try {
  const times = [];
  for (const factor of JSON.parse(sizes)) {
    const { run, end } = await work.prepare(work.size * factor, join(folder, String(factor)));
    times.push(await leastCpu(run));
    await end?.();
  }
  const { what, unit, size } = work;
  console.log(JSON.stringify({ what, unit, size, times }));
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

/** Milliseconds of the processor, of the round that took least. @param {() => unknown} run */
async function leastCpu(run) {
  let warm = await timed(run);
  for (let spent = warm.cpu; spent < COLD; spent += warm.cpu + COLD / MOST_WARM_UPS) warm = await timed(run);
  const repeats = Math.max(1, Math.ceil(TELLING / Math.max(warm.cpu, 0.05)));
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < Number(rounds); round += 1) {
    const { cpu } = await timed(async () => {
      for (let repeat = 0; repeat < repeats; repeat += 1) await run();
    });
    least = Math.min(least, cpu / repeats);
  }
  return least;
}
