import {
  bucketRegionCheck,
  publicAccessCheck,
  storedZipChecks,
  versioningCheck,
  zipCheck,
} from '../../src/deploy/checks/bucket';
import { changeCheck, firstCodeCheck, noRestartCheck } from '../../src/deploy/checks/change';
import { argumentsCheck, droppedCheck, namesCheck, scriptCheck } from '../../src/deploy/checks/configuration';
import { contentCheck, gitCheck, secretsCheck, sizeCheck } from '../../src/deploy/checks/content';
import { driftCheck } from '../../src/deploy/checks/drift';
import { loadsCheck } from '../../src/deploy/checks/loads';
import { accountCheck, protectionCheck } from '../../src/deploy/checks/place';
import type { ZipOrFailure } from '../../src/deploy/deployed';
import { bucketPolicyCheck } from '../../src/deploy/finspace/checks/bucket-policy';
import {
  clusterCheck,
  environmentCheck,
  serviceEndCheck,
  strategyCheck,
} from '../../src/deploy/finspace/checks/cluster';
import type { FinSpaceCheck } from '../../src/deploy/finspace/checks/own-checks';
import { finspaceKind, finspaceRules } from '../../src/deploy/finspace/kind';
import type { Check, CommonCheck } from '../../src/deploy/plan/all-checks';
import type { CodeConfiguration } from '../../src/model/code';
import type { AwsFailure, AwsReason } from '../../src/model/failure';
import type { KdbCluster, KdbEnvironment } from '../../src/model/kdb';
import { clusterPhase } from '../../src/model/phase';
import { known, unknown as notKnown, whyUnread } from '../../src/plan/optional-read';

const refusedBy = (reason: AwsReason): AwsFailure => ({
  kind: 'aws',
  service: 's3',
  operation: 'GetBucketPolicy',
  reason,
  name: 'Error',
  message: 'No.',
  passing: false,
  answered: true,
});
export const unknown = (reason: AwsReason = 'access-denied') => notKnown(whyUnread(refusedBy(reason)));

const arg = (key: string, value = '1') => ({ key, value });
export const NOW: CodeConfiguration = {
  code: { bucket: 'acme', key: 'old.zip', versionId: 'v1' },
  initializationScript: 'init.q',
  commandLineArguments: [arg('s'), arg('db')],
};
export const BARE: CodeConfiguration = { commandLineArguments: [] };
const IDENTITY = { accountId: '111122223333', arn: 'arn:aws:iam::111122223333:user/ann' };
const DESTINATION = {
  kind: finspaceKind,
  path: ['e1', 'rdb'],
  bucket: 'acme',
  prefix: 'slipway',
};
const READER = { accountId: '111122223333', region: 'us-east-1', environmentId: 'e1', clusterName: 'rdb' };
export const OBJECT = { bucket: 'acme', key: 'slipway/code/x.zip' };

export const cluster = (status = 'RUNNING', type = 'RDB', configuration = NOW) =>
  ({ name: 'rdb', type, status, phase: clusterPhase(status), configuration }) as KdbCluster;
const environment = (phase: string) => known({ id: 'e1', status: 'SUSPENDED', phase } as KdbEnvironment);
export const last = (configuration: CodeConfiguration) => ({ operationId: 'op', at: 0, configuration });
const statement = (effect: string) => ({
  Effect: effect,
  Principal: '*',
  Action: '*',
  Resource: ['arn:aws:s3:::acme', 'arn:aws:s3:::acme/*'],
});
const policy = (...effects: string[]) => known(JSON.stringify({ Statement: effects.map(statement) }));
const block = (on: boolean) =>
  known({
    blockPublicAcls: on,
    ignorePublicAcls: true,
    blockPublicPolicy: on,
    restrictPublicBuckets: true,
  });
const zip = { kind: 'zip', zip: { directory: { size: 1, entries: [] } } } as unknown as ZipOrFailure;
const noZip = (failure: Extract<ZipOrFailure, { kind: 'unreadable' }>['failure']): ZipOrFailure => ({
  kind: 'unreadable',
  failure,
});
export const load = (name: string, path = 'lib/a.q') => ({ path, line: 3, name });

