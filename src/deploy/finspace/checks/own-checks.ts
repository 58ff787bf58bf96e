/** The checks that only plans for kdb clusters have. */

import type { KdbCluster, KdbEnvironment } from '../../../model/kdb';
import { present } from '../../../model/present';
import type { OptionalRead } from '../../../plan/optional-read';
import type { OwnCheck, OwnChecks, PlanToCheck } from '../../port/deploy-target';
import { finspaceKind } from '../kind';
import type { ClusterNames } from '../place';
import { bucketPolicyCheck } from './bucket-policy';
import { clusterCheck, environmentCheck, serviceEndCheck, strategyCheck } from './cluster';

interface Read {
  readonly cluster: KdbCluster;
  readonly environment: OptionalRead<KdbEnvironment>;
  readonly names: ClusterNames;
}

/** A finding of any of these checks. */
export type FinSpaceCheck = ReturnType<typeof checksOf>[keyof ReturnType<typeof checksOf>][number];

export function ownChecks(read: Read, plan: PlanToCheck): OwnChecks {
  const { place, strategy, bucket } = checksOf(read, plan);
  return { place: place.map(asOwn), strategy: strategy.map(asOwn), bucket: bucket.map(asOwn) };
}

function checksOf(
  { cluster, environment, names }: Read,
  { owner, isSandbox, next, strategy, bucket, now }: PlanToCheck,
) {
  return {
    place: [serviceEndCheck(isSandbox, now), environmentCheck(environment), clusterCheck(cluster)],
    strategy: [strategyCheck(strategy, cluster)],
    bucket: [bucketPolicyCheck(bucket.policy, next.code, { ...owner, ...names })],
  };
}

function asOwn(check: FinSpaceCheck): OwnCheck {
  const readiness = check.code === 'cluster.not-ready' ? check.facts.phase : undefined;
  return { ...check, kind: finspaceKind.id, ...present({ readiness }) };
}
