/** The pods on some of a cluster's nodes. */
import type { Pod } from '../model/kubernetes';
import { pods } from './answers/pod';
import type { ClusterCaller } from './cluster-caller';
import { type ListQuery, listAll, NotWanted } from './list';
import { RESOURCES } from './request';

/**
 * Lists all pods, or reads node by node if that takes fewer requests. The first page of all pods gives
 * the number of further pages, so at most one page is read in vain.
 */
export async function podsOn(
  client: ClusterCaller,
  names: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<readonly Pod[]> {
  if (names.size <= 1) return await podsByNode(client, names, signal);
  const query: ListQuery = {
    resource: RESOURCES.pods,
    goesOn: (pagesLeft) => pagesLeft <= names.size,
    passesOver: (json) => isElsewhere(json, names),
  };
  try {
    const all = await listAll(client, query, pods, signal);
    return all.items.filter(({ nodeName }) => nodeName !== undefined && names.has(nodeName));
  } catch (thrown) {
    if (!(thrown instanceof NotWanted)) throw thrown;
    return await podsByNode(client, names, signal);
  }
}

async function podsByNode(
  client: ClusterCaller,
  names: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<readonly Pod[]> {
  const each = [...names].map((name) =>
    listAll(client, { resource: RESOURCES.pods, fieldSelector: `spec.nodeName=${name}` }, pods, signal),
  );
  return (await Promise.all(each)).flatMap(({ items }) => items);
}

/**
 * The text before a node's name in a pod's JSON. It cannot be part of a JSON string, where its quotes would
 * be escaped.
 */
const NODE_NAME = Buffer.from('"nodeName":"');

/** Returns true if the JSON of a pod, which is not parsed, proves that the pod is on none of the nodes. */
function isElsewhere(json: Buffer, names: ReadonlySet<string>): boolean {
  let at = json.indexOf(NODE_NAME);
  if (at < 0) return false;
  // Every occurrence is examined, since a label may also be called `nodeName`.
  for (; at >= 0; at = json.indexOf(NODE_NAME, at)) {
    at += NODE_NAME.length;
    if (names.has(json.toString('utf8', at, json.indexOf('"', at)))) return false;
  }
  return true;
}
