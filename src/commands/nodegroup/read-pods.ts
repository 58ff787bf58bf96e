/**
 * Pages of the pods that kept an update from draining its nodes, and of single pods, with their events and
 * the ends of their logs.
 */
import * as l10n from '@vscode/l10n';
import type { Blocker } from '../../drain/blocker';
import type { SeenPod } from '../../drain/cluster-seen';
import type { LogAnswer } from '../../drain/ports';
import { orNotRead } from '../../model/failure';
import type { KubernetesEvent } from '../../model/kubernetes';
import { insideOf } from '../../nodegroup/inside/inside';
import type { Operation } from '../../operations/operation';
import { objectName } from '../../view/messages/drain';
import type { ShownPage } from '../../view/pages/panels';
import { heldPodsContent, podContent, type ReadPod } from '../../view/pages/reads/pods';
import type { ClusterInside } from '../ports';
import { readShown } from '../reads/read-shown';
import type { NodegroupDeps } from './deps';
import { type ClusterPlace, labelOf, type NodegroupPlace } from './place';

/** The largest number of held pods that are read and shown. */
const MOST_PODS = 5;
/** Number of last lines of a log that are read. */
const LOG_LINES = 20;

/**
 * Shows the page of the pods that were held during the update. What held them is known from the ledger;
 * their events and logs are read now.
 */
export async function showHeldPods(
  operation: Operation,
  place: NodegroupPlace,
  deps: NodegroupDeps,
): Promise<void> {
  await deps.pages.show(heldPodsShown(operation, place, deps));
}

export function heldPodsShown(operation: Operation, place: NodegroupPlace, deps: NodegroupDeps): ShownPage {
  const { connection } = place;
  const label = labelOf(place);
  const blockers = insideOf(operation)?.held?.blockers ?? [];
  const pods = [...new Map(blockers.map(({ pod }) => [pod.uid, pod])).values()].slice(0, MOST_PODS);
  return readShown(
    {
      key: { kind: 'read', of: 'held-pods', connectionId: connection.id, path: [operation.id] },
      connection,
      title: l10n.t('Held pods of {0}', { 0: label }),
      kind: l10n.t('Held pods'),
      heading: label,
      read: async (signal) => {
        const { arn, inside } = await reach(place, deps, signal);
        const read = await Promise.all(
          pods.map((pod) =>
            readPod(
              pod,
              blockers.filter((one) => one.pod.uid === pod.uid),
              inside,
              signal,
            ),
          ),
        );
        return (now) => heldPodsContent(read, arn, now);
      },
    },
    deps,
  );
}

/** The members of a pod that a page needs; its blockers are absent where they were not read. */
type NamedPod = Pick<SeenPod, 'uid' | 'namespace' | 'name'> & Partial<Pick<SeenPod, 'blockers'>>;

/** Shows the page of one pod: its blockers, its events and the end of its log. */
export async function showPod(place: ClusterPlace, pod: NamedPod, deps: NodegroupDeps): Promise<void> {
  await deps.pages.show(podShown(place, pod, deps));
}

export function podShown(place: ClusterPlace, pod: NamedPod, deps: NodegroupDeps): ShownPage {
  const { connection, cluster } = place;
  const { namespace, name, uid, blockers } = pod;
  const heading = objectName(pod);
  return readShown(
    {
      key: {
        kind: 'read',
        of: 'pod',
        connectionId: connection.id,
        path: [cluster, namespace, name, uid],
      },
      connection,
      title: `${cluster} / ${heading}`,
      kind: l10n.t('Pod'),
      sharesPanel: true,
      heading,
      read: async (signal) => {
        const { arn, inside } = await reach(place, deps, signal);
        const read = await readPod(pod, blockers, inside, signal);
        return (now) => podContent(read, arn, now);
      },
    },
    deps,
  );
}

async function reach(
  { connection, cluster }: ClusterPlace,
  { drains, ports }: NodegroupDeps,
  signal: AbortSignal,
): Promise<{ readonly arn: string; readonly inside: ClusterInside }> {
  const { eks } = await ports(connection);
  const [{ arn }, inside] = await Promise.all([
    eks.describeCluster(cluster, signal),
    drains(connection, cluster),
  ]);
  return { arn, inside };
}

async function readPod(
  { namespace, name, uid }: Blocker['pod'],
  blockers: readonly Blocker[] | undefined,
  { api, logs }: ClusterInside,
  signal: AbortSignal,
): Promise<ReadPod> {
  const pod = { namespace, name, uid };
  const [events, log] = await Promise.all([
    orNotRead<readonly KubernetesEvent[]>(() => api.events(pod, signal)),
    orNotRead<LogAnswer>(() => logs.log(pod, { previous: false, lines: LOG_LINES }, signal)),
  ]);
  return { pod, ...(blockers && { blockers }), events, log };
}
