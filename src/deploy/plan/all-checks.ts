/** All checks of a plan. Findings of the same verdict are shown in the order of these checks. */
import type { CodeConfiguration, CodeLocation } from '../../model/code';
import type { Scan } from '../../package/packer';
import { whyUnread } from '../../plan/optional-read';
import {
  bucketRegionCheck,
  publicAccessCheck,
  storedZipChecks,
  versioningCheck,
  zipCheck,
} from '../checks/bucket';
import { changeCheck, firstCodeCheck, noRestartCheck } from '../checks/change';
import { argumentsCheck, droppedCheck, namesCheck, scriptCheck } from '../checks/configuration';
import { contentCheck, gitCheck, secretsCheck, sizeCheck } from '../checks/content';
import { driftCheck } from '../checks/drift';
import { loadsCheck } from '../checks/loads';
import { accountCheck, protectionCheck } from '../checks/place';
import type { ConfigurationWithCode } from '../configuration';
import type { ZipOrFailure } from '../deployed';
import type { OwnCheck, OwnChecks } from '../port/deploy-target';
import type { Strategy } from '../port/strategy';
import type { StoredBefore } from '../stored';
import type { ComparedFile } from './changes';
import type { PlanInput } from './input';
import type { Readings } from './readings';

/** The code, in the form that the checks need. */
export interface CheckedCode {
  /** The code's location in the next configuration. */
  readonly at: CodeLocation;
  /** Undefined where the code is a zip that cannot be read. */
  readonly files?: readonly ComparedFile[];
  /** Present if the code comes from a folder. */
  readonly scan?: Scan;
  /** The object under the zip's key in S3 at the time of the plan. Present if the code comes from a folder. */
  readonly stored?: StoredBefore;
  /** Present if the code comes from an existing zip. */
  readonly zip?: ZipOrFailure;
}

export interface CheckedParts {
  readonly input: PlanInput;
  readonly readings: Readings;
  readonly code: CheckedCode;
  /** The configuration that the user chose. The strategy may keep some parts of the current one instead. */
  readonly wanted: CodeConfiguration;
  readonly next: ConfigurationWithCode;
  readonly strategy: Strategy;
  /** The findings of the target's own checks. */
  readonly own: OwnChecks;
}

type Found = ReturnType<
  typeof checksOfTarget | typeof checksOfRequest | typeof checksOfBucket | typeof checksOfCode
>;

/** A finding of one of the checks that all kinds of targets share. */
export type CommonCheck = Exclude<Found[number], OwnCheck>;
/** A finding of any check. */
export type Check = CommonCheck | OwnCheck;

/** Runs the checks. Makes no request: `parts` contains everything that was read or chosen. */
export function allChecks(parts: CheckedParts): readonly Check[] {
  return [
    ...checksOfTarget(parts),
    ...checksOfRequest(parts),
    ...checksOfBucket(parts),
    ...checksOfCode(parts),
  ];
}

function checksOfTarget({ input, readings, wanted, strategy, own }: CheckedParts) {
  const { destination, target, protection, last, accepted } = input;
  const { configuration } = readings.target;
  return [
    accountCheck(destination.accountId, readings.identity),
    protectionCheck(protection, target),
    ...own.place,
    firstCodeCheck(configuration),
    driftCheck(configuration, last, accepted),
    ...own.strategy,
    ...(strategy.keepsRest ? [noRestartCheck(strategy.id, configuration, wanted)] : []),
  ];
}

function checksOfRequest({ input, readings, code, next, strategy }: CheckedParts) {
  const current = readings.target.configuration;
  const { rules } = input.destination.kind;
  const paths = code.files?.map(({ path }) => path);
  const failure = code.zip?.kind === 'unreadable' ? code.zip.failure : undefined;
  const unread = failure?.kind === 'aws' ? whyUnread(failure) : undefined;
  return [
    namesCheck(input.destination, code.at),
    scriptCheck(next.initializationScript, rules, strategy, paths, unread),
    argumentsCheck(next, rules),
    droppedCheck(current, next),
    changeCheck(current, next),
  ];
}

function checksOfBucket({ input, readings, code, own }: CheckedParts) {
  const { bucket } = readings;
  return [
    bucketRegionCheck(bucket.region, input.destination.connection.region),
    versioningCheck(bucket.versioning),
    ...own.bucket,
    publicAccessCheck(bucket.publicAccess),
    ...(code.stored ? storedZipChecks(code.stored) : []),
    ...(code.zip ? [zipCheck(code.zip)] : []),
  ];
}

function checksOfCode({ input, code }: CheckedParts) {
  const { files, scan } = code;
  if (files === undefined) return [];
  const { codeFolders } = input.destination.kind;
  const paths = files.map(({ path }) => path);
  return [
    contentCheck(files.length),
    sizeCheck(files.reduce((sum, { size }) => sum + size, 0)),
    ...(scan
      ? [secretsCheck(scan.secrets), loadsCheck(scan.loads, paths, codeFolders), gitCheck(input.git)]
      : []),
  ];
}
