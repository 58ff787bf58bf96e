/** Names of the objects that Slipway puts into a bucket. Every name is a key that FinSpace accepts. */

const RECORD_NAME = /^(\d{4}-\d\d-\d\dT\d\d)-(\d\d)-(\d\d\.\d{3}Z)-([0-9a-z]+)\.json$/;

/** Zip of the code with this digest, one for all clusters of a bucket. */
export function codeKey(prefix: string, digest: string): string {
  return `${codeFolder(prefix)}${digest}.zip`;
}

/** Where all zips of a prefix lie; ends with `/`. */
export function codeFolder(prefix: string): string {
  return `${folder(prefix)}code/`;
}

/** The digest in a name that {@link codeKey} made, under whatever prefix. */
export function digestInKey(key: string): string | undefined {
  return /(?:^|\/)code\/([0-9a-f]{64})\.zip$/.exec(key)?.[1];
}

/** Record of one deployment. `at` is epoch milliseconds. Names sort by time. */
export function recordKey(
  prefix: string,
  environmentId: string,
  cluster: string,
  { at, operationId }: RecordName,
): string {
  // FinSpace's pattern for keys, which is used for all names, has no colon.
  const time = new Date(at).toISOString().replaceAll(':', '-');
  return `${recordFolder(prefix, environmentId, cluster)}${time}-${operationId}.json`;
}

/** Where the records of a cluster lie; ends with `/`. */
export function recordFolder(prefix: string, environmentId: string, cluster: string): string {
  return `${folder(prefix)}deployments/${environmentId}/${cluster}/`;
}

export interface RecordName {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly operationId: string;
}

/** What the name of a record says; undefined for other objects. */
export function parseRecordKey(key: string): RecordName | undefined {
  const [, date, minutes, seconds, operationId] = RECORD_NAME.exec(key.slice(key.lastIndexOf('/') + 1)) ?? [];
  const at = Date.parse(`${date}:${minutes}:${seconds}`);
  return operationId === undefined || Number.isNaN(at) ? undefined : { at, operationId };
}

function folder(prefix: string): string {
  const trimmed = prefix.replace(/^\/+|\/+$/g, '');
  return trimmed === '' ? '' : `${trimmed}/`;
}
