/** The tests that run under node alone: domain, adapters against the sandbox, the project's own scripts. */
import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Only VS Code has that module. What it would show is kept, for tests of what may be shown.
  resolve: { alias: { vscode: resolve(import.meta.dirname, 'test/view/window-stand-in.ts') } },
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/exthost/**'],
    globalSetup: ['test/build-programs.ts'],
    setupFiles: ['test/loopback-only.ts'],
    pool: 'forks',
    // A process for each of a hundred files is a fifth of the run, and no file leaves anything behind in its process.
    isolate: false,
    maxWorkers: 2,
    // No test measures time: these only end one that hangs, on a machine however slow.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 50_000 } },
  },
});
