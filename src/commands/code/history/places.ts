/** The places that may contain records of deployments to a cluster. */

import type { RecordPlace } from '../../../deploy/history/from-bucket';
import { codeFolder, digestInKey } from '../../../deploy/naming';
import type { CodeLocation } from '../../../model/code';
import type { Operation } from '../../../operations/operation';
import { plannedBy } from '../../target-kinds';

export interface PlaceSources {
  /** The code that the cluster runs. */
  readonly code: CodeLocation | undefined;
  /** The ledger's deployments to the cluster. */
  readonly operations: readonly Operation[];
  /** Bucket and prefix of each target in `slipway.json` that deploys to the cluster. */
  readonly targets: readonly RecordPlace[];
  /** The prefix that was last used in a bucket, or the prefix in the settings for a new bucket. */
  readonly prefixOf: (bucket: string) => string;
}

/**
 * Lists each place once. The location of the running code yields a place even if the ledger has no deployment.
 */
export function recordPlaces({ code, operations, targets, prefixOf }: PlaceSources): readonly RecordPlace[] {
  const all = [
    ...(code === undefined
      ? []
      : [placeOfCode(code) ?? { bucket: code.bucket, prefix: prefixOf(code.bucket) }]),
    ...targets,
    ...operations.flatMap(placeOfOperation),
  ];
  return [...new Map(all.map((place) => [JSON.stringify([place.bucket, place.prefix]), place])).values()];
}

/** The place for the record of an operation that deploys code; empty for any other operation. */
export function placeOfOperation(operation: Operation): readonly RecordPlace[] {
  const summary = plannedBy(operation);
  return summary === undefined ? [] : [{ bucket: summary.bucket, prefix: summary.prefix }];
}

/** The place of the records that belong to stored code; undefined for a key that Slipway did not create. */
function placeOfCode({ bucket, key }: CodeLocation): RecordPlace | undefined {
  const digest = digestInKey(key);
  if (digest === undefined) return undefined;
  const end = key.length - `${codeFolder('')}${digest}.zip`.length;
  return { bucket, prefix: key.slice(0, end).replace(/\/$/, '') };
}
