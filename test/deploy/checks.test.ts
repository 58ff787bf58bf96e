/** Every finding of every check, with the sentence that the user sees for it. */
import { describe, expect, test } from 'vitest';
import {
  bucketRegionCheck,
  policyCheck,
  publicAccessCheck,
  storedZipChecks,
  versioningCheck,
  zipCheck,
} from '../../src/deploy/checks/bucket';
import {
  type Check,
  type CheckCode,
  check,
  checkCodes,
  codeOf,
  stops,
  worst,
} from '../../src/deploy/checks/check';
import {
  accountCheck,
  automaticStrategy,
  clusterCheck,
  driftCheck,
  environmentCheck,
  firstCodeCheck,
  noRestartCheck,
  serviceEndCheck,
  strategyCheck,
} from '../../src/deploy/checks/cluster';
import {
  argumentsCheck,
  changeCheck,
  droppedCheck,
  namesCheck,
  scriptCheck,
} from '../../src/deploy/checks/configuration';
import { contentCheck, gitCheck, secretsCheck, sizeCheck } from '../../src/deploy/checks/content';
import { loadsCheck } from '../../src/deploy/checks/loads';
import type { ZipOrFailure } from '../../src/deploy/deployed';
import { connectionOf } from '../../src/model/connection';
import type { AwsFailure, AwsReason } from '../../src/model/failure';
import type { CodeConfiguration, KdbCluster, KdbEnvironment } from '../../src/model/kdb';
import { clusterPhase } from '../../src/model/phase';
import { checkRemedyWords, checkWords } from '../../src/view/words/deploy';
import { expectPlainWords } from '../upgrade/plain';

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
const known = <T>(value: T) => ({ known: true, value }) as const;
const unknown = (reason: AwsReason = 'access-denied') =>
  ({ known: false, failure: refusedBy(reason) }) as const;

const arg = (key: string, value = '1') => ({ key, value });
const NOW: CodeConfiguration = {
  code: { bucket: 'acme', key: 'old.zip', versionId: 'v1' },
  initializationScript: 'init.q',
  commandLineArguments: [arg('s'), arg('db')],
};
const BARE: CodeConfiguration = { commandLineArguments: [] };
const IDENTITY = { accountId: '111122223333', arn: 'arn:aws:iam::111122223333:user/ann' };
const SANDBOX = connectionOf({ kind: 'sandbox' }, 'us-east-1');
const AWS = connectionOf({ kind: 'profile', profile: 'me' }, 'us-east-1');
const DESTINATION = {
  connection: AWS,
  environmentId: 'e1',
  clusterName: 'rdb',
  bucket: 'acme',
  prefix: 'slipway',
};
const READER = { accountId: '111122223333', region: 'us-east-1', environmentId: 'e1', clusterName: 'rdb' };
const OBJECT = { bucket: 'acme', key: 'slipway/code/x.zip' };

const cluster = (status = 'RUNNING', type = 'RDB', configuration = NOW) =>
  ({ name: 'rdb', type, status, phase: clusterPhase(status), configuration }) as KdbCluster;
const environment = (phase: string) => known({ id: 'e1', status: 'SUSPENDED', phase } as KdbEnvironment);
const last = (configuration: CodeConfiguration) => ({ operationId: 'op', at: 0, configuration });
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
const load = (name: string, path = 'lib/a.q') => ({ path, line: 3, name });

