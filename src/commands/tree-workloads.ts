/** Reads the workloads of clusters for the tree, at intervals while their rows are visible. */

import { gitIn } from '../deploy/plan/summary';
import { isDeployment } from '../deploy/port/operation-kind';
import { configurationWithCodeIn, memberOf } from '../deploy/reading-json';
import type { Kubernetes } from '../kubernetes/contract';
import type { Clock } from '../model/clock';
import type { Connection } from '../model/connection';
import { failureOf } from '../model/failure';
import type { SeenWorkloads } from '../model/seen-workload';
import { sleepUntilAborted } from '../model/waiting';
import { isSettled } from '../model/workload-state';
import type { Ledger } from '../operations/ledger';
import type { Operation } from '../operations/operation';
import type { WorkloadSource } from '../view/resources/source';
import type { KnownNamespaces } from './known-namespaces';

/**
 * Milliseconds between two reads: `BUSY_MS` if the last read succeeded and shows a workload that is not
 * rolled out or has too few ready pods, otherwise `CALM_MS`.
 */
const [BUSY_MS, CALM_MS] = [4_000, 30_000];
/**
 * The wait is at least this many times as long as the read took, so that large clusters are read less often.
 * The end of a deployment cuts the wait short.
 */
const REST = 20;
/**
 * The longest wait, in milliseconds: if the computer sleeps or its clock is set ahead during a read, the read
 * seems to have taken hours.
 */
const LONGEST_MS = 5 * 60_000;

type Deployments = Pick<Ledger, 'operations' | 'operation' | 'onDidChange'>;

/**
 * Reads the workloads at intervals and does not watch them: a cluster gets at most four watches, of which its
 * nodes, pods and budgets need up to three. When a deployment ends, the workloads are read at once; otherwise
 * the row would still name the earlier code beside "live".
 */
export function treeWorkloads(
  loadKubernetes: () => Promise<Pick<Kubernetes, 'cluster'>>,
  known: KnownNamespaces,
  deployments: Deployments,
  clock: Clock,
): WorkloadSource {
  return {
    watchWorkloads: (connection, cluster, changed, signal) => {
      const list = async (): Promise<SeenWorkloads> =>
        (await loadKubernetes())
          .cluster(connection, cluster)
          .workloads('background')
          .list(await known(connection, cluster), signal);
      const told = (seen: SeenWorkloads): void =>
        changed({ ...seen, commits: commitsOf(deployments.operations()) });
      const ended = (wake: () => void): (() => void) => onEnded(deployments, connection, cluster, wake);
      void lookAgain({ list, changed: told, ended }, clock, signal);
    },
  };
}

/**
 * Listens for the end of each deployment to a workload of the cluster. Returns a function that removes the
 * listener.
 */
function onEnded(
  deployments: Deployments,
  { id: connectionId }: Connection,
  cluster: string,
  told: () => void,
): () => void {
  const isOne = (id: string): boolean => {
    const operation = deployments.operation(id);
    if (operation?.endedAt === undefined || !isDeployment(operation)) return false;
    const { subject } = operation;
    return subject.connectionId === connectionId && subject.path[0] === cluster;
  };
  return deployments.onDidChange((ids) => {
    if (ids.some(isOne)) told();
  });
}

interface Looking {
  readonly list: () => Promise<SeenWorkloads>;
  readonly changed: (seen: SeenWorkloads) => void;
  /** Listens for the event that ends the wait between two reads. Returns a function that removes the listener. */
  readonly ended: (wake: () => void) => () => void;
}

/**
 * Reads the workloads again and again until `signal` aborts. If a read fails, the workloads of the last
 * successful read stay, with the reason for the failure.
 */
async function lookAgain(
  { list, changed, ended }: Looking,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  let seen: SeenWorkloads = { workloads: [] };
  let waking = new AbortController();
  const unlisten = ended(() => waking.abort());
  while (!signal.aborted) {
    // Created before the read: if a deployment ends during the read, the list may not contain the new code yet, so
    // another read follows at once.
    waking = new AbortController();
    const begunAt = clock.now();
    try {
      seen = await list();
    } catch (thrown) {
      seen = { workloads: seen.workloads, unread: failureOf(thrown) };
    }
    if (signal.aborted) break;
    changed(seen);
    const isBusy = seen.unread === undefined && !seen.workloads.every(({ workload }) => isSettled(workload));
    const wait = Math.max(isBusy ? BUSY_MS : CALM_MS, (clock.now() - begunAt) * REST);
    await sleepUntilAborted(clock, Math.min(wait, LONGEST_MS), AbortSignal.any([signal, waking.signal]));
  }
  unlisten();
}

/**
 * For each location (`s3://…`), the commit of the code there: its first 8 characters, followed by `+` if files had
 * changed since the commit. If several deployments used the code at one location, the newest of them counts.
 * @param operations newest first
 */
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
