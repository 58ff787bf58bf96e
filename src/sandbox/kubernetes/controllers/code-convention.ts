/**
 * The work of containers that follow Slipway's convention for code: an init container fetches the code that
 * the pod's annotations name, and verifies the code's digest; another init container unpacks the code; the
 * program then loads its initialization script from there.
 */
import { createHash } from 'node:crypto';
import { unzipSync } from 'fflate';
import { present } from '../../present';
import type { Container, Pod } from '../kinds';
import type { Program, Work } from '../programs';

/** Reads an object of S3: the given version, else the newest. Undefined if there is none. */
export type ReadObject = (bucket: string, key: string, version: string | undefined) => Buffer | undefined;

const CODE_FOLDER = '/opt/kx/app/code';

/**
 * The work that the convention gives to the container. Returns `usual` for a container that does not follow
 * the convention. If `usual` ends with an error, a container that fetches or unpacks the code ends with the same
 * error, and the last line of `usual.lastWords` is its termination message.
 */
export function codeWork(pod: Pod, container: Container, usual: Program, read: ReadObject): Work {
  const isFetcher = readsAnnotation(container, 'code-uri');
  if ((isFetcher || container.name === UNPACKER) && usual.end !== undefined && usual.end.exitCode !== 0) {
    const message = usual.lastWords.at(-1);
    return { ...usual, ...present({ message }) };
  }
  if (isFetcher) return fetching(pod, container, usual, read);
  if (container.name === UNPACKER) return unpacking(pod, usual, read);
  if (readsAnnotation(container, 'init-script')) return starting(pod, usual, read);
  return usual;
}

/**
 * Name of the init container that unpacks the zip. It reads no annotation, so it can only be recognized by its name.
 */
const UNPACKER = 'slipway-unzip';

/**
 * Whether the container reads an annotation of its pod, by the downward API:
 * https://kubernetes.io/docs/concepts/workloads/pods/downward-api/
 */
function readsAnnotation({ env = [] }: Container, name: string): boolean {
  const path = `metadata.annotations['slipway.dev/${name}']`;
  return env.some(({ valueFrom }) => valueFrom?.fieldRef?.fieldPath === path);
}

function annotation({ metadata }: Pod, name: string): string | undefined {
  return metadata.annotations?.[`slipway.dev/${name}`] || undefined;
}

/**
 * Makes the work of a container that runs one of the convention's scripts: the container writes `log`, and
 * ends with `exitCode` and the termination message `message`, as with the real script.
 */
type Ends = (exitCode: number, message: string | undefined, ...log: readonly string[]) => Work;

function endsOf(usual: Program): Ends {
  return (exitCode, message, ...log) => ({
    ...usual,
    log,
    end: { afterSeconds: 2, exitCode },
    ...present({ message }),
  });
}

function fetching(pod: Pod, container: Container, usual: Program, read: ReadObject): Work {
  const ended = endsOf(usual);
  const uri = annotation(pod, 'code-uri');
  if (uri === undefined) {
    return ended(0, 'none', 'No code is set: the annotation slipway.dev/code-uri is not there.');
  }
  const failed = (exitCode: number, why: string, ...log: readonly string[]): Work =>
    ended(exitCode, `error: ${why}`, ...log, `error: ${why}`);
  const outside = outsideOf(container, uri);
  if (outside !== undefined) return failed(11, outside);
  const wanted = annotation(pod, 'code-digest') ?? '';
  if (!/^[0-9a-f]{64}$/.test(wanted)) {
    return failed(11, `slipway.dev/code-digest is no SHA-256 in hex: ${wanted}`);
  }
  const version = annotation(pod, 'code-version');
  const object = `${uri}${version === undefined ? '' : ` version ${version}`}`;
  const zip = zipOf(pod, read);
  if (!zip)
    return failed(13, `there is no such version: ${object} (${missingWords(version)})`, `Fetching ${object}`);
  const digest = createHash('sha256').update(zip).digest('hex');
  if (digest !== wanted) {
    const why = `the digest of ${object} is ${digest}, and slipway.dev/code-digest says ${wanted}`;
    return failed(14, why, `Fetching ${object}`);
  }
  return ended(0, digest, `Fetching ${object}`, `Fetched and proved ${digest}`);
}

