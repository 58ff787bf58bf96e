/** Workloads of clusters as the tree is told of them: looked at again and again while their rows can be seen. */

import { gitIn } from '../deploy/plan/summary';
import { isDeployment } from '../deploy/port/operation-kind';
import { configurationWithCodeIn, memberOf } from '../deploy/reading-json';
import type { Kubernetes } from '../kubernetes/contract';
import type { Clock } from '../model/clock';
import { failureOf } from '../model/failure';
import type { SeenWorkloads } from '../model/seen-workload';
import { isSettled } from '../model/workload-state';
import type { Operation } from '../operations/operation';
import type { WorkloadSource } from '../view/resources/source';

/** Milliseconds between two looks: while something rolls out or fails, and while all is well. */
const [BUSY_MS, CALM_MS] = [4_000, 30_000];
/** A look that takes long is a large cluster's: so many times as long is waited after it. */
const REST = 20;

/**
 * By lists, and by no watches: the four that a cluster may bear are for its nodes, its pods and its budgets.
 * @param operations newest first, as the ledger gives them.
 */
export function treeWorkloads(
  loadKubernetes: () => Promise<Pick<Kubernetes, 'cluster'>>,
  operations: () => readonly Operation[],
  clock: Clock,
): WorkloadSource {
  return {
    watchWorkloads: (connection, cluster, changed, signal) => {
      const list = async (): Promise<SeenWorkloads> =>
        (await loadKubernetes()).cluster(connection, cluster).workloads('background').list([], signal);
      void lookAgain(list, (seen) => changed({ ...seen, commits: commitsOf(operations()) }), clock, signal);
    },
  };
}

/** Until `signal` aborts. What was seen stays where it cannot be looked at again, with the reason. */
async function lookAgain(
  list: () => Promise<SeenWorkloads>,
  changed: (seen: SeenWorkloads) => void,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  let seen: SeenWorkloads = { workloads: [] };
  while (!signal.aborted) {
    const begunAt = clock.now();
    try {
      seen = await list();
    } catch (thrown) {
      seen = { workloads: seen.workloads, unread: failureOf(thrown) };
    }
    if (signal.aborted) return;
    changed(seen);
    const isBusy = seen.unread === undefined && !seen.workloads.every(({ workload }) => isSettled(workload));
    const wait = Math.max(isBusy ? BUSY_MS : CALM_MS, (clock.now() - begunAt) * REST);
    await clock.sleep(wait, signal).catch(() => undefined);
  }
}

/** The newest of those that made the same code. */
function commitsOf(operations: readonly Operation[]): ReadonlyMap<string, string> {
  const commits = new Map<string, string>();
  for (const operation of operations.filter(isDeployment)) {
    const git = gitIn(operation.plan);
    const next = configurationWithCodeIn(memberOf(operation.plan, 'next'));
    if (git === undefined || next === undefined) continue;
    const uri = `s3://${next.code.bucket}/${next.code.key}`;
    if (!commits.has(uri)) commits.set(uri, `${git.commit.slice(0, 8)}${git.dirty ? '+' : ''}`);
  }
  return commits;
}