const [NO_RESTART, ROLLING] = [{ restarts: false }, { restarts: true }];

/** Complete by its type: what each code is found from that all kinds of targets have in common. */
const COMMON: { readonly [C in CommonCheck['code']]: readonly CommonCheck[] } = {
  'account.pinned': [accountCheck('111122223333', IDENTITY)],
  'account.not-pinned': [accountCheck(undefined, IDENTITY)],
  'account.other': [accountCheck('999922223333', IDENTITY)],
  'first-code.has-code': [firstCodeCheck(NOW)],
  'first-code.no-code': [firstCodeCheck(BARE)],
  'protection.none': [protectionCheck(undefined, undefined)],
  'protection.own': [protectionCheck({ kind: 'target', name: 'live' }, { name: 'live' })],
  'protection.by-target': [protectionCheck({ kind: 'target', name: 'live' }, undefined)],
  'protection.hidden': [protectionCheck({ kind: 'unknown' }, undefined)],
  'drift.as-left': [driftCheck(NOW, last(NOW), undefined)],
  'drift.never-deployed': [driftCheck(NOW, undefined, undefined)],
  'drift.changed': [driftCheck(NOW, last(BARE), undefined), driftCheck(NOW, last(BARE), BARE)],
  'drift.accepted': [driftCheck(NOW, last(BARE), NOW)],
  'no-restart.nothing-lost': [noRestartCheck('NO_RESTART', NOW, { ...NOW, code: OBJECT })],
  'no-restart.would-keep': [noRestartCheck('NO_RESTART', NOW, { ...NOW, commandLineArguments: [] })],
  'names.valid': [namesCheck(DESTINATION, OBJECT)],
  'names.refused': [namesCheck({ ...DESTINATION, path: ['e1', 'r.b'] }, { ...OBJECT, key: 'a b' })],
  'script.none': [scriptCheck(undefined, finspaceRules, ROLLING, [])],
  'script.in-zip': [
    scriptCheck('a/init.q', finspaceRules, ROLLING, ['a/init.q']),
    scriptCheck('.\\a\\init.q'.slice(2), finspaceRules, ROLLING, ['a/init.q']),
    scriptCheck('./init.q', finspaceRules, ROLLING, ['init.q']),
  ],
  'script.not-in-zip': [scriptCheck('init.q', finspaceRules, ROLLING, ['a/Init.q'])],
  'script.kept-not-in-zip': [scriptCheck('init.q', finspaceRules, NO_RESTART, [])],
  'script.refused': [scriptCheck('my init.q', finspaceRules, ROLLING, ['my init.q'])],
  'script.unknown': [scriptCheck('init.q', finspaceRules, ROLLING, undefined)],
  'arguments.valid': [argumentsCheck(NOW, finspaceRules)],
  'arguments.many': [
    argumentsCheck(
      { commandLineArguments: Array.from({ length: 51 }, (_, n) => arg(`k${n}`)) },
      finspaceRules,
    ),
  ],
  'arguments.refused': [argumentsCheck({ commandLineArguments: [arg('awsx', '$')] }, finspaceRules)],
  'dropped.nothing': [droppedCheck(NOW, { ...NOW, commandLineArguments: [arg('db', '2'), arg('s')] })],
  'dropped.some': [droppedCheck(NOW, BARE)],
  'change.some': [changeCheck(NOW, BARE)],
  'change.none': [changeCheck(NOW, NOW)],
  'bucket-region.same': [bucketRegionCheck(known('us-east-1'), 'us-east-1')],
  'bucket-region.other': [bucketRegionCheck(known('eu-west-1'), 'us-east-1')],
  'bucket-region.no-such-bucket': [bucketRegionCheck(unknown('not-found'), 'us-east-1')],
  'bucket-region.unknown': [bucketRegionCheck(unknown(), 'us-east-1')],
  'versioning.enabled': [versioningCheck(known('enabled'))],
  'versioning.suspended': [versioningCheck(known('suspended'))],
  'versioning.off': [versioningCheck(known('off'))],
  'versioning.unknown': [versioningCheck(unknown())],
  'public-access.blocked': [publicAccessCheck(block(true))],
  'public-access.open': [publicAccessCheck(block(false)), publicAccessCheck(known(undefined))],
  'public-access.unknown': [publicAccessCheck(unknown())],
  'zip.readable': [zipCheck(zip)],
  'zip.missing': [zipCheck(noZip(refusedBy('not-found')))],
  'zip.not-a-zip': [zipCheck(noZip({ kind: 'refused', code: 'zip-damaged', facts: {} }))],
  'zip.unknown': [zipCheck(noZip(refusedBy('access-denied')))],
  'content.files': [contentCheck(3)],
  'content.empty': [contentCheck(0)],
  'size.usual': [sizeCheck(512 * 1024 * 1024)],
  'size.large': [sizeCheck(512 * 1024 * 1024 + 1)],
  'secrets.none': [secretsCheck([])],
  'secrets.found': [secretsCheck([{ path: 'a.q', line: 2, pattern: 'aws-access-key' }])],
  'loads.resolved': [loadsCheck([], [], finspaceKind.codeFolders)],
  'loads.missing': [loadsCheck([load('gone.q')], ['lib/a.q'], finspaceKind.codeFolders)],
  'git.clean': [gitCheck({ commit: '0123456789', dirty: false })],
  'git.uncommitted': [gitCheck({ commit: '0123456789', dirty: true })],
  'git.unknown': [gitCheck(undefined)],
  'stored-zip.absent': [...storedZipChecks({ kind: 'absent' })],
  'stored-zip.same': [...storedZipChecks({ kind: 'same', etag: 'e' })],
  'stored-zip.different': [...storedZipChecks({ kind: 'different' })],
  'stored-zip.unknown': [...storedZipChecks({ kind: 'unknown', failure: refusedBy('access-denied') })],
};

