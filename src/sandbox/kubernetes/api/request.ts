/** Reads the verb and the target of a Kubernetes API request from its method, path and query. */

import { present } from '../../present';
import type { RequestHead } from '../../raw-request';
import { RESOURCES, type Resource } from '../resources';

export type Verb =
  | 'get'
  | 'list'
  | 'watch'
  | 'create'
  | 'update'
  | 'patch'
  | 'delete'
  | 'deletecollection'
  | 'other';

/**
 * A request with the facts on which authorization, audit and handlers are based, like kube-apiserver's
 * RequestInfo.
 */
export interface ApiRequest extends RequestHead {
  readonly verb: Verb;
  readonly parameters: URLSearchParams;
  /** Undefined if the path, such as `/version`, names no resource. */
  readonly target?: Target;
}

export interface Target {
  readonly group: string;
  readonly version: string;
  /** As written in the path, even if there is no such resource. */
  readonly plural: string;
  readonly namespace?: string;
  readonly name?: string;
  readonly subresource?: string;
}

export function apiRequestOf(head: RequestHead): ApiRequest {
  const parameters = new URLSearchParams(head.query);
  const target = targetOf(head.path);
  const verb = verbOf(head.method, parameters, target);
  const name = target?.name ?? selectedName(parameters);
  return {
    ...head,
    parameters,
    verb,
    ...(target && { target: { ...target, ...present({ name }) } }),
  };
}

/** The entry of the target's resource in resources.ts; undefined if the API has no such resource. */
export function resourceOf({ group, version, plural }: Target): Resource | undefined {
  // Events belong to the core group and to events.k8s.io; both groups have the same objects.
  const owner = group === 'events.k8s.io' ? '' : group;
  return RESOURCES.find((one) => one.plural === plural && one.group === owner && one.version === version);
}

/** The name of the operation in faults and in the log: `list pods`, `create pods/eviction`, `get /version`. */
export function operationNameOf({ verb, target, path }: ApiRequest): string {
  if (!target) return `${verb} ${path}`;
  return `${verb} ${target.plural}${target.subresource === undefined ? '' : `/${target.subresource}`}`;
}

function targetOf(path: string): Target | undefined {
  const parts = path
    .split('/')
    .filter((part) => part !== '')
    .map(decoded);
  const [api, ...rest] = parts;
  if (api !== 'api' && api !== 'apis') return undefined;
  const group = api === 'apis' ? (rest.shift() ?? '') : '';
  const [version, ...names] = rest;
  if (version === undefined || names.length === 0) return undefined;
  const { namespace, of } = inNamespace(names);
  const [plural = '', name, ...subresource] = of;
  return {
    group,
    version,
    plural,
    ...present({ namespace, name }),
    ...(subresource.length > 0 && { subresource: subresource.join('/') }),
  };
}

/**
 * Returns the namespace in a path, and in `of` the names that follow the namespace. `/namespaces/kdb/pods`
 * names pods; `/namespaces/kdb` and `/namespaces/kdb/status` name the namespace itself, so `of` contains all
 * names of the path.
 */
function inNamespace(names: readonly string[]): {
  readonly namespace?: string;
  readonly of: readonly string[];
} {
  const [first, namespace, resource] = names;
  if (first !== 'namespaces' || namespace === undefined) return { of: names };
  const isItself = resource === undefined || resource === 'status' || resource === 'finalize';
  return { namespace, of: isItself ? names : names.slice(2) };
}

/**
 * The name to which a field selector limits a list. Authorization treats the list as a request for the
 * object with this name, so that a role with `resourceNames` can allow the list.
 */
function selectedName(parameters: URLSearchParams): string | undefined {
  return /(?:^|,)metadata\.name==?([^,]+)(?:,|$)/.exec(parameters.get('fieldSelector') ?? '')?.[1];
}

function verbOf(method: string, parameters: URLSearchParams, target: Target | undefined): Verb {
  const isOne = target?.name !== undefined;
  switch (method) {
    case 'GET':
    case 'HEAD':
      if (!target) return 'get';
      if (isWatch(parameters)) return 'watch';
      return isOne ? 'get' : 'list';
    case 'POST':
      return 'create';
    case 'PUT':
      return 'update';
    case 'PATCH':
      return 'patch';
    case 'DELETE':
      return isOne ? 'delete' : 'deletecollection';
    default:
      return 'other';
  }
}

function isWatch(parameters: URLSearchParams): boolean {
  return ['true', '1'].includes(parameters.get('watch') ?? '');
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    // A path that cannot be decoded names nothing that exists.
    return segment;
  }
}
