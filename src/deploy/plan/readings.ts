/** What AWS is asked for a plan, all at once. The bucket is the one from which FinSpace will read the code. */
import type { Identity } from '../../model/connection';
import type { KdbCluster, KdbEnvironment } from '../../model/kdb';
import { type OptionalRead, readOptional } from '../../plan/optional-read';
import type { DeployPorts, PublicAccessBlock } from '../ports';
import type { Destination } from './input';

export interface Readings {
  readonly identity: Identity;
  readonly cluster: KdbCluster;
  readonly environment: OptionalRead<KdbEnvironment>;
  readonly bucketRegion: OptionalRead<string>;
  readonly versioning: OptionalRead<'enabled' | 'suspended' | 'off'>;
  /** The policy's text; undefined when the bucket has none. */
  readonly policy: OptionalRead<string | undefined>;
  readonly publicAccess: OptionalRead<PublicAccessBlock | undefined>;
}

/** How a plan gets what it knows of AWS. */
export type ReadForPlan = typeof readAll;

/** @throws when the cluster or the caller's identity cannot be read: there is nothing to plan then. */
export async function readAll(
  { environmentId, clusterName }: Destination,
  bucket: string,
  { finspace, objects, identities }: DeployPorts,
  signal: AbortSignal,
): Promise<Readings> {
  const [identity, cluster, environment, bucketRegion, versioning, policy, publicAccess] = await Promise.all([
    identities.whoAmI(signal),
    finspace.getCluster(environmentId, clusterName, signal),
    readOptional(() => finspace.getEnvironment(environmentId, signal)),
    readOptional(() => objects.bucketRegion(bucket, signal)),
    readOptional(() => objects.versioning(bucket, signal)),
    readOptional(() => objects.policy(bucket, signal)),
    readOptional(() => objects.publicAccessBlock(bucket, signal)),
  ]);
  return { identity, cluster, environment, bucketRegion, versioning, policy, publicAccess };
}
