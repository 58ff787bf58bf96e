/** Virtual time beside real requests. */
import type { ServerResponse } from 'node:http';
import { globalAgent } from 'node:https';
import { expect } from 'vitest';
import type { VirtualClock } from '../virtual-clock';

/**
 * Lets time pass until the condition holds; it stands still while the network has something under way.
 * @param watches answers that may stay open meanwhile
 */
export async function passTimeUntil(
  clock: VirtualClock,
  watches: () => readonly ServerResponse[],
  condition: () => boolean,
  withinMs: number,
): Promise<void> {
  const end = clock.now() + withinMs;
  const step = Math.min(5_000, Math.max(250, withinMs / 40));
  const isQuiet = (): boolean => {
    const inUse = Object.values(globalAgent.sockets).flatMap((sockets) => sockets ?? []);
    const open = watches().filter(({ writableEnded, destroyed }) => !writableEnded && !destroyed);
    return inUse.length <= open.length;
  };
  await expect
    .poll(
      async () => {
        if (condition()) return true;
        if (isQuiet() && clock.now() < end) await clock.advance(step);
        return condition();
      },
      { interval: 2 },
    )
    .toBe(true);
}
