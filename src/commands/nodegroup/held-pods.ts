/** "Show Held Pods": the pods that kept an update from draining its nodes, with their events and the ends of their logs. */
import * as l10n from '@vscode/l10n';
import type { Blocker } from '../../drain/blocker';
import type { SeenPod } from '../../drain/cluster-seen';
import type { LogAnswer } from '../../drain/ports';
import { type Failure, failureOf } from '../../model/failure';
import type { KubernetesEvent } from '../../model/kubernetes';
import { insideOf } from '../../nodegroup/inside/inside';
import type { Operation } from '../../operations/operation';
import { type HeldPod, heldPodsPage, podPage } from '../../view/documents/held-pods';
import { objectName } from '../../view/messages/drain';
import type { ClusterInside } from '../ports';
import { showRead } from '../show-read';
import type { NodegroupDeps } from './deps';
import { labelOf, type NodegroupPlace } from './place';

/** Pods whose events and logs are read. */
const MOST_PODS = 5;
/** The last lines of a log. */
const LOG_LINES = 20;

/** Reads what there is of the pods by now; what was seen of them during the update is in the ledger. */
export async function showHeldPods(
  operation: Operation,
  place: NodegroupPlace,
  { documents, drains, ports }: NodegroupDeps,
): Promise<void> {
  const label = labelOf(place);
  const title = l10n.t('Reading the held pods of {0}', { 0: label });
  const blockers = insideOf(operation)?.held?.blockers ?? [];
  await showRead(documents, l10n.t('Held pods of {0}', { 0: label }), title, async (signal) => {
    const { eks } = await ports(place.connection);
    const [{ arn }, inside] = await Promise.all([
      eks.describeCluster(place.cluster, signal),
      drains(place.connection, place.cluster),
    ]);
    const byPod = new Map(blockers.map((blocker) => [blocker.pod.uid, blocker]));
    const shown = [...byPod.values()].slice(0, MOST_PODS);
    return heldPodsPage({
      label,
      clusterArn: arn,
      pods: await Promise.all(
        shown.map((blocker) =>
          readPod(
            blockers.filter(({ pod }) => pod.uid === blocker.pod.uid),
            blocker.pod,
            inside,
            signal,
          ),
        ),
      ),
    });
  });
}

/** One pod: what would hold it, its events and the end of its log. */
export async function showPod(
  { connection, cluster }: Pick<NodegroupPlace, 'connection' | 'cluster'>,
  pod: Pick<SeenPod, 'uid' | 'namespace' | 'name' | 'blockers'>,
  { documents, drains, ports }: Pick<NodegroupDeps, 'documents' | 'drains' | 'ports'>,
): Promise<void> {
  const name = objectName(pod);
  const label = `${cluster} / ${name}`;
  await showRead(documents, label, l10n.t('Reading {0}', { 0: label }), async (signal) => {
    const { eks } = await ports(connection);
    const [{ arn }, inside] = await Promise.all([
      eks.describeCluster(cluster, signal),
      drains(connection, cluster),
    ]);
    return podPage(await readPod(pod.blockers, pod, inside, signal), arn);
  });
}

async function readPod(
  blockers: readonly Blocker[],
  pod: Blocker['pod'],
  { api, logs }: ClusterInside,
  signal: AbortSignal,
): Promise<HeldPod> {
  const [events, log] = await Promise.all([
    orFailure<readonly KubernetesEvent[]>(() => api.events(pod, signal)),
    orFailure<LogAnswer>(() => logs.log(pod, { previous: false, lines: LOG_LINES }, signal)),
  ]);
  return { pod, blockers, events, log };
}

async function orFailure<T>(read: () => Promise<T>): Promise<T | { readonly failure: Failure }> {
  try {
    return await read();
  } catch (thrown) {
    const failure = failureOf(thrown);
    if (failure.kind === 'cancelled') throw thrown;
    return { failure };
  }
}
