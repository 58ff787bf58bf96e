/**
 * Containers that keep to Slipway's convention: an init container fetches the code that the pod's annotations name and proves
 * it by its digest, and the program loads its initialization script from it.
 */
import { createHash } from 'node:crypto';
import { unzipSync } from 'fflate';
import type { Container, Pod } from '../kinds';
import type { Program, Work } from '../programs';

/** Reads an object of S3; without a version the newest. Undefined where there is none. */
export type ReadObject = (bucket: string, key: string, version: string | undefined) => Buffer | undefined;

const CODE_FOLDER = '/opt/kx/app/code';

/** What the container does by the convention; what its image does where it does not keep to it. */
export function codeWork(pod: Pod, container: Container, usual: Program, read: ReadObject): Work {
  if (readsAnnotation(container, 'code-uri')) return fetching(pod, usual, read);
  if (readsAnnotation(container, 'init-script')) return starting(pod, usual, read);
  return usual;
}

/** By the downward API: https://kubernetes.io/docs/concepts/workloads/pods/downward-api/ */
function readsAnnotation({ env = [] }: Container, name: string): boolean {
  const path = `metadata.annotations['slipway.dev/${name}']`;
  return env.some(({ valueFrom }) => valueFrom?.fieldRef?.fieldPath === path);
}

function annotation({ metadata }: Pod, name: string): string | undefined {
  return metadata.annotations?.[`slipway.dev/${name}`] || undefined;
}

function fetching(pod: Pod, usual: Program, read: ReadObject): Work {
  const ended = (exitCode: number, message: string, ...log: readonly string[]): Work => ({
    ...usual,
    log,
    end: { afterSeconds: 2, exitCode },
    message,
  });
  const uri = annotation(pod, 'code-uri');
  if (uri === undefined) return ended(0, 'none', 'No code is set.');
  const version = annotation(pod, 'code-version');
  const from = `${uri}${version === undefined ? '' : ` version ${version}`}`;
  const zip = zipOf(pod, read);
  if (!zip) return ended(1, 'missing', `Fetching ${from}`, `error: there is no such version of ${uri}`);
  const digest = createHash('sha256').update(zip).digest('hex');
  const wanted = annotation(pod, 'code-digest');
  if (digest !== wanted)
    return ended(
      1,
      'mismatch',
      `Fetching ${from}`,
      `error: the digest is ${digest}, and ${wanted} was expected`,
    );
  return ended(0, digest, `Fetching ${from}`, `Unpacked into ${CODE_FOLDER}`);
}

/** q ends at once where its script is not there. */
function starting(pod: Pod, usual: Program, read: ReadObject): Work {
  const script = annotation(pod, 'init-script');
  const zip = zipOf(pod, read);
  if (script === undefined || !zip) return usual;
  const path = `${CODE_FOLDER}/${script}`;
  const log = [...usual.log, `Loading ${path} ${annotation(pod, 'arguments') ?? ''}`.trimEnd()];
  if (namesIn(zip).includes(script)) return { ...usual, log };
  return {
    ...usual,
    log,
    end: { afterSeconds: 1, exitCode: 1 },
    lastWords: [`'${path}. OS reports: No such file or directory`],
  };
}

function zipOf(pod: Pod, read: ReadObject): Buffer | undefined {
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(annotation(pod, 'code-uri') ?? '') ?? [];
  if (bucket === undefined || key === undefined) return undefined;
  return read(bucket, key, annotation(pod, 'code-version'));
}

/** Of what is no zip, none. */
function namesIn(zip: Buffer): readonly string[] {
  const names: string[] = [];
  try {
    unzipSync(zip, {
      filter: ({ name }) => {
        names.push(name);
        return false;
      },
    });
  } catch {
    return [];
  }
  return names;
}
