/** The tests that run under node alone: domain, adapters against the sandbox, the project's own scripts. */
import { resolve } from 'node:path';
import { defineConfig, type Plugin } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { SHORT_LIVED } from './test/short-lived';

/** Files that take the longest: begun last, one of them would run alone while a core idles. */
const LONGEST = [
  'faults/campaign-aws',
  'faults/campaign-workloads',
  'resume/kill-at-every-step',
  'nodegroup/sandbox-batch',
  'nodegroup/sandbox-progress',
  'deploy/kubernetes/snippet/fetch',
  'following/rate',
  'deploy/sandbox-faults',
  'deploy/target-scenarios',
  'sandbox/foreign-tools',
  'deploy/sandbox-diff',
  'following/trouble',
  'package/git-oracle',
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const place = LONGEST.findIndex((name) => moduleId.endsWith(`test/${name}.test.ts`));
      return place === -1 ? LONGEST.length : place;
    };
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b));
  }
}

/** As esbuild takes `with { type: 'text' }`. */
const scriptsAsText: Plugin = {
  name: 'scripts-as-text',
  enforce: 'pre',
  transform: (text, id) => (id.endsWith('.sh') ? `export default ${JSON.stringify(text)};` : undefined),
};

export default defineConfig({
  plugins: [scriptsAsText],
  // Only VS Code has that module. What it would show is kept, for tests of what may be shown.
  resolve: { alias: { vscode: resolve(import.meta.dirname, 'test/view/window-stand-in.ts') } },
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/exthost/**'],
    globalSetup: ['test/build-programs.ts'],
    setupFiles: ['test/loopback-only.ts'],
    pool: 'forks',
    execArgv: SHORT_LIVED,
    // A process for each of a hundred files is a fifth of the run, and no file leaves anything behind in its process.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    // By their content: a second run transforms nothing that has not changed, a third of what loading all tests costs.
    experimental: { fsModuleCache: true },
    // Twice the cores of a small machine: tests wait for a clock, a server or a disk for half of their time.
    maxWorkers: 4,
    // No test measures time: these only end one that hangs, on a machine however slow.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 50_000 } },
  },
});
