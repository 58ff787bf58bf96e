/** The tests that look at Slipway through the window, two windows at a time. */
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    dir: import.meta.dirname,
    include: ['*.ui.ts'],
    globalSetup: [join(import.meta.dirname, 'harness/installed.ts')],
    setupFiles: [join(import.meta.dirname, '../loopback-only.ts')],
    pool: 'forks',
    // A window mostly waits: two at once keep two cores busy, and three are no quicker.
    maxWorkers: 2,
    reporters: ['verbose'],
    // No test measures time: these only end one that hangs, on a machine however slow.
    testTimeout: 600_000,
    hookTimeout: 300_000,
    // A look asks the sandbox for all that it holds, or the page: twenty a second would keep a core busy.
    expect: { poll: { timeout: 120_000, interval: 200 } },
  },
});