/**
 * Why the code's location is refused; undefined if it is allowed. A container without the variable
 * `SLIPWAY_BUCKET` accepts any location in S3.
 */
function outsideOf({ env = [] }: Container, uri: string): string | undefined {
  const setting = (wanted: string): string => env.find(({ name }) => name === wanted)?.value ?? '';
  const bucket = setting('SLIPWAY_BUCKET');
  const below = bucket === '' ? 's3://' : `s3://${bucket}/${setting('SLIPWAY_PREFIX')}`;
  return uri.startsWith(below) && uri.length > below.length
    ? undefined
    : `slipway.dev/code-uri is not below ${below}: ${uri}`;
}

/** The AWS CLI's words for an object or a version that does not exist. */
function missingWords(version: string | undefined): string {
  return version === undefined
    ? 'An error occurred (NoSuchKey) when calling the GetObject operation: The specified key does not exist.'
    : 'An error occurred (NoSuchVersion) when calling the GetObject operation: The specified version does not exist.';
}

function unpacking(pod: Pod, usual: Program, read: ReadObject): Work {
  const ended = endsOf(usual);
  const zip = zipOf(pod, read);
  if (!zip) return ended(0, undefined, 'No code is set.');
  const names = namesIn(zip);
  if (names === undefined) {
    return ended(20, 'error: the object is no zip', 'error: the object is no zip');
  }
  const leading = names.find((name) => `/${name}/`.includes('/../'));
  if (leading !== undefined) {
    const why = `error: the zip is refused: a name that leads out of the folder: ${leading}`;
    return ended(21, why, why);
  }
  return ended(0, undefined, `Unpacked ${names.length} entries into ${CODE_FOLDER}`);
}

/**
 * The work of the start command: it ends with an error, one second after its start, if the code lacks the
 * initialization script that is set, or if the arguments cannot be read.
 */
function starting(pod: Pod, usual: Program, read: ReadObject): Work {
  const script = annotation(pod, 'init-script');
  const list = argumentsIn(annotation(pod, 'arguments') ?? '[]');
  const zip = zipOf(pod, read);
  const path = `${CODE_FOLDER}/${script}`;
  const failed = (exitCode: number, why: string): Work => ({
    ...usual,
    end: { afterSeconds: 1, exitCode },
    lastWords: [`error: ${why}`],
    message: `error: ${why}`,
  });
  if (script !== undefined && zip && namesIn(zip)?.includes(script) !== true) {
    return failed(30, `the initialization script is not in the code: ${path}`);
  }
  if (list === undefined) return failed(31, 'slipway.dev/arguments cannot be read: it is no list');
  if (script === undefined || !zip) return usual;
  return { ...usual, log: [...usual.log, `Starting q with ${path} and ${list.length} arguments`] };
}

/** The arguments in an annotation; undefined where they cannot be read. */
function argumentsIn(text: string): readonly unknown[] | undefined {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list : undefined;
  } catch {
    return undefined;
  }
}

function zipOf(pod: Pod, read: ReadObject): Buffer | undefined {
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(annotation(pod, 'code-uri') ?? '') ?? [];
  if (bucket === undefined || key === undefined) return undefined;
  return read(bucket, key, annotation(pod, 'code-version'));
}

/** Names of the zip's entries; undefined where the bytes are not a zip. */
function namesIn(zip: Buffer): readonly string[] | undefined {
  const names: string[] = [];
  try {
    unzipSync(zip, {
      filter: ({ name }) => {
        names.push(name);
        return false;
      },
    });
  } catch {
    return undefined;
  }
  return names;
}
