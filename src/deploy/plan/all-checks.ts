/** Every check of a plan, in the order in which they are shown. */
import type { CodeConfiguration, DeploymentStrategy } from '../../model/kdb';
import {
  bucketRegionCheck,
  policyCheck,
  publicAccessCheck,
  storedZipChecks,
  versioningCheck,
  zipCheck,
} from '../checks/bucket';
import type { Check } from '../checks/check';
import {
  accountCheck,
  clusterCheck,
  driftCheck,
  environmentCheck,
  firstCodeCheck,
  noRestartCheck,
  serviceEndCheck,
  strategyCheck,
} from '../checks/cluster';
import { argumentsCheck, changeCheck, droppedCheck, namesCheck, scriptCheck } from '../checks/configuration';
import { contentCheck, gitCheck, secretsCheck, sizeCheck } from '../checks/content';
import { loadsCheck } from '../checks/loads';
import type { Code } from './code';
import type { PlanInput } from './input';
import type { Readings } from './readings';

export interface CheckedParts {
  readonly input: PlanInput;
  readonly readings: Readings;
  readonly code: Code;
  /** What was chosen, whatever the strategy makes of it. */
  readonly wanted: CodeConfiguration;
  readonly next: CodeConfiguration;
  readonly strategy: DeploymentStrategy;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** Pure: everything that was read or chosen comes with `parts`. */
export function allChecks(parts: CheckedParts): readonly Check[] {
  return [
    ...checksOfCluster(parts),
    ...checksOfRequest(parts),
    ...checksOfBucket(parts),
    ...checksOfCode(parts),
  ];
}

function checksOfCluster({ input, readings, wanted, strategy, now }: CheckedParts): readonly Check[] {
  const { destination, last, accepted } = input;
  const { cluster, identity, environment } = readings;
  return [
    serviceEndCheck(destination.connection, now),
    accountCheck(destination.accountId, identity),
    environmentCheck(environment),
    clusterCheck(cluster),
    firstCodeCheck(cluster.configuration),
    driftCheck(cluster.configuration, last, accepted),
    strategyCheck(strategy, cluster),
    ...(strategy === 'NO_RESTART' ? [noRestartCheck(cluster.configuration, wanted)] : []),
  ];
}

function checksOfRequest({ input, readings, code, next, strategy }: CheckedParts): readonly Check[] {
  const current = readings.cluster.configuration;
  const paths = code.files?.map(({ path }) => path);
  const unread = code.zip?.kind === 'unreadable' ? code.zip.failure : undefined;
  return [
    namesCheck(input.destination, code.at),
    scriptCheck(next.initializationScript, strategy, paths, unread),
    argumentsCheck(next),
    droppedCheck(current, next),
    changeCheck(current, next),
  ];
}

function checksOfBucket({ input, readings, code }: CheckedParts): readonly Check[] {
  const { environmentId, clusterName, connection } = input.destination;
  const { region } = connection;
  const reader = { accountId: readings.identity.accountId, region, environmentId, clusterName };
  const { bucketRegion, versioning, policy, publicAccess } = readings;
  return [
    bucketRegionCheck(bucketRegion, region),
    versioningCheck(versioning),
    policyCheck(policy, code.at, reader),
    publicAccessCheck(publicAccess),
    ...(code.source.kind === 'folder' ? storedZipChecks(code.source.stored) : []),
    ...(code.zip ? [zipCheck(code.zip)] : []),
  ];
}

function checksOfCode({ input, code }: CheckedParts): readonly Check[] {
  const { files, scan } = code;
  if (files === undefined) return [];
  const paths = files.map(({ path }) => path);
  return [
    contentCheck(files.length),
    sizeCheck(files.reduce((sum, { size }) => sum + size, 0)),
    ...(scan ? [secretsCheck(scan.secrets), loadsCheck(scan.loads, paths), gitCheck(input.git)] : []),
  ];
}