/** The same of what a kdb cluster alone has. */
const OWN: { readonly [C in FinSpaceCheck['code']]: readonly FinSpaceCheck[] } = {
  'service-end.not-concerned': [serviceEndCheck(true, Date.UTC(2027, 0))],
  'service-end.ends': [serviceEndCheck(false, Date.UTC(2026, 9, 7, 23))],
  'service-end.ended': [serviceEndCheck(false, Date.UTC(2026, 9, 8))],
  'environment.ready': [environmentCheck(environment('ready'))],
  'environment.not-ready': [environmentCheck(environment('failed'))],
  'environment.unknown': [environmentCheck(unknown())],
  'cluster.ready': [clusterCheck(cluster())],
  'cluster.not-ready': [clusterCheck(cluster('UPDATING'))],
  'strategy.fits': [
    strategyCheck('ROLLING', cluster()),
    strategyCheck('NO_RESTART', cluster('RUNNING', 'GP')),
  ],
  'strategy.not-for-type': [strategyCheck('NO_RESTART', cluster())],
  'strategy.force': [strategyCheck('FORCE', cluster())],
  'bucket-policy.lets-read': [bucketPolicyCheck(policy('Allow'), OBJECT, READER)],
  'bucket-policy.lacks': [bucketPolicyCheck(known(undefined), OBJECT, READER)],
  'bucket-policy.denies': [bucketPolicyCheck(policy('Allow', 'Deny'), OBJECT, READER)],
  'bucket-policy.unknown': [bucketPolicyCheck(unknown(), OBJECT, READER)],
};

/** Of all checks of a plan, each as it stands in one. */
export const FOUND: Readonly<Record<string, readonly Check[]>> = {
  ...COMMON,
  ...Object.fromEntries(
    Object.entries(OWN).map(([code, found]) => [
      code,
      found.map((check) => ({ ...check, kind: finspaceKind.id })),
    ]),
  ),
};
