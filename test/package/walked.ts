/** A run in the test's own thread, which sees each job before it is carried out. */
import type { FolderStore } from '../../src/package/cache/folder-store';
import { cancelFlag } from '../../src/package/pack/cancel';
import { findOnDisk } from '../../src/package/pack/find';
import type { RunContext } from '../../src/package/pack/folder-run';
import type { Job } from '../../src/package/pack/job';
import { ReadMemory } from '../../src/package/pack/read-source';
import { runJob } from '../../src/package/pack/run-job';
import { FolderRules } from '../../src/package/rules/folder-rules';
import { Deflater } from '../../src/package/zip/deflater';

const RULES = { include: [], ignore: [], useGitignore: false };

/** What a run goes on with once the folder was walked. `before` is called before each of its jobs. */
export function walked(
  root: string,
  store: FolderStore,
  before: (job: Job) => void = () => undefined,
): RunContext {
  const cancel = cancelFlag();
  const thread = { memory: new ReadMemory(), deflater: new Deflater(), cancel };
  return {
    found: findOnDisk({ root }, FolderRules.of(RULES), { cancel, report: () => undefined }),
    store,
    runnerFor: () => ({
      ahead: 0,
      run: async (job) => {
        before(job);
        return runJob(job, thread);
      },
    }),
    cancel,
    report: () => undefined,
    // As if long after the last change: what was read is believed as long as its times are the same.
    startedAt: Date.now() + 60_000,
  };
}
