/** Runs the leaks alone, which loopback-only.test.ts expects to fail. */
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    dir: import.meta.dirname,
    include: ['*.leak.ts'],
    setupFiles: [join(import.meta.dirname, '../loopback-only.ts')],
    pool: 'forks',
    // As in the other suites, files share a process.
    isolate: false,
    maxWorkers: 1,
  },
});
