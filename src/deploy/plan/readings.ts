/**
 * Reads the data that a plan needs besides the code, in parallel: the caller's identity, the target, and
 * the bucket of the code.
 */
import type { Identity } from '../../model/connection';
import { type BucketReadings, readBucket } from '../bucket-readings';
import type { DeployTarget, TargetReading } from '../port/deploy-target';
import type { DeployPorts } from '../ports';
import type { Destination } from './input';

export interface Readings {
  readonly identity: Identity;
  readonly target: TargetReading;
  readonly bucket: BucketReadings;
}

/** Reads the data of a plan from AWS, or returns a recent reading. `bucket`: the bucket of the code. */
export type ReadForPlan = (
  destination: Destination,
  bucket: string,
  services: { readonly ports: DeployPorts; readonly target: DeployTarget },
  signal: AbortSignal,
) => Promise<Readings>;

/** @throws if the target or the caller's identity cannot be read, since every plan needs them */
export const readAll: ReadForPlan = async (_destination, bucket, { ports, target }, signal) => {
  const [identity, found, bucketReadings] = await Promise.all([
    ports.identities.whoAmI(signal),
    target.read(signal),
    readBucket(bucket, ports.objects, signal),
  ]);
  return { identity, target: found, bucket: bucketReadings };
};
