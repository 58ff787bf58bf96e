/**
 * The Kubernetes objects of a snippet. They are meant for a server-side apply: fields that the objects do
 * not contain keep their values in the cluster.
 */
import { createHash } from 'node:crypto';
import { ANNOTATION } from '../../../model/workload';
import { awsQ, CODE_SCRATCH_FOLDER, SCRATCH_FOLDER } from './aws-q';
import { roleArn } from './iam';
import { CODE_FOLDER, type SnippetParameters } from './parameters';
import { SCRIPTS } from './scripts';
import type { YamlValue } from './yaml';

export type SnippetObject = Readonly<Record<string, YamlValue | undefined>>;

/** Folder of the scripts in containers. */
const SCRIPT_FOLDER = '/opt/slipway';
/** Folder through which the first init container passes the zip to the second. */
const WORK_FOLDER = '/slipway';

const VOLUME = {
  scripts: 'slipway-scripts',
  work: 'slipway-zip',
  code: 'slipway-code',
  scratch: 'slipway-scratch',
} as const;

/** ConfigMap, service account and workload, in the order in which they have to be applied. */
export function snippetObjects(
  parameters: SnippetParameters,
): readonly [SnippetObject, SnippetObject, SnippetObject] {
  const scripts = scriptMap(parameters);
  return [scripts.object, serviceAccount(parameters), workload(parameters, scripts.name)];
}

/**
 * An immutable ConfigMap. Its name contains the beginning of its content's digest: other scripts get another
 * ConfigMap, so that pods of an earlier revision keep their own scripts.
 */
function scriptMap({ namespace, kdb }: SnippetParameters): {
  readonly name: string;
  readonly object: SnippetObject;
} {
  const data = { ...SCRIPTS, ...(kdb && { 'aws.q': awsQ(kdb) }) };
  const digest = createHash('sha256').update(JSON.stringify(data)).digest('hex');
  const name = `slipway-code-${digest.slice(0, 10)}`;
  return {
    name,
    object: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace }, immutable: true, data },
  };
}

function serviceAccount(parameters: SnippetParameters): SnippetObject {
  const { namespace, serviceAccount: name, rights } = parameters;
  const annotations = rights === 'irsa' ? { 'eks.amazonaws.com/role-arn': roleArn(parameters) } : undefined;
  return { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace, annotations } };
}

function workload(parameters: SnippetParameters, scripts: string): SnippetObject {
  const { kind, namespace, workload: name, serviceAccount: serviceAccountName, kdb } = parameters;
  const volumes = [
    { name: VOLUME.scripts, configMap: { name: scripts } },
    { name: VOLUME.work, emptyDir: {} },
    { name: VOLUME.code, emptyDir: {} },
    ...(kdb ? [{ name: VOLUME.scratch, emptyDir: {} }] : []),
  ];
  const spec = {
    serviceAccountName,
    initContainers: [fetchContainer(parameters), unzipContainer(parameters)],
    containers: [mainContainer(parameters)],
    volumes,
  };
  return { apiVersion: 'apps/v1', kind, metadata: { name, namespace }, spec: { template: { spec } } };
}

const scriptMount = { name: VOLUME.scripts, mountPath: SCRIPT_FOLDER, readOnly: true };
const workMount = { name: VOLUME.work, mountPath: WORK_FOLDER };

/**
 * Satisfies the pod security standard "restricted", which among other things forbids running as root. In
 * addition, makes the file system of the image read-only.
 */
const securityContext = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  readOnlyRootFilesystem: true,
  runAsGroup: 65534,
  runAsNonRoot: true,
  runAsUser: 65534,
  seccompProfile: { type: 'RuntimeDefault' },
};

/**
 * The termination message proves the digest, so it must contain only what the script wrote. With
 * `FallbackToLogsOnError`, it could contain log lines instead.
 */
const OWN_MESSAGE = { terminationMessagePolicy: 'File' };

function fetchContainer({ images, bucket, prefix, region }: SnippetParameters): SnippetObject {
  return {
    name: 'slipway-fetch',
    image: images.fetch,
    command: ['/bin/sh', `${SCRIPT_FOLDER}/fetch.sh`],
    env: [
      fromAnnotation('SLIPWAY_CODE_URI', ANNOTATION.uri),
      fromAnnotation('SLIPWAY_CODE_VERSION', ANNOTATION.version),
      fromAnnotation('SLIPWAY_CODE_DIGEST', ANNOTATION.digest),
      fromAnnotation('SLIPWAY_ISTIO', 'sidecar.istio.io/status'),
      { name: 'SLIPWAY_BUCKET', value: bucket },
      { name: 'SLIPWAY_PREFIX', value: prefix === '' ? '' : `${prefix}/` },
      { name: 'AWS_REGION', value: region },
      // The AWS CLI writes files to the folder HOME, and the file system of the image is read-only.
      { name: 'HOME', value: WORK_FOLDER },
    ],
    volumeMounts: [scriptMount, workMount],
    resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '512Mi' } },
    securityContext,
    ...OWN_MESSAGE,
  };
}

function unzipContainer({ images }: SnippetParameters): SnippetObject {
  return {
    name: 'slipway-unzip',
    image: images.unzip,
    command: ['/bin/sh', `${SCRIPT_FOLDER}/unpack.sh`],
    volumeMounts: [scriptMount, workMount, { name: VOLUME.code, mountPath: CODE_FOLDER }],
    resources: { requests: { cpu: '100m', memory: '64Mi' }, limits: { memory: '256Mi' } },
    securityContext,
    ...OWN_MESSAGE,
  };
}

function mainContainer({ container, program, kdb }: SnippetParameters): SnippetObject {
  return {
    name: container,
    command: ['/bin/sh', `${SCRIPT_FOLDER}/start.sh`, ...program],
    env: [
      fromAnnotation('SLIPWAY_INIT_SCRIPT', ANNOTATION.script),
      fromAnnotation('SLIPWAY_ARGUMENTS', ANNOTATION.arguments),
      ...(kdb ? [{ name: 'QINIT', value: `${SCRIPT_FOLDER}/aws.q` }] : []),
    ],
    volumeMounts: [
      scriptMount,
      { name: VOLUME.code, mountPath: CODE_FOLDER, readOnly: true },
      ...(kdb
        ? [
            { name: VOLUME.scratch, mountPath: CODE_SCRATCH_FOLDER, subPath: 'code' },
            { name: VOLUME.scratch, mountPath: SCRATCH_FOLDER, subPath: 'savedown' },
          ]
        : []),
    ],
  };
}

/**
 * A variable with the value of an annotation, by the downward API:
 * https://kubernetes.io/docs/concepts/workloads/pods/downward-api/
 */
function fromAnnotation(name: string, annotation: string): SnippetObject {
  return { name, valueFrom: { fieldRef: { fieldPath: `metadata.annotations['${annotation}']` } } };
}