const ROWS: readonly (readonly [CheckCode, Check])[] = [
  ['service-end.not-concerned', serviceEndCheck(SANDBOX, Date.UTC(2027, 0))],
  ['service-end.ends', serviceEndCheck(AWS, Date.UTC(2026, 9, 7, 23))],
  ['service-end.ended', serviceEndCheck(AWS, Date.UTC(2026, 9, 8))],
  ['account.pinned', accountCheck('111122223333', IDENTITY)],
  ['account.not-pinned', accountCheck(undefined, IDENTITY)],
  ['account.other', accountCheck('999922223333', IDENTITY)],
  ['environment.ready', environmentCheck(environment('ready'))],
  ['environment.not-ready', environmentCheck(environment('failed'))],
  ['environment.unknown', environmentCheck(unknown())],
  ['cluster.ready', clusterCheck(cluster())],
  ['cluster.not-ready', clusterCheck(cluster('UPDATING'))],
  ['first-code.has-code', firstCodeCheck(NOW)],
  ['first-code.no-code', firstCodeCheck(BARE)],
  ['drift.as-left', driftCheck(NOW, last(NOW), undefined)],
  ['drift.never-deployed', driftCheck(NOW, undefined, undefined)],
  ['drift.changed', driftCheck(NOW, last(BARE), undefined)],
  ['drift.changed', driftCheck(NOW, last(BARE), BARE)],
  ['drift.accepted', driftCheck(NOW, last(BARE), NOW)],
  ['strategy.fits', strategyCheck('ROLLING', cluster())],
  ['strategy.fits', strategyCheck('NO_RESTART', cluster('RUNNING', 'GP'))],
  ['strategy.not-for-type', strategyCheck('NO_RESTART', cluster())],
  ['strategy.force', strategyCheck('FORCE', cluster())],
  ['no-restart.nothing-lost', noRestartCheck(NOW, { ...NOW, code: OBJECT })],
  ['no-restart.would-keep', noRestartCheck(NOW, { ...NOW, commandLineArguments: [] })],
  ['names.valid', namesCheck(DESTINATION, OBJECT)],
  ['names.refused', namesCheck({ ...DESTINATION, clusterName: 'r.b' }, { ...OBJECT, key: 'a b' })],
  ['script.none', scriptCheck(undefined, 'ROLLING', [])],
  ['script.in-zip', scriptCheck('a/init.q', 'ROLLING', ['a/init.q'])],
  ['script.in-zip', scriptCheck('.\\a\\init.q'.slice(2), 'ROLLING', ['a/init.q'])],
  ['script.in-zip', scriptCheck('./init.q', 'ROLLING', ['init.q'])],
  ['script.not-in-zip', scriptCheck('init.q', 'ROLLING', ['a/Init.q'])],
  ['script.kept-not-in-zip', scriptCheck('init.q', 'NO_RESTART', [])],
  ['script.refused', scriptCheck('my init.q', 'ROLLING', ['my init.q'])],
  ['script.unknown', scriptCheck('init.q', 'ROLLING', undefined)],
  ['arguments.valid', argumentsCheck(NOW)],
  [
    'arguments.many',
    argumentsCheck({ commandLineArguments: Array.from({ length: 51 }, (_, n) => arg(`k${n}`)) }),
  ],
  ['arguments.refused', argumentsCheck({ commandLineArguments: [arg('awsx', '$')] })],
  ['dropped.nothing', droppedCheck(NOW, { ...NOW, commandLineArguments: [arg('db', '2'), arg('s')] })],
  ['dropped.some', droppedCheck(NOW, BARE)],
  ['change.some', changeCheck(NOW, BARE)],
  ['change.none', changeCheck(NOW, NOW)],
  ['bucket-region.same', bucketRegionCheck(known('us-east-1'), 'us-east-1')],
  ['bucket-region.other', bucketRegionCheck(known('eu-west-1'), 'us-east-1')],
  ['bucket-region.no-such-bucket', bucketRegionCheck(unknown('not-found'), 'us-east-1')],
  ['bucket-region.unknown', bucketRegionCheck(unknown(), 'us-east-1')],
  ['versioning.enabled', versioningCheck(known('enabled'))],
  ['versioning.suspended', versioningCheck(known('suspended'))],
  ['versioning.off', versioningCheck(known('off'))],
  ['versioning.unknown', versioningCheck(unknown())],
  ['bucket-policy.lets-read', policyCheck(policy('Allow'), OBJECT, READER)],
  ['bucket-policy.lacks', policyCheck(known(undefined), OBJECT, READER)],
  ['bucket-policy.denies', policyCheck(policy('Allow', 'Deny'), OBJECT, READER)],
  ['bucket-policy.unknown', policyCheck(unknown(), OBJECT, READER)],
  ['public-access.blocked', publicAccessCheck(block(true))],
  ['public-access.open', publicAccessCheck(block(false))],
  ['public-access.open', publicAccessCheck(known(undefined))],
  ['public-access.unknown', publicAccessCheck(unknown())],
  ['zip.readable', zipCheck(zip)],
  ['zip.missing', zipCheck(noZip(refusedBy('not-found')))],
  ['zip.not-a-zip', zipCheck(noZip({ kind: 'refused', code: 'zip-damaged', facts: {} }))],
  ['zip.unknown', zipCheck(noZip(refusedBy('access-denied')))],
  ['content.files', contentCheck(3)],
  ['content.empty', contentCheck(0)],
  ['size.usual', sizeCheck(512 * 1024 * 1024)],
  ['size.large', sizeCheck(512 * 1024 * 1024 + 1)],
  ['secrets.none', secretsCheck([])],
  ['secrets.found', secretsCheck([{ path: 'a.q', line: 2, pattern: 'aws-access-key' }])],
  ['loads.resolved', loadsCheck([], [])],
  ['loads.missing', loadsCheck([load('gone.q')], ['lib/a.q'])],
  ['git.clean', gitCheck({ commit: '0123456789', dirty: false })],
  ['git.uncommitted', gitCheck({ commit: '0123456789', dirty: true })],
  ['git.unknown', gitCheck(undefined)],
  ['stored-zip.absent', storedZipChecks({ kind: 'absent' })[0]!],
  ['stored-zip.same', storedZipChecks({ kind: 'same', etag: 'e' })[0]!],
  ['stored-zip.different', storedZipChecks({ kind: 'different' })[0]!],
  ['stored-zip.unknown', storedZipChecks({ kind: 'unknown', failure: refusedBy('access-denied') })[0]!],
];

