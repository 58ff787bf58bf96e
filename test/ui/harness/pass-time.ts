/** Time in the sandbox, which stands still for what a test waits for unless somebody lets it pass. */
import type { Locator } from 'playwright-core';
import { expect } from 'vitest';
import type { TestSandbox } from '../../sandbox/start';

/**
 * Lets time pass again and again until the window shows what is waited for, as it had not before.
 * @param milliseconds Of the sandbox's clock, that pass at a time.
 */
export async function passTimeUntil(
  { control }: TestSandbox,
  milliseconds: number,
  shown: Locator,
): Promise<void> {
  await expect
    .poll(
      async () => {
        await control.advance(milliseconds);
        return shown.isVisible();
      },
      { interval: 500 },
    )
    .toBe(true);
}
