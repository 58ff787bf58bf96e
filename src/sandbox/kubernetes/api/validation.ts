/** Checks objects against rules of Kubernetes, and refuses invalid objects in the words of kube-apiserver. */

import { omitEmpty } from '../../present';
import type { JsonObject } from '../../protocols/operation';
import { type NewObject, sameJson } from '../kube-object';
import { matches } from '../label-selector';
import type { Resource } from '../resources';
import { badRequest, StatusError } from '../status';
import { isObject } from './json';

const METADATA = new Set([
  ...['name', 'generateName', 'namespace', 'selfLink', 'uid', 'resourceVersion', 'generation', 'labels'],
  ...[
    'creationTimestamp',
    'deletionTimestamp',
    'deletionGracePeriodSeconds',
    'annotations',
    'ownerReferences',
  ],
  ...['finalizers', 'managedFields'],
]);

const WORKLOAD_SPECS: Readonly<Record<string, readonly string[]>> = {
  deployments: [
    ...['replicas', 'selector', 'template', 'strategy', 'minReadySeconds', 'revisionHistoryLimit', 'paused'],
    'progressDeadlineSeconds',
  ],
  statefulsets: [
    ...[
      'replicas',
      'selector',
      'template',
      'serviceName',
      'podManagementPolicy',
      'updateStrategy',
      'ordinals',
    ],
    ...[
      'volumeClaimTemplates',
      'revisionHistoryLimit',
      'minReadySeconds',
      'persistentVolumeClaimRetentionPolicy',
    ],
  ],
};

const TEMPLATE = new Set(['metadata', 'spec']);

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/ */
const MAX_ANNOTATION_BYTES = 256 * 1024;

/**
 * Checks the metadata, the pod template without its spec, and the spec of Deployments and StatefulSets.
 * @throws a Status 400 if any of these have unknown fields
 */
export function checkKnownFields({ plural }: Resource, object: JsonObject): void {
  const unknown = [
    ...unknownIn(object['metadata'], METADATA, 'metadata'),
    ...unknownIn(object['spec'], WORKLOAD_SPECS[plural] && new Set(WORKLOAD_SPECS[plural]), 'spec'),
    ...unknownInTemplate(object),
  ];
  if (unknown.length > 0)
    throw badRequest(
      `strict decoding error: ${unknown.map((field) => `unknown field "${field}"`).join(', ')}`,
    );
}

function unknownInTemplate({ spec }: JsonObject): readonly string[] {
  const template = isObject(spec) ? spec['template'] : undefined;
  if (!isObject(template)) return [];
  return [
    ...unknownIn(template, TEMPLATE, 'spec.template'),
    ...unknownIn(template['metadata'], METADATA, 'spec.template.metadata'),
  ];
}

function unknownIn(
  value: JsonObject[string],
  known: ReadonlySet<string> | undefined,
  path: string,
): readonly string[] {
  if (!known || !isObject(value)) return [];
  return Object.keys(value).flatMap((name) => (known.has(name) ? [] : [`${path}.${name}`]));
}

/**
 * @param before the object before the change; undefined for a new object
 * @throws a Status 400 for a label or annotation that is not a string, 422 for rules that the object breaks
 */
export function checkObject(resource: Resource, object: NewObject, before: NewObject | undefined): void {
  const template = isObject(object.spec) ? object.spec['template'] : undefined;
  const metadatas = [
    object.metadata,
    ...(isObject(template) && isObject(template['metadata']) ? [template['metadata']] : []),
  ];
  for (const metadata of metadatas) checkTexts(resource, metadata);
  const problems = [
    ...metadatas.flatMap(annotationProblems),
    ...nameProblems(object),
    ...workloadProblems(resource, object),
    ...(before ? changeProblems(resource, before, object) : []),
  ];
  if (problems.length > 0) throw invalid(resource, object.metadata.name ?? '', problems);
}

