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
    // A window mostly waits: two at once keep two cores busy.
    maxWorkers: 2,
    reporters: ['verbose'],
    // No test measures time: these only end one that hangs, on a machine however slow.
    testTimeout: 240_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 60_000 } },
  },
});
