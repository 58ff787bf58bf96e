/** The tests that look at pages in a bare browser. */
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    dir: import.meta.dirname,
    include: ['*.page.ts'],
    globalSetup: [join(import.meta.dirname, 'built.ts')],
    setupFiles: [join(import.meta.dirname, '../loopback-only.ts')],
    pool: 'forks',
    // One browser for all pages.
    maxWorkers: 1,
    isolate: false,
    experimental: { fsModuleCache: true },
    // No test measures time: these only end one that hangs, on a machine however slow.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 30_000 } },
  },
});
