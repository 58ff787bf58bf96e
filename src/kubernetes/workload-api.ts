/** Workloads of a cluster and their pods: the requests that read them, and the two that change something. */

import type { ObjectRef, WorkloadPatch, Workloads } from '../deploy/kubernetes/ports';
import { isKubernetesReason } from '../model/failure';
import { present } from '../model/present';
import { selects } from '../model/selects';
import type { Workload, WorkloadName } from '../model/workload';
import { budgets } from './answers/budget';
import { claim } from './answers/claim';
import { events } from './answers/event';
import { readObject } from './answers/object';
import { workloadsOf } from './answers/workload';
import { textOf } from './body';
import type { ClusterCaller } from './cluster-caller';
import { containerLines } from './container-lines';
import { listAll } from './list';
import { readLog } from './logs';
import { type Asked, type Place, RESOURCES } from './request';
import { listWorkloads } from './workload-list';
import { podsOf, WORKLOAD_RESOURCES } from './workload-pods';
import type { WorkloadWatch } from './workload-watch';

/** The field manager that owns the fields that Slipway applies. */
const MANAGER = 'slipway';

/** @param arn returns the cluster's ARN, as EKS gives it */
export function workloadApiOf(
  client: ClusterCaller,
  watches: WorkloadWatch,
  arn: Workloads['arn'],
): Workloads {
  const asWorkload = (
    asked: Asked,
    { kind }: WorkloadName,
    change: boolean,
    signal: AbortSignal,
  ): Promise<Workload> =>
    client.send(asked, { signal, change }, async (answer) =>
      readObject(await textOf(answer, client), workloadsOf(kind), ''),
    );
  return {
    arn,
    watch: async (...asked) => watches.watch(...asked),
    list: (known, signal) => listWorkloads(client, known, signal),
    lines: (query, signal) => containerLines(client, query, signal),
    read: (name, signal) =>
      asWorkload(
        { verb: 'get', resource: WORKLOAD_RESOURCES[name.kind], place: placeOf(name) },
        name,
        false,
        signal,
      ),
    pods: (workload, signal) => podsOf(client, workload, signal),
    budgets: async ({ namespace, podLabels = {} }, signal) => {
      const query = { resource: RESOURCES.budgets, place: { namespace } };
      const { items } = await listAll(client, query, budgets, signal);
      return items.filter(({ selector }) => selects(selector, podLabels));
    },
    claims: ({ namespace, claims }, signal) =>
      Promise.all(
        claims.map((name) =>
          client.send(
            { verb: 'get', resource: RESOURCES.claims, place: { namespace, name } },
            { signal },
            async (answer) => readObject(await textOf(answer, client), claim, ''),
          ),
        ),
      ),
    apply: (name, patch, signal) => asWorkload(applied(name, patch), name, patch.dryRun !== true, signal),
    deletePod: (pod, signal) => deletePod(client, pod, signal),
    events: async ({ namespace, uid }, signal) => {
      const query = {
        resource: RESOURCES.events,
        place: { namespace },
        fieldSelector: `involvedObject.uid=${uid}`,
      };
      return (await listAll(client, query, events, signal)).items;
    },
    lastLines: async (pod, container, lines, signal) => {
      const answer = await readLog(client, pod, { container, lines, previous: true }, signal);
      return answer.code === 'text' ? answer.text : undefined;
    },
  };
}

function placeOf({ namespace, name }: { readonly namespace: string; readonly name: string }): Place {
  return { namespace, name };
}

/**
 * Server-side apply of only the pod template's annotations: all other fields stay with their managers.
 * @see https://kubernetes.io/docs/reference/using-api/server-side-apply/
 */
function applied(name: WorkloadName, patch: WorkloadPatch): Asked {
  const { uid, resourceVersion, annotations, dryRun = false, force = false } = patch;
  const body = {
    apiVersion: 'apps/v1',
    kind: name.kind,
    metadata: {
      name: name.name,
      namespace: name.namespace,
      uid,
      ...present({ resourceVersion }),
    },
    spec: { template: { metadata: { annotations } } },
  };
  return {
    verb: 'patch',
    resource: WORKLOAD_RESOURCES[name.kind],
    place: placeOf(name),
    query: {
      fieldManager: MANAGER,
      fieldValidation: 'Strict',
      force: String(force),
      ...(dryRun && { dryRun: 'All' }),
    },
    body: { type: 'application/apply-patch+yaml', text: JSON.stringify(body) },
  };
}

/** Deletes the pod with its own grace period. The uid as a precondition protects a later pod of the same name. */
async function deletePod(
  client: ClusterCaller,
  pod: ObjectRef,
  signal: AbortSignal,
): Promise<'deleted' | 'gone'> {
  const body = { apiVersion: 'v1', kind: 'DeleteOptions', preconditions: { uid: pod.uid } };
  try {
    await client.send(
      {
        verb: 'delete',
        resource: RESOURCES.pods,
        place: placeOf(pod),
        body: { type: 'application/json', text: JSON.stringify(body) },
      },
      { signal, change: true },
      (answer) => textOf(answer, client),
    );
    return 'deleted';
  } catch (thrown) {
    if (isKubernetesReason(thrown, 'not-found') || isKubernetesReason(thrown, 'conflict')) return 'gone';
    throw thrown;
  }
}
