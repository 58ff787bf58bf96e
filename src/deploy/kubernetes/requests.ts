/**
 * The requests to workloads as data, for plans, the ledger, and a command to run by hand: the server-side
 * apply of Slipway's annotations, and the deletion of a pod.
 */

import type { Json } from '../../model/json';
import { present } from '../../model/present';
import { kubectl, shellWord } from '../../model/shell-command';
import { ANNOTATION, type WorkloadName } from '../../model/workload';
import type { FurtherRequest, SentRequest } from '../../operations/operation';
import type { PlannedRequest } from '../port/deploy-target';
import type { SentUpdate } from '../port/target-kind';
import { memberOf, textIn } from '../reading-json';
import { type Annotations, configurationIn } from './annotations';
import type { ObjectRef, WorkloadPatch } from './ports';

/** Name of the service in plans and operations, and for the rate limit of polls. */
export const SERVICE = 'kubernetes';
const APPLY = 'Apply';
const DELETE = 'DeletePod';

/** An apply, with everything that is needed to send and follow it. */
export interface ApplyRequest {
  /** ARN of the cluster, which is also the name of its context in kubectl. */
  readonly context: string;
  readonly workload: WorkloadName;
  readonly patch: Omit<WorkloadPatch, 'dryRun'>;
  readonly strategy: string;
}

/**
 * `query` and `body` are the request as it is first sent; a later try may have another `resourceVersion`.
 * `context` and `strategy` are for Slipway itself.
 */
function applyInput({ context, workload, patch, strategy }: ApplyRequest): Readonly<Record<string, Json>> {
  const { kind, namespace, name } = workload;
  const { uid, resourceVersion, annotations, force = false } = patch;
  return {
    context,
    strategy,
    query: { fieldManager: 'slipway', fieldValidation: 'Strict', force: String(force) },
    body: {
      apiVersion: 'apps/v1',
      kind,
      metadata: { name, namespace, uid, ...present({ resourceVersion }) },
      spec: { template: { metadata: { annotations } } },
    },
  };
}

/**
 * The request in the form that is recorded before it is sent. It takes effect at most once, since it names the
 * workload's version.
 */
export function sentRequest(request: ApplyRequest): SentRequest {
  const { uid, resourceVersion = '' } = request.patch;
  return {
    service: SERVICE,
    operation: APPLY,
    input: applyInput(request),
    token: `${uid}@${resourceVersion}`,
  };
}

/**
 * The apply as far as it is known before the upload.
 * @param versionComes true if S3 will or may assign a version
 */
export function plannedRequest(request: ApplyRequest, versionComes: boolean): PlannedRequest {
  const at = 'body.spec.template.metadata.annotations';
  const later = [ANNOTATION.digest, ...(versionComes ? [ANNOTATION.version] : [])];
  const annotations = Object.fromEntries(
    Object.entries(request.patch.annotations).filter(([name]) => !later.some((one) => one === name)),
  );
  const { resourceVersion: _, ...patch } = request.patch;
  return {
    service: SERVICE,
    operation: APPLY,
    input: applyInput({ ...request, patch: { ...patch, annotations } }),
    later: ['body.metadata.resourceVersion', ...later.map((name) => `${at}.${name}`)],
  };
}

/** Reads the annotations that an apply sets; undefined for any other request. */
export function annotationsIn(input: Json): Annotations | undefined {
  const metadata = memberOf(memberOf(memberOf(memberOf(input, 'body'), 'spec'), 'template'), 'metadata');
  const annotations = memberOf(metadata, 'annotations');
  if (!(annotations instanceof Object) || Array.isArray(annotations)) return undefined;
  return Object.values(annotations).every((value) => typeof value === 'string')
    ? (annotations as Annotations)
    : undefined;
}

/**
 * Reads the apply that an operation sent to a workload, without its `resourceVersion` and `force`; undefined
 * for any other request.
 */
export function applyIn(input: Json, workload: WorkloadName, strategy: string): ApplyRequest | undefined {
  const annotations = annotationsIn(input);
  const [context, uid] = [
    textIn(input, 'context'),
    textIn(memberOf(memberOf(input, 'body'), 'metadata'), 'uid'),
  ];
  if (annotations === undefined || context === undefined || uid === undefined) return undefined;
  const { kind, namespace, name } = workload;
  return { context, workload: { kind, namespace, name }, patch: { uid, annotations }, strategy };
}

/** Returns true if the apply may take the annotations over from other managers. */
function forces(input: Json): boolean {
  return textIn(memberOf(input, 'query'), 'force') === 'true';
}

/**
 * Reads the configuration that an apply asked for; undefined for any other request, or if the code's location
 * cannot be read.
 */
export function sentUpdate(input: Json): SentUpdate | undefined {
  const annotations = annotationsIn(input);
  const strategy = textIn(input, 'strategy');
  if (annotations === undefined || strategy === undefined) return undefined;
  const { code, ...configuration } = configurationIn(annotations);
  return code && { configuration: { ...configuration, code }, strategy };
}

/**
 * The deletion of a pod with earlier code. It names the pod's uid, so that a later pod of the same name is
 * kept.
 */
export function deletion(context: string, { namespace, name, uid }: ObjectRef): FurtherRequest {
  return {
    service: SERVICE,
    operation: DELETE,
    input: { context, namespace, name, body: { preconditions: { uid } } },
  };
}

/**
 * A request as a command for a shell. kubectl reads the object to apply from its standard input; a deletion
 * does not name the pod's uid, since kubectl has no option for it.
 */
export function command({ operation, input }: Pick<SentRequest, 'operation' | 'input'>): string {
  const context = textIn(input, 'context') ?? '';
  if (operation === DELETE) {
    const [namespace, name] = [textIn(input, 'namespace') ?? '', textIn(input, 'name') ?? ''];
    return kubectl(context, 'delete', 'pod', name, '--namespace', namespace);
  }
  const words = ['apply', '--server-side', '--field-manager=slipway', '--validate=strict'];
  const apply = kubectl(context, ...words, ...(forces(input) ? ['--force-conflicts'] : []), '-f', '-');
  return `printf %s ${shellWord(JSON.stringify(memberOf(input, 'body') ?? {}))} | ${apply}`;
}
