/** Workloads that take their code from a zip in S3, by Slipway's convention. */

import type { EnvVar, Labels, PodSpec } from '../../kubernetes/kinds';
import { present } from '../../present';
import type { WorkloadRow } from './manifests';

/** The inputs from which a cluster's seed makes the manifests. */
export interface SeedSurroundings {
  /** Names of a node group's nodes. */
  readonly nodesOf: (group: string) => readonly string[];
  /**
   * The code that the shop has deployed, with `script` as its initialization script. Undefined if the
   * code's zip was deleted.
   */
  readonly code: (script: string) => CodeRow | undefined;
}

/** The code that a workload starts with. */
export interface CodeRow {
  readonly uri: string;
  readonly version: string;
  /** SHA-256 of the zip, hex. */
  readonly digest: string;
  readonly script: string;
}

const CODE_FOLDER = '/opt/kx/app/code';
const FETCH = 'public.ecr.aws/aws-cli/aws-cli:2.31.9';
const UNZIP = 'public.ecr.aws/docker/library/busybox:1.37';

/**
 * Adds the init containers, volumes and variables by which a workload takes its code from S3, and the
 * annotations that name the code.
 * @param code undefined: the workload follows the convention, but has no code yet.
 */
export function withCode(row: WorkloadRow, code: CodeRow | undefined): WorkloadRow {
  const mount = { name: 'code', mountPath: CODE_FOLDER };
  const pod: Partial<PodSpec> = {
    ...row.pod,
    initContainers: [
      {
        name: 'slipway-fetch',
        image: FETCH,
        env: [
          fromAnnotation('SLIPWAY_CODE_URI', 'code-uri'),
          fromAnnotation('SLIPWAY_CODE_VERSION', 'code-version'),
          fromAnnotation('SLIPWAY_CODE_DIGEST', 'code-digest'),
        ],
        volumeMounts: [{ name: 'zip', mountPath: '/slipway' }],
      },
      { name: 'slipway-unzip', image: UNZIP, volumeMounts: [{ name: 'zip', mountPath: '/slipway' }, mount] },
    ],
    volumes: [
      { name: 'zip', emptyDir: {} },
      { name: 'code', emptyDir: {} },
    ],
  };
  return {
    ...row,
    pod,
    ...present({ podAnnotations: code && annotationsOf(code) }),
    container: {
      ...row.container,
      env: [
        fromAnnotation('SLIPWAY_INIT_SCRIPT', 'init-script'),
        fromAnnotation('SLIPWAY_ARGUMENTS', 'arguments'),
      ],
      volumeMounts: [mount],
    },
  };
}

function annotationsOf({ uri, version, digest, script }: CodeRow): Labels {
  return {
    'slipway.dev/code-uri': uri,
    'slipway.dev/code-version': version,
    'slipway.dev/code-digest': digest,
    'slipway.dev/init-script': script,
    'slipway.dev/arguments': '[]',
  };
}

function fromAnnotation(name: string, annotation: string): EnvVar {
  return {
    name,
    valueFrom: { fieldRef: { fieldPath: `metadata.annotations['slipway.dev/${annotation}']` } },
  };
}
