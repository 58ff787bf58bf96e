/** The tests that look at Slipway through the window, one file after the other. */
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    dir: import.meta.dirname,
    include: ['*.ui.ts'],
    setupFiles: [join(import.meta.dirname, '../loopback-only.ts')],
    pool: 'forks',
    fileParallelism: false,
    reporters: ['verbose'],
    // No test measures time: these only end one that hangs, on a machine however slow.
    testTimeout: 240_000,
    hookTimeout: 120_000,
  },
});
