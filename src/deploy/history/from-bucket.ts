/** Reads a target's bucket: the records of deployments, and all zips that Slipway stored. */

import type { CodeLocation } from '../../model/code';
import { failureOf, isReason } from '../../model/failure';
import { allItems } from '../../model/page';
import { present } from '../../model/present';
import { codeFolder, digestInKey, parseRecordKey, recordFolder } from '../naming';
import { isSamePlace, type Place, type TargetKind } from '../port/target-kind';
import type { ObjectStore, ObjectVersion } from '../ports';
import { type DeploymentRecord, parseRecord } from '../record';
import { realVersion } from '../stored';
import type { Deployment } from './deployment';

/** At most this many bytes of a record are read; no record is larger. */
const LARGEST_RECORD = 1024 * 1024;
const AT_ONCE = 8;

/** Bucket and prefix of a target's zips and records. */
export interface RecordPlace {
  readonly bucket: string;
  readonly prefix: string;
}

export interface RecordedDeployments {
  /** Newest first. */
  readonly deployments: readonly Deployment[];
  /**
   * Keys of the objects, among the newest `limit`, that have a record's name but could not be read, or are not
   * records of this target.
   */
  readonly unreadable: readonly string[];
  /** True if there are older records. */
  readonly more: boolean;
}

/**
 * Reads the newest `limit` records in a target's folder. The record of another account, region or target is
 * not returned as a deployment, but its key is in `unreadable`.
 */
export async function recordedDeployments(
  objects: ObjectStore,
  { bucket, prefix }: RecordPlace,
  place: Place,
  limit: number,
  signal: AbortSignal,
): Promise<RecordedDeployments> {
  const folder = recordFolder(prefix, place.kind.records.folders(place.path));
  const listed = await allItems((next) => objects.list(bucket, folder, next, signal));
  const named = listed
    .map(({ key }) => ({ key, name: parseRecordKey(key) }))
    .filter(({ name }) => name !== undefined)
    .sort((a, b) => (a.key < b.key ? 1 : -1));
  const keys = named.slice(0, limit).map(({ key }) => key);
  const records = await readAll(objects, bucket, keys, place.kind, signal);
  const isOfPlace = (record: DeploymentRecord | undefined): record is DeploymentRecord =>
    record !== undefined && isSamePlace(record, place);
  return {
    deployments: records.filter(isOfPlace).map(deploymentOf),
    unreadable: keys.filter((_, index) => !isOfPlace(records[index])),
    more: named.length > limit,
  };
}

/** One version of a zip that Slipway stored. */
export interface StoredCode {
  readonly at: CodeLocation;
  readonly digest: string;
  /** Bytes. */
  readonly size: number;
  /** Epoch milliseconds. */
  readonly modifiedAt?: number;
}

/** All zips under the prefix, newest first; every version of each zip if AWS allows versions to be listed. */
export async function storedCode(
  objects: ObjectStore,
  { bucket, prefix }: RecordPlace,
  signal: AbortSignal,
): Promise<readonly StoredCode[]> {
  const versions = await versionsOf(objects, bucket, codeFolder(prefix), signal);
  return versions
    .flatMap(({ key, versionId, size, isLatest, modifiedAt }) => {
      const digest = digestInKey(key);
      const version = isLatest ? realVersion(versionId) : versionId;
      const at = { bucket, key, ...present({ versionId: version }) };
      return digest === undefined ? [] : [{ at, digest, size, ...present({ modifiedAt }) }];
    })
    .sort((a, b) => (b.modifiedAt ?? 0) - (a.modifiedAt ?? 0));
}

/** All versions of the objects in a folder of a bucket; only the latest ones where listing versions is denied. */
export async function versionsOf(
  objects: ObjectStore,
  bucket: string,
  folder: string,
  signal: AbortSignal,
): Promise<readonly ObjectVersion[]> {
  try {
    return await allItems((next) => objects.listVersions(bucket, folder, next, signal));
  } catch (error) {
    if (!isReason(error, 'access-denied')) throw error;
    return allItems((next) => objects.list(bucket, folder, next, signal));
  }
}

async function readAll(
  objects: ObjectStore,
  bucket: string,
  keys: readonly string[],
  kind: TargetKind,
  signal: AbortSignal,
): Promise<readonly (DeploymentRecord | undefined)[]> {
  const records: (DeploymentRecord | undefined)[] = [];
  const waiting = keys.entries();
  const work = async (): Promise<void> => {
    for (const [index, key] of waiting)
      records[index] = await readRecord(objects, { bucket, key }, kind, signal);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return keys.map((_, index) => records[index]);
}

/** Undefined for an object that is not a record, or that could not be read because of a failure of AWS. */
async function readRecord(
  objects: ObjectStore,
  at: CodeLocation,
  kind: TargetKind,
  signal: AbortSignal,
): Promise<DeploymentRecord | undefined> {
  try {
    const { bytes } = await objects.read(at, { start: 0, length: LARGEST_RECORD }, signal);
    return parseRecord(Buffer.from(bytes).toString('utf8'), kind);
  } catch (error) {
    if (failureOf(error).kind !== 'aws') throw error;
    return undefined;
  }
}

function deploymentOf(record: DeploymentRecord): Deployment {
  const { operationId, at, configuration, before, strategy, author, digest, git, origin, rollsBack } = record;
  return {
    operationId,
    at,
    configuration,
    ...present({ before }),
    strategy,
    outcome: 'unrecorded',
    author,
    ...present({ digest, git, origin, rollsBack }),
  };
}
