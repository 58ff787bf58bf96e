/** The rights of callers in a cluster: access entries, and refusals in the words of Kubernetes' authorizer. */

import { omitEmpty } from '../../present';
import { list, oneOf, type Shape, structure, text } from '../../shapes';
import { qualifiedName } from '../resources';
import { StatusError } from '../status';
import type { ApiRequest, Target } from './request';

/** The user who sends a request, and the groups of this user. */
export interface Caller {
  readonly username: string;
  readonly groups: readonly string[];
}

/** A rule as in a Role: https://kubernetes.io/docs/reference/access-authn-authz/rbac/ */
export interface PolicyRule {
  readonly verbs: readonly string[];
  readonly apiGroups: readonly string[];
  /** Resources such as `pods`, and subresources such as `pods/log`; `*` stands for all resources and subresources. */
  readonly resources: readonly string[];
  /** All names when absent. */
  readonly resourceNames?: readonly string[];
  /** The only namespace in which the rule applies; all namespaces when absent. */
  readonly namespace?: string;
}

/**
 * `none`: no access entry, so the cluster does not know the caller; `view`: AmazonEKSViewPolicy; `full`: cluster admin.
 */
export type Access = 'full' | 'view' | 'none' | readonly PolicyRule[];

const words = list(text(), { min: 1 });

const rule = structure(
  { verbs: words, apiGroups: words, resources: words, resourceNames: words, namespace: text({ min: 1 }) },
  ['verbs', 'apiGroups', 'resources'],
  { closed: true },
);

const level = oneOf('full', 'view', 'none');
const rules = list(rule);

/**
 * The access of a caller, as a setting of the sandbox's control plane: a named level, or rules as in a Role.
 */
export const access: Shape<Access> = {
  read: (value, path, found) => (Array.isArray(value) ? rules : level).read(value, path, found),
};

export const ANONYMOUS: Caller = { username: 'system:anonymous', groups: ['system:unauthenticated'] };

const READ = ['get', 'list', 'watch'];

/**
 * AmazonEKSViewPolicy, for the resources that the sandbox has:
 * https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html
 */
const VIEW: readonly PolicyRule[] = [
  {
    verbs: READ,
    apiGroups: ['apps'],
    resources: [
      ...['controllerrevisions', 'daemonsets', 'daemonsets/status', 'deployments', 'deployments/scale'],
      ...['deployments/status', 'replicasets', 'replicasets/scale', 'replicasets/status', 'statefulsets'],
      ...['statefulsets/scale', 'statefulsets/status'],
    ],
  },
  {
    verbs: READ,
    apiGroups: ['batch'],
    resources: ['cronjobs', 'cronjobs/status', 'jobs', 'jobs/status'],
  },
  {
    verbs: READ,
    apiGroups: ['policy'],
    resources: ['poddisruptionbudgets', 'poddisruptionbudgets/status'],
  },
  {
    verbs: READ,
    apiGroups: [''],
    resources: [
      ...['configmaps', 'events', 'namespaces', 'namespaces/status', 'persistentvolumeclaims'],
      ...['persistentvolumeclaims/status', 'pods', 'pods/log', 'pods/status', 'replicationcontrollers'],
      ...['replicationcontrollers/scale', 'replicationcontrollers/status', 'serviceaccounts', 'services'],
      'services/status',
    ],
  },
];

/** The rights of every known caller, as in the cluster role system:basic-user. */
const BASIC: readonly PolicyRule[] = [
  { verbs: ['create'], apiGroups: ['authorization.k8s.io', 'authentication.k8s.io'], resources: ['*'] },
];

/**
 * Paths that anonymous callers may read, with all paths below them: those of the cluster role
 * system:public-info-viewer.
 */
const PUBLIC_PATHS = ['/healthz', '/livez', '/readyz', '/version', '/version/'];

/** A request in the form that the authorizer judges. */
export interface Attributes extends Partial<Omit<Target, 'version'>> {
  readonly verb: string;
  /** Path of a request without a resource. */
  readonly path?: string;
}

export function attributesOf({ verb, target, path, method }: ApiRequest): Attributes {
  return target ? { verb, ...target } : { verb: method === 'HEAD' ? 'head' : method.toLowerCase(), path };
}

export function mayDo(caller: Caller, access: Access, asked: Attributes): boolean {
  if (asked.plural === undefined) {
    const path = asked.path ?? '';
    return caller !== ANONYMOUS || PUBLIC_PATHS.some((one) => path === one || path.startsWith(`${one}/`));
  }
  if (caller === ANONYMOUS || access === 'none') return false;
  if (access === 'full') return true;
  const rules = access === 'view' ? VIEW : access;
  return [...rules, ...BASIC].some((rule) => covers(rule, asked));
}

function covers(
  rule: PolicyRule,
  { verb, group = '', plural = '', subresource, name, namespace }: Attributes,
): boolean {
  const resource = subresource === undefined ? plural : `${plural}/${subresource}`;
  const named = (list: readonly string[], value: string): boolean =>
    list.includes('*') || list.includes(value);
  return (
    named(rule.verbs, verb) &&
    named(rule.apiGroups, group) &&
    named(rule.resources, resource) &&
    (rule.resourceNames === undefined || (name !== undefined && rule.resourceNames.includes(name))) &&
    (rule.namespace === undefined || rule.namespace === namespace)
  );
}

export function unauthorized(): StatusError {
  return new StatusError(401, 'Unauthorized', 'Unauthorized');
}

export function forbidden({ username }: Caller, asked: Attributes): StatusError {
  const { verb, path = '', group = '', plural, subresource, name, namespace } = asked;
  if (plural === undefined)
    return new StatusError(
      403,
      'Forbidden',
      `forbidden: User "${username}" cannot ${verb} path "${path}"`,
      {},
    );
  const subject = name === undefined ? '' : ` "${name}"`;
  const resource = subresource === undefined ? plural : `${plural}/${subresource}`;
  const where = namespace ? `in the namespace "${namespace}"` : 'at the cluster scope';
  return new StatusError(
    403,
    'Forbidden',
    `${qualifiedName({ plural, group })}${subject} is forbidden: User "${username}" cannot ${verb} resource "${resource}" in API group "${group}" ${where}`,
    { ...omitEmpty({ name, group }), kind: plural },
  );
}