describe('a check', () => {
  test.each(ROWS)('finds %s', (code, found) => {
    expect(codeOf(found)).toBe(code);
    expectPlainWords(checkWords(found));
    if (found.remedy !== undefined) expectPlainWords(checkRemedyWords(found.remedy));
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
  });

  test('of every kind and finding is in the table above', () => {
    expect([...new Set(ROWS.map(([code]) => code))].sort()).toEqual([...checkCodes].sort());
  });
});

describe('verdicts', () => {
  const of = (verdict: string): readonly string[] =>
    [...new Set(ROWS.filter(([, found]) => found.verdict === verdict).map(([code]) => code))].sort();

  test('ask for a confirmation before what somebody else has changed is overwritten', () => {
    expect(of('confirm')).toEqual(['drift.changed']);
    for (const [code, found] of ROWS) {
      expect(stops(found), code).toBe(['block', 'confirm'].includes(found.verdict));
    }
  });

  test('block what AWS would refuse and what cannot work', () => {
    expect(of('block')).toEqual([
      'account.other',
      'arguments.refused',
      'bucket-region.no-such-bucket',
      'bucket-region.other',
      'cluster.not-ready',
      'content.empty',
      'environment.not-ready',
      'names.refused',
      'no-restart.would-keep',
      'script.not-in-zip',
      'script.refused',
      'strategy.not-for-type',
      'zip.missing',
      'zip.not-a-zip',
    ]);
  });

  test('never pass what is unknown, except where nothing depends on it', () => {
    const unknowns = ROWS.filter(([code]) => code.endsWith('.unknown') && code !== 'git.unknown');
    expect(unknowns.map(([, found]) => found.verdict)).toEqual(unknowns.map(() => 'warn'));
  });

  test('of many are as bad as the worst', () => {
    expect(worst([])).toBe('pass');
    expect(worst([check('content', 'files'), check('size', 'large')])).toBe('warn');
    expect(worst([check('size', 'large'), check('drift', 'changed')])).toBe('confirm');
    expect(worst([check('drift', 'changed'), check('content', 'empty')])).toBe('block');
    expect(worst([check('size', 'large'), check('content', 'empty'), check('content', 'files')])).toBe(
      'block',
    );
  });
});

describe('loads of q sources', () => {
  const FILES = ['lib/a.q', 'lib/util.q', 'lib/deep/b.q', 'main.q', 'hdb/sym'];
  test.each([
    ['beside it', 'util.q'],
    ['below it', 'deep/b.q'],
    ['above it', '../main.q'],
    ['from the root', 'lib/util.q'],
    ['from the root, above', 'main.q'],
    ['without its suffix', 'util'],
    ['a folder', '../hdb'],
    ['a folder with a slash', 'hdb/'],
    ['the folder itself', '.'],
    ['the folder itself, from the root', './'],
    ['where the cluster has the code', '/opt/kx/app/code/lib/util.q'],
    ['where the cluster has the copy', '/opt/kx/app/code_scratch/main.q'],
    ['all of the code', '/opt/kx/app/code'],
    ['a mounted database', '/opt/kx/app/db/trades'],
    ['a home folder', '~/x.q'],
    ['a variable', '$QHOME/x.q'],
    ['another drive', 'C:/q/x.q'],
  ])('are found %s: %s', (_where, name) => {
    expect(loadsCheck([load(name)], FILES).finding).toBe('resolved');
  });

  test.each(['p.q', 'p.k', 'pykx.q', 's.k', 'q.k', 'odbc.k', 'kfk.q', 'ml/ml.q'])(
    'are found in QHOME: %s',
    (name) => {
      expect(loadsCheck([load(name)], FILES).finding).toBe('resolved');
    },
  );

  test.each([
    'utils.q',
    'deep/util.q',
    '../../main.q',
    '/opt/kx/app/code/x.q',
    '/opt/kx/app/code/../code/x.q',
    'li',
    'sym.q',
    'lib/p.q',
    'ps.q',
    'ml/other.q',
  ])('are missed: %s', (name) => {
    expect(loadsCheck([load('util.q'), load(name)], FILES)).toMatchObject({
      finding: 'missing',
      facts: { count: 1, places: [{ path: 'lib/a.q', line: 3, name }] },
    });
  });
});

describe('the automatic strategy', () => {
  const gp = (configuration = NOW) => cluster('RUNNING', 'GP', configuration);
  const wanted = { ...NOW, code: OBJECT };

  test('is NO_RESTART where that is possible and loses nothing', () => {
    expect(automaticStrategy(gp(), wanted)).toBe('NO_RESTART');
  });

  test('is ROLLING everywhere else', () => {
    expect(automaticStrategy(cluster(), wanted)).toBe('ROLLING');
    expect(automaticStrategy(gp(BARE), { ...BARE, code: OBJECT })).toBe('ROLLING');
    expect(automaticStrategy(gp(), { ...wanted, commandLineArguments: [] })).toBe('ROLLING');
    expect(automaticStrategy(gp(), { code: OBJECT, commandLineArguments: NOW.commandLineArguments })).toBe(
      'ROLLING',
    );
  });
});
