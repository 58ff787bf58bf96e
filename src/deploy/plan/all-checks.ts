/** Every check of a plan, in the order in which they are shown. */
import type { CodeConfiguration, CodeLocation, DeploymentStrategy } from '../../model/kdb';
import type { Scan } from '../../package/packer';
import { whyUnread } from '../../plan/optional-read';
import { accountCheck } from '../checks/account';
import {
  bucketRegionCheck,
  publicAccessCheck,
  storedZipChecks,
  versioningCheck,
  zipCheck,
} from '../checks/bucket';
import { bucketPolicyCheck } from '../checks/bucket-policy';
import { changeCheck, firstCodeCheck } from '../checks/change';
import {
  clusterCheck,
  environmentCheck,
  noRestartCheck,
  serviceEndCheck,
  strategyCheck,
} from '../checks/cluster';
import { argumentsCheck, droppedCheck, namesCheck, scriptCheck } from '../checks/configuration';
import { contentCheck, gitCheck, secretsCheck, sizeCheck } from '../checks/content';
import { driftCheck } from '../checks/drift';
import { loadsCheck } from '../checks/loads';
import type { ZipOrFailure } from '../deployed';
import type { StoredBefore } from '../stored';
import type { ComparedFile } from './changes';
import type { PlanInput } from './input';
import type { Readings } from './readings';

/** What is known of the code. */
export interface CheckedCode {
  /** As it will stand in the configuration. */
  readonly at: CodeLocation;
  /** Undefined where the zip cannot be read. */
  readonly files?: readonly ComparedFile[];
  /** Of a folder. */
  readonly scan?: Scan;
  /** Of a folder: what lies under the zip's name. */
  readonly stored?: StoredBefore;
  /** Of an existing zip. */
  readonly zip?: ZipOrFailure;
}

export interface CheckedParts {
  readonly input: PlanInput;
  readonly readings: Readings;
  readonly code: CheckedCode;
  /** What was chosen, whatever the strategy makes of it. */
  readonly wanted: CodeConfiguration;
  readonly next: CodeConfiguration;
  readonly strategy: DeploymentStrategy;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** What any of the checks can find. */
export type Check = ReturnType<typeof allChecks>[number];
export type CheckCode = Check['code'];

/** Pure: everything that was read or chosen comes with `parts`. */
export function allChecks(parts: CheckedParts) {
  return [
    ...checksOfCluster(parts),
    ...checksOfRequest(parts),
    ...checksOfBucket(parts),
    ...checksOfCode(parts),
  ];
}

function checksOfCluster({ input, readings, wanted, strategy, now }: CheckedParts) {
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

function checksOfRequest({ input, readings, code, next, strategy }: CheckedParts) {
  const current = readings.cluster.configuration;
  const paths = code.files?.map(({ path }) => path);
  const failure = code.zip?.kind === 'unreadable' ? code.zip.failure : undefined;
  const unread = failure?.kind === 'aws' ? whyUnread(failure) : undefined;
  return [
    namesCheck(input.destination, code.at),
    scriptCheck(next.initializationScript, strategy, paths, unread),
    argumentsCheck(next),
    droppedCheck(current, next),
    changeCheck(current, next),
  ];
}

function checksOfBucket({ input, readings, code }: CheckedParts) {
  const { environmentId, clusterName, connection } = input.destination;
  const { region } = connection;
  const reader = { accountId: readings.identity.accountId, region, environmentId, clusterName };
  const { bucketRegion, versioning, policy, publicAccess } = readings;
  return [
    bucketRegionCheck(bucketRegion, region),
    versioningCheck(versioning),
    bucketPolicyCheck(policy, code.at, reader),
    publicAccessCheck(publicAccess),
    ...(code.stored ? storedZipChecks(code.stored) : []),
    ...(code.zip ? [zipCheck(code.zip)] : []),
  ];
}

function checksOfCode({ input, code }: CheckedParts) {
  const { files, scan } = code;
  if (files === undefined) return [];
  const paths = files.map(({ path }) => path);
  return [
    contentCheck(files.length),
    sizeCheck(files.reduce((sum, { size }) => sum + size, 0)),
    ...(scan ? [secretsCheck(scan.secrets), loadsCheck(scan.loads, paths), gitCheck(input.git)] : []),
  ];
}