function checkTexts({ kind, version }: Resource, metadata: JsonObject): void {
  for (const member of ['labels', 'annotations']) {
    const values = metadata[member];
    const wrong = isObject(values)
      ? Object.values(values).find((value) => typeof value !== 'string')
      : undefined;
    if (wrong !== undefined)
      throw badRequest(
        `${kind} in version "${version}" cannot be handled as a ${kind}: json: cannot unmarshal ${typeof wrong} into Go struct field ObjectMeta.${member} of type string`,
      );
  }
}

interface Problem {
  readonly reason: 'FieldValueInvalid' | 'FieldValueForbidden' | 'FieldValueRequired' | 'FieldValueTooLong';
  readonly field: string;
  readonly message: string;
}

function annotationProblems({ annotations }: JsonObject): readonly Problem[] {
  const size = isObject(annotations)
    ? Object.entries(annotations).reduce((sum, [name, value]) => sum + name.length + String(value).length, 0)
    : 0;
  if (size <= MAX_ANNOTATION_BYTES) return [];
  const message = `Too long: may not be more than ${MAX_ANNOTATION_BYTES} bytes`;
  return [{ reason: 'FieldValueTooLong', field: 'metadata.annotations', message }];
}

function nameProblems({ metadata }: NewObject): readonly Problem[] {
  const { name, generateName } = metadata;
  if (!name && !generateName)
    return [
      {
        reason: 'FieldValueRequired',
        field: 'metadata.name',
        message: 'Required value: name or generateName is required',
      },
    ];
  if (!name || /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(name)) return [];
  const rule =
    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
  return [
    { reason: 'FieldValueInvalid', field: 'metadata.name', message: `Invalid value: "${name}": ${rule}` },
  ];
}

function workloadProblems({ plural }: Resource, { spec }: NewObject): readonly Problem[] {
  if (!isObject(spec) || !WORKLOAD_SPECS[plural]) return [];
  const { replicas, selector, template } = spec;
  const metadata = isObject(template) ? template['metadata'] : undefined;
  const labels = isObject(metadata) && isObject(metadata['labels']) ? metadata['labels'] : {};
  return [
    ...(typeof replicas === 'number' && replicas < 0
      ? [
          {
            reason: 'FieldValueInvalid' as const,
            field: 'spec.replicas',
            message: `Invalid value: ${replicas}: must be greater than or equal to 0`,
          },
        ]
      : []),
    ...(isObject(selector) && !matches(selector, labels as Readonly<Record<string, string>>)
      ? [
          {
            reason: 'FieldValueInvalid' as const,
            field: 'spec.template.metadata.labels',
            message: `Invalid value: ${JSON.stringify(labels)}: \`selector\` does not match template \`labels\``,
          },
        ]
      : []),
  ];
}

/** The fields of a StatefulSet's spec that may change. */
const CHANGEABLE = [
  ...['replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit'],
  ...['persistentVolumeClaimRetentionPolicy', 'minReadySeconds'],
];

function changeProblems({ plural }: Resource, before: NewObject, after: NewObject): readonly Problem[] {
  const changed = [...new Set([...Object.keys(before.spec ?? {}), ...Object.keys(after.spec ?? {})])].filter(
    (field) => !sameJson(before.spec?.[field], after.spec?.[field]),
  );
  if (plural === 'statefulsets' && changed.some((field) => !CHANGEABLE.includes(field))) {
    const message =
      "Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden";
    return [{ reason: 'FieldValueForbidden', field: 'spec', message }];
  }
  if (['deployments', 'replicasets', 'daemonsets', 'jobs'].includes(plural) && changed.includes('selector')) {
    const message = `Invalid value: ${JSON.stringify(after.spec?.['selector'])}: field is immutable`;
    return [{ reason: 'FieldValueInvalid', field: 'spec.selector', message }];
  }
  return [];
}

function invalid({ kind, group }: Resource, name: string, problems: readonly Problem[]): StatusError {
  const all = problems.map(({ field, message }) => `${field}: ${message}`);
  const text = all.length === 1 ? all[0] : `[${all.join(', ')}]`;
  const of = group === '' ? kind : `${kind}.${group}`;
  return new StatusError(422, 'Invalid', `${of} "${name}" is invalid: ${text}`, {
    name,
    ...omitEmpty({ group }),
    kind,
    causes: problems.map((problem) => ({ ...problem })),
  });
}
