/** Label and field selectors: which objects a list, a watch or the deletion of a collection covers. */
import type { Json, JsonObject } from '../../protocols/operation';
import type { LabelRequirement } from '../kinds';
import type { KubeObject } from '../kube-object';
import { matches } from '../label-selector';
import { apiVersionOf, type Resource } from '../resources';
import { badRequest } from '../status';

export type Predicate = (object: KubeObject) => boolean;

/** Fields that a field selector may name besides the object's name and namespace, by resource. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  pods: [
    ...['spec.nodeName', 'spec.restartPolicy', 'spec.schedulerName', 'spec.serviceAccountName'],
    ...['spec.hostNetwork', 'status.phase', 'status.podIP', 'status.nominatedNodeName'],
  ],
  nodes: ['spec.unschedulable'],
  namespaces: ['status.phase'],
  replicasets: ['status.replicas'],
  jobs: ['status.successful'],
  events: [
    ...['involvedObject.kind', 'involvedObject.namespace', 'involvedObject.name', 'involvedObject.uid'],
    ...['involvedObject.apiVersion', 'involvedObject.resourceVersion', 'involvedObject.fieldPath'],
    ...['reason', 'reportingComponent', 'source', 'type'],
  ],
};

/** Boolean fields; they are false where they are not set. */
const BOOLEANS = new Set(['spec.unschedulable', 'spec.hostNetwork']);

/** @throws a Status 400 for an unreadable selector, or for a field that selectors may not name */
export function selectedBy(resource: Resource, parameters: URLSearchParams): Predicate {
  const labels = parameters.get('labelSelector') ?? '';
  const fields = parameters.get('fieldSelector') ?? '';
  const byLabels = labelPredicates(labels);
  const byFields = terms(fields).map((term) => fieldPredicate(resource, term, labels, fields));
  return (object) => [...byLabels, ...byFields].every((matches) => matches(object));
}

const KEY = '[A-Za-z0-9./_-]+';
const VALUE = '[A-Za-z0-9._-]*';
const FORMS: readonly (readonly [RegExp, (found: RegExpExecArray) => LabelRequirement])[] = [
  [
    new RegExp(`^(${KEY})\\s+in\\s+\\(([^()]*)\\)$`),
    ([, key = '', values]) => ({ key, operator: 'In', values: split(values) }),
  ],
  [
    new RegExp(`^(${KEY})\\s+notin\\s+\\(([^()]*)\\)$`),
    ([, key = '', values]) => ({ key, operator: 'NotIn', values: split(values) }),
  ],
  [
    new RegExp(`^(${KEY})\\s*==?\\s*(${VALUE})$`),
    ([, key = '', value = '']) => ({ key, operator: 'In', values: [value] }),
  ],
  [
    new RegExp(`^(${KEY})\\s*!=\\s*(${VALUE})$`),
    ([, key = '', value = '']) => ({ key, operator: 'NotIn', values: [value] }),
  ],
  [new RegExp(`^!\\s*(${KEY})$`), ([, key = '']) => ({ key, operator: 'DoesNotExist' })],
  [new RegExp(`^(${KEY})$`), ([, key = '']) => ({ key, operator: 'Exists' })],
];

function labelPredicates(selector: string): readonly Predicate[] {
  return terms(selector).map((term) => {
    for (const [form, read] of FORMS) {
      const found = form.exec(term);
      if (!found) continue;
      const expression = read(found);
      return ({ metadata }) => matches({ matchExpressions: [expression] }, metadata.labels);
    }
    throw badRequest(
      `unable to parse requirement: found '${term}', expected: a requirement of a label selector`,
    );
  });
}

function fieldPredicate(resource: Resource, term: string, labels: string, fields: string): Predicate {
  const found = /^([A-Za-z.]+)(==|=|!=)(.*)$/.exec(term);
  if (!found) throw badRequest(`invalid selector: '${fields}'; can't understand '${term}'`);
  const [, field = '', operator, wanted = ''] = found;
  const known = [
    'metadata.name',
    ...(resource.namespaced ? ['metadata.namespace'] : []),
    ...(FIELDS[resource.plural] ?? []),
  ];
  if (!known.includes(field)) {
    const what = `${apiVersionOf(resource).replace(/^v1$/, '/v1')}, Resource=${resource.plural}`;
    throw badRequest(
      `Unable to find "${what}" that match label selector "${labels}", field selector "${fields}": field label not supported: ${field}`,
    );
  }
  const path = field.split('.');
  return (object) => (textAt(object, path, BOOLEANS.has(field)) === wanted) === (operator !== '!=');
}

/** The value of a field as text; if the field is not set, `false` for a boolean field, otherwise empty. */
function textAt(object: JsonObject, path: readonly string[], isBoolean: boolean): string {
  const value = path.reduce<Json | undefined>(
    (at, member) => (isObject(at) && Object.hasOwn(at, member) ? at[member] : undefined),
    object,
  );
  // The `source` of an event is an object: a selector compares the object's member `component`.
  if (isObject(value)) return textAt(value, ['component'], false);
  return String(value ?? (isBoolean ? false : ''));
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The terms between commas; commas in parentheses do not separate. */
function terms(selector: string): readonly string[] {
  return (selector.match(/(?:\([^)]*\)|[^,(])+/g) ?? [])
    .map((term) => term.trim())
    .filter((term) => term !== '');
}

function split(values: string | undefined): readonly string[] {
  return (values ?? '').split(',').map((value) => value.trim());
}
