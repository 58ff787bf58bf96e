/** Every finding of every check, with the sentence that the user sees for it. */
import { describe, expect, test } from 'vitest';
import { versioningCheck } from '../../src/deploy/checks/bucket';
import { droppedCheck } from '../../src/deploy/checks/configuration';
import { contentCheck, sizeCheck } from '../../src/deploy/checks/content';
import { driftCheck } from '../../src/deploy/checks/drift';
import { loadsCheck } from '../../src/deploy/checks/loads';
import { protectionCheck } from '../../src/deploy/checks/place';
import { finspaceKind } from '../../src/deploy/finspace/kind';
import { automaticStrategy } from '../../src/deploy/finspace/strategies';
import { stops, worst } from '../../src/plan/verdict';
import { checkTitle, checkWords } from '../../src/view/messages/deploy-checks';
import { checkRemedyWords } from '../../src/view/messages/deploy-remedies';
import { findingOf } from '../../src/view/pages/plans/deployment';
import { planPage } from '../../src/view/pages/plans/plan-page';
import { expectPlainWords } from '../nodegroup/plain';
import { planned } from '../operations/data';
import { BARE, cluster, FOUND, last, load, NOW, OBJECT, unknown } from './findings';

const ROWS = Object.entries(FOUND).flatMap(([code, found]) => found.map((one) => [code, one] as const));

describe('a check', () => {
  test.each(ROWS)('finds %s', (code, found) => {
    expect(found.code).toBe(code);
    expectPlainWords(checkWords(found));
    expectPlainWords(checkTitle(found));
    const help = checkRemedyWords(found);
    expect(help !== undefined).toBe(found.remedy !== undefined);
    if (help !== undefined) expectPlainWords(help);
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
  });
});

test('a page tells each result by a word, and what helps beside what was found', () => {
  const findings = [contentCheck(3), contentCheck(0)].map((check) => findingOf(check, planned().subject));
  const { sections } = planPage(
    { heading: 'Plan', about: [], findings, sections: [] },
    { kind: 'carried-out' },
  );
  const shown = sections.flatMap(({ blocks }) =>
    blocks.flatMap((block) => ('findings' in block ? block.findings : [])),
  );
  expect(shown.map(({ verdict, title }) => [verdict, title])).toEqual([
    ['Blocks', 'Files'],
    ['passed', 'Files'],
  ]);
  expect(shown[0]?.help).toBe(checkRemedyWords(contentCheck(0)));
});

test('what is lost leads back to the question in which it can be kept', () => {
  const steps = (next: typeof NOW): readonly string[] | undefined =>
    findingOf(droppedCheck(NOW, next), planned().subject).steps;
  const { initializationScript: _, ...withoutScript } = NOW;
  expect(steps(withoutScript)).toEqual(['script']);
  expect(steps({ ...NOW, commandLineArguments: [] })).toEqual(['arguments']);
  expect(steps(BARE)).toEqual(['script', 'arguments']);
  expect(steps(NOW)).toBeUndefined();
});

test('a place that another target protects is told with the name of that target, which has to be typed', () => {
  const protection = { kind: 'target', name: 'live' } as const;
  expect(protectionCheck(protection, { name: 'live' }).code).toBe('protection.own');
  expect(protectionCheck(protection, { name: 'dev' }).code).toBe('protection.by-target');
  expect(protectionCheck(protection, undefined).code).toBe('protection.by-target');
});

describe('verdicts', () => {
  const of = (verdict: string): readonly string[] =>
    [...new Set(ROWS.filter(([, found]) => found.verdict === verdict).map(([code]) => code))].sort();

  test('ask before something is lost, stopped or changed that somebody protects', () => {
    expect(of('confirm')).toEqual([
      'drift.changed',
      'protection.by-target',
      'protection.hidden',
      'protection.own',
      'strategy.force',
    ]);
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
    expect(unknowns.map(([, found]) => found.verdict)).toEqual(unknowns.map(() => 'unknown'));
  });

  test('of many are as bad as the worst', () => {
    const [files, unread, large] = [contentCheck(3), versioningCheck(unknown()), sizeCheck(2 ** 30)];
    const [changed, empty] = [driftCheck(NOW, last(BARE), undefined), contentCheck(0)];
    expect(worst([])).toBe('pass');
    expect(worst([files, unread])).toBe('unknown');
    expect(worst([files, unread, large])).toBe('warn');
    expect(worst([large, changed])).toBe('confirm');
    expect(worst([changed, empty])).toBe('block');
    expect(worst([large, empty, files])).toBe('block');
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
    expect(loadsCheck([load(name)], FILES, finspaceKind.codeFolders).code).toBe('loads.resolved');
  });

  test.each(['p.q', 'p.k', 'pykx.q', 's.k', 'q.k', 'odbc.k', 'kfk.q', 'ml/ml.q'])(
    'are found in QHOME: %s',
    (name) => {
      expect(loadsCheck([load(name)], FILES, finspaceKind.codeFolders).code).toBe('loads.resolved');
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
    expect(loadsCheck([load('util.q'), load(name)], FILES, finspaceKind.codeFolders)).toMatchObject({
      code: 'loads.missing',
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
