/** The tests that look at Slipway through the window, two windows at a time. */
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files whose windows are of one kind, the longest first: what runs one after the other in a process shares a window. */
const OF_ONE_KIND = [
  'deploy-whole',
  'review',
  'workloads',
  'on-save',
  'deploy',
  'operations',
  'nodegroups',
  'walkthrough',
  'roll-back',
  'inside',
  'batch',
  'on-save-guarded',
  'first-look',
  'narrow-tree',
  'keyboard',
  'foreign-text',
];

class SameKindTogether extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const place = OF_ONE_KIND.findIndex((name) => moduleId.endsWith(`/${name}.ui.ts`));
      return place === -1 ? OF_ONE_KIND.length : place;
    };
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b));
  }
}

export default defineConfig({
  test: {
    dir: import.meta.dirname,
    include: ['*.ui.ts'],
    globalSetup: [join(import.meta.dirname, 'harness/installed.ts')],
    setupFiles: [join(import.meta.dirname, '../loopback-only.ts')],
    pool: 'forks',
    // Files share a process, and with it the browser and windows.
    isolate: false,
    environment: join(import.meta.dirname, 'harness/test-process.ts'),
    experimental: { fsModuleCache: true },
    sequence: { sequencer: SameKindTogether },
    // More of them wait less, but drive each other out of the processor's caches: four take half as much again of its time.
    maxWorkers: 2,
    // A file may hold variations alone, and the seed draws none of it. A run without any test is no green one all the same.
    passWithNoTests: true,
    reporters: ['verbose'],
    // No test measures time: these only end one that hangs, on a machine however slow.
    testTimeout: 600_000,
    hookTimeout: 300_000,
    // A look asks the sandbox for all that it holds, or the page: twenty a second would keep a core busy.
    expect: { poll: { timeout: 120_000, interval: 200 } },
  },
});
