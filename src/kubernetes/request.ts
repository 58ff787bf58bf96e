/** A request to a cluster's API, in terms of Kubernetes and of HTTP. */

import type { LabelSelector } from '../model/kubernetes';
import type { KubernetesRequest } from '../model/kubernetes-failure';
import { present } from '../model/present';
import type { HttpRequest } from './exchange';

/** A kind of objects, by the names that RBAC uses. */
export interface Resource {
  /** The name in RBAC's spelling: `poddisruptionbudgets`. */
  readonly name: string;
  /** The API group; empty for the core group. */
  readonly group: string;
  readonly version: string;
  readonly namespaced: boolean;
}

export const RESOURCES = {
  nodes: { name: 'nodes', group: '', version: 'v1', namespaced: false },
  namespaces: { name: 'namespaces', group: '', version: 'v1', namespaced: false },
  pods: { name: 'pods', group: '', version: 'v1', namespaced: true },
  claims: { name: 'persistentvolumeclaims', group: '', version: 'v1', namespaced: true },
  events: { name: 'events', group: '', version: 'v1', namespaced: true },
  budgets: { name: 'poddisruptionbudgets', group: 'policy', version: 'v1', namespaced: true },
  deployments: { name: 'deployments', group: 'apps', version: 'v1', namespaced: true },
  statefulSets: { name: 'statefulsets', group: 'apps', version: 'v1', namespaced: true },
} as const satisfies Readonly<Record<string, Resource>>;

/** The objects of a request: all in the cluster, all in one namespace, or a single object. */
export interface Place {
  readonly namespace?: string;
  readonly name?: string;
  readonly subresource?: 'eviction' | 'log';
}

export type Verb = 'get' | 'list' | 'watch' | 'create' | 'patch' | 'delete';

/** A request before the address of the cluster is known. */
export interface Asked {
  readonly verb: Verb;
  readonly resource: Resource;
  readonly place?: Place;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: { readonly type: string; readonly text: string };
  readonly accept?: string;
}

const METHODS: Readonly<Record<Verb, string>> = {
  get: 'GET',
  list: 'GET',
  watch: 'GET',
  create: 'POST',
  patch: 'PATCH',
  delete: 'DELETE',
};

/** The request in RBAC's terms. */
export function namedRequest(cluster: string, { verb, resource, place = {} }: Asked): KubernetesRequest {
  const { namespace, name, subresource } = place;
  const plural = subresource === undefined ? resource.name : `${resource.name}/${subresource}`;
  return {
    cluster,
    verb,
    resource: resource.group === '' ? plural : `${plural}.${resource.group}`,
    ...present({ namespace, name }),
  };
}

/** @see https://kubernetes.io/docs/reference/using-api/api-concepts/#resource-uris */
export function httpRequest({ verb, resource, place = {}, query, body, accept }: Asked): HttpRequest {
  const { group, version, name: plural } = resource;
  const parts = [
    ...(group === '' ? ['api'] : ['apis', group]),
    version,
    ...(place.namespace === undefined ? [] : ['namespaces', place.namespace]),
    plural,
    ...(place.name === undefined ? [] : [place.name]),
    ...(place.subresource === undefined ? [] : [place.subresource]),
  ];
  const search = new URLSearchParams(query).toString();
  return {
    method: METHODS[verb],
    path: `/${parts.map(encodeURIComponent).join('/')}${search === '' ? '' : `?${search}`}`,
    headers: {
      accept: accept ?? 'application/json',
      ...(verb !== 'watch' && { 'accept-encoding': 'gzip' }),
      ...(body !== undefined && {
        'content-type': body.type,
        'content-length': String(Buffer.byteLength(body.text)),
      }),
    },
    ...present({ body: body?.text }),
  };
}

/** A label selector as a query parameter; undefined for a selector without terms, which matches everything. */
export function selectorText({ matchLabels, matchExpressions }: LabelSelector): string | undefined {
  const equal = Object.entries(matchLabels).map(([key, value]) => `${key}=${value}`);
  const terms = matchExpressions.map(({ key, operator, values }) => {
    switch (operator) {
      case 'In':
        return `${key} in (${values.join(',')})`;
      case 'NotIn':
        return `${key} notin (${values.join(',')})`;
      case 'DoesNotExist':
        return `!${key}`;
      default:
        return key;
    }
  });
  return [...equal, ...terms].join(',') || undefined;
}
