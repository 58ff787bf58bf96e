/** A program that one test file starts and the next one of the process still finds, as windows are handed on. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const kept = globalThis as { lastingProgram?: ChildProcess };

/** Lets it reach for another host, which it keeps to itself. */
export async function reachByLastingProgram(): Promise<void> {
  kept.lastingProgram ??= fork(join(import.meta.dirname, 'reach-when-asked.mjs'));
  kept.lastingProgram.send('reach');
  await once(kept.lastingProgram, 'message');
}
