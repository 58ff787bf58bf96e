/** Keys of the objects that Slipway puts into a bucket, made of characters that every kind of target accepts. */

const RECORD_NAME = /^(\d{4}-\d\d-\d\dT\d\d)-(\d\d)-(\d\d\.\d{3}Z)-([0-9a-z]+)\.json$/;

/** Key of the zip of the code with this digest; all targets with the same bucket and prefix share the zip. */
export function codeKey(prefix: string, digest: string): string {
  return `${codeFolder(prefix)}${digest}.zip`;
}

/** The folder of all zips of a prefix; ends with `/`. */
export function codeFolder(prefix: string): string {
  return `${folder(prefix)}code/`;
}

/** The digest in a key that {@link codeKey} made, under any prefix; undefined for any other key. */
export function digestInKey(key: string): string | undefined {
  return /(?:^|\/)code\/([0-9a-f]{64})\.zip$/.exec(key)?.[1];
}

/** Key of the record of one deployment. `at` is epoch milliseconds. Keys sort by time. */
export function recordKey(
  prefix: string,
  folders: readonly string[],
  { at, operationId }: RecordName,
): string {
  // Not every kind of target accepts a colon.
  const time = new Date(at).toISOString().replaceAll(':', '-');
  return `${recordFolder(prefix, folders)}${time}-${operationId}.json`;
}

/**
 * The folder of a target's records; ends with `/`.
 * @param folders names of the folders that the target's kind uses, outermost first
 */
export function recordFolder(prefix: string, folders: readonly string[]): string {
  return `${folder(prefix)}deployments/${folders.join('/')}/`;
}

export interface RecordName {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly operationId: string;
}

/** The time and the operation id in a record's key; undefined for any other key. */
export function parseRecordKey(key: string): RecordName | undefined {
  const [, date, minutes, seconds, operationId] = RECORD_NAME.exec(key.slice(key.lastIndexOf('/') + 1)) ?? [];
  const at = Date.parse(`${date}:${minutes}:${seconds}`);
  return operationId === undefined || Number.isNaN(at) ? undefined : { at, operationId };
}

function folder(prefix: string): string {
  const trimmed = prefix.replace(/^\/+|\/+$/g, '');
  return trimmed === '' ? '' : `${trimmed}/`;
}
