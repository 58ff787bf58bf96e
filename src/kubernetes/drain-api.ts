/** Implements the ports {@link DrainApi} and {@link PodLogs} by requests to a cluster's API. */

import type { DrainApi, PodLogs } from '../drain/ports';
import { present } from '../model/present';
import type { RateLimiter } from '../model/rate-limiter';
import { budgets } from './answers/budget';
import { events } from './answers/event';
import { nodes } from './answers/node';
import { NODEGROUP_LABEL } from './answers/object';
import { pods } from './answers/pod';
import type { ClusterCaller } from './cluster-caller';
import { askEviction } from './evictions';
import { listAll } from './list';
import { followLog, readLog } from './logs';
import { podsOn } from './pods-on';
import { RESOURCES, selectorText } from './request';

export function drainApiOf(client: ClusterCaller, evictions: RateLimiter): DrainApi & PodLogs {
  const listed = async <T>(...[query, reader, signal]: Tail<Parameters<typeof listAll<T>>>) =>
    (await listAll(client, query, reader, signal)).items;
  return {
    nodes: (nodegroup, signal) =>
      listed(
        {
          resource: RESOURCES.nodes,
          ...(nodegroup !== undefined && { labelSelector: `${NODEGROUP_LABEL}=${nodegroup}` }),
        },
        nodes,
        signal,
      ),
    podsOn: (names, signal) => podsOn(client, new Set(names), signal),
    podsMatching: (namespace, selector, signal) =>
      listed(
        {
          resource: RESOURCES.pods,
          place: { namespace },
          ...present({ labelSelector: selectorText(selector) }),
        },
        pods,
        signal,
      ),
    budgets: (signal) => listed({ resource: RESOURCES.budgets }, budgets, signal),
    askEviction: (pod, signal) => askEviction(client, evictions, pod, signal),
    events: ({ namespace, uid }, signal) =>
      listed(
        { resource: RESOURCES.events, place: { namespace }, fieldSelector: `involvedObject.uid=${uid}` },
        events,
        signal,
      ),
    log: (pod, query, signal) => readLog(client, pod, query, signal),
    followLog: (pod, container, take, signal) => followLog(client, { pod, container }, take, signal),
  };
}

type Tail<T extends readonly unknown[]> = T extends readonly [unknown, ...infer Rest] ? Rest : never;
