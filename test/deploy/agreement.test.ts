/** What a user has agreed to of a target, and which changes of `slipway.json` ask again. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { agreementTo, notAgreedTo } from '../../src/deploy/targets/agreement';
import type { Target } from '../../src/deploy/targets/target';
import { FolderRules } from '../../src/package/rules/folder-rules';
import { parseTargets, targetsSchema } from './kinds';

const ACCOUNT = { accountId: '111122223333', region: 'us-east-1', profile: 'dev' };
const BASE = {
  connection: ACCOUNT,
  environment: 'eq7dev',
  cluster: 'rdb-1',
  bucket: 'acme-code',
  root: 'code',
  include: ['lib/**', 'vendor/**'],
  ignore: ['data/**', '*.csv'],
  useGitignore: true,
  preDeploy: 'lint',
  protected: true,
  onSave: { burst: 10 },
};

function targetOf(change: object = {}): Target {
  const { entries, problems } = parseTargets(JSON.stringify({ targets: { rdb: { ...BASE, ...change } } }));
  const target = entries[0]?.target;
  if (target === undefined) throw new Error(JSON.stringify(problems));
  return target;
}

/** The names of what asks again, after the agreement was stored and read back. */
function asks(before: object, now: object): readonly string[] {
  return notAgreedTo(JSON.parse(JSON.stringify(agreementTo(targetOf(before)))), targetOf(now));
}

describe('asks again', () => {
  const moves: readonly (readonly [string, object])[] = [
    ['connection', { connection: 'sandbox' }],
    ['connection', { connection: { ...ACCOUNT, accountId: '999922223333' } }],
    ['connection', { connection: { ...ACCOUNT, region: 'eu-west-1' } }],
    ['connection', { connection: { ...ACCOUNT, profile: 'other' } }],
    ['connection', { connection: { accountId: ACCOUNT.accountId, region: ACCOUNT.region } }],
    ['environment', { environment: 'other' }],
    ['cluster', { cluster: 'rdb-2' }],
    ['bucket', { bucket: 'other-code' }],
    ['prefix', { prefix: 'elsewhere' }],
    ['root', { root: '.' }],
    ['root', { root: 'Code' }],
    ['include', { include: [...BASE.include, '.env'] }],
    ['include', { include: ['lib/**', '*.key'] }],
    ['include', { include: ['vendor/**', 'lib/**'] }],
    ['ignore', { ignore: ['data/**'] }],
    ['ignore', { ignore: [] }],
    ['ignore', { ignore: [...BASE.ignore, '!data/prices.csv'] }],
    ['ignore', { ignore: ['*.csv', 'data/**'] }],
    ['useGitignore', { useGitignore: false }],
    ['preDeploy', { preDeploy: 'other' }],
    ['preDeploy', { preDeploy: undefined }],
    ['protected', { protected: false }],
    ['onSave', { protected: true, onSave: { burst: 11 } }],
    ['onSave', { protected: true, onSave: { burst: 10, autoSave: true } }],
    ['onSave', { protected: true, onSave: { burst: 10, externalChanges: true } }],
  ];
  test.each(moves)('%s: %j', (name, change) => {
    expect(asks({}, change)).toEqual([name]);
  });

  test('deploy on save that is switched on', () => {
    const open = { protected: false };
    expect(asks(open, { ...open, onSave: { burst: 10, enabled: true } })).toEqual(['onSave']);
  });
});

describe('does not ask again', () => {
  test.each([
    {},
    { include: ['lib/**'] },
    { include: [] },
    { ignore: ['logs/**', ...BASE.ignore, '*.tmp'] },
    { onSave: { burst: 9, debounceMs: 20_000 } },
    { initializationScript: 'init.q', commandLineArguments: [{ key: 's', value: '4' }] },
    { strategy: 'ROLLING' },
  ])('%j', (change) => {
    expect(asks({}, change)).toEqual([]);
  });

  test('what is switched off, or protected', () => {
    const on = { enabled: true, autoSave: true, externalChanges: true, burst: 10 };
    const open = { protected: false, useGitignore: false };
    expect(asks({ ...open, onSave: on }, { ...open, onSave: { burst: 10 } })).toEqual([]);
    expect(asks({ ...open }, { protected: true, useGitignore: true })).toEqual([]);
  });
});

test('each member of a target that the schema knows is judged', () => {
  const target = targetOf();
  const nothing = notAgreedTo({}, target);
  const free = ['initializationScript', 'commandLineArguments', 'strategy'];
  const asked = Object.keys(targetsSchema.definitions['target']?.properties ?? {})
    .filter((name) => !free.includes(name))
    // Both are already as strict as can be.
    .filter((name) => !['useGitignore', 'protected'].includes(name))
    // Members of the other kinds are no part of it.
    .filter((name) => !['namespace', 'workload'].includes(name));
  expect([...nothing].sort()).toEqual(asked.sort());
});

test.each([null, 'finspace|sandbox|eq7dev|rdb-1|acme-code', 7, [], { __proto__: targetOf() }])(
  'what was stored as %j is no agreement',
  (stored) => {
    expect(notAgreedTo(stored, targetOf())).toContain('bucket');
  },
);

test('rules that do not ask again let nothing through that was left out before', () => {
  const pattern = fc
    .tuple(
      fc.constantFrom('', '', '', '!'),
      fc.constantFrom('a', 'b', 'a/', 'a/b', '*.q', 'a/**', '.env', '/b'),
    )
    .map((parts) => parts.join(''));
  const patterns = fc.uniqueArray(pattern, { maxLength: 4 });
  const rules = fc.record({ include: patterns, ignore: patterns, useGitignore: fc.boolean() });
  // Mostly one pattern more or less, since others hardly ever pass without a question.
  const pairs = fc.tuple(rules, pattern, fc.nat(4), fc.boolean()).map(([before, one, place, isIgnored]) => {
    const { include, ignore } = before;
    const now = isIgnored
      ? { ...before, ignore: [...ignore.slice(0, place), one, ...ignore.slice(place)] }
      : { ...before, include: include.filter((_, at) => at !== place) };
    return [before, now] as const;
  });
  const paths = ['a', 'b', 'c', 'x.q', '.env'].flatMap((one) => [
    one,
    `a/${one}`,
    `b/a/${one}`,
    `a/b/${one}`,
  ]);
  let agreed = 0;
  fc.assert(
    fc.property(fc.oneof(pairs, fc.tuple(rules, rules)), ([before, now]) => {
      if (asks(before, now).length > 0) return;
      agreed += 1;
      const [then, later] = [taken(before), taken(now)];
      expect(later.filter((path) => !then.includes(path))).toEqual([]);
    }),
    { numRuns: 600, seed: 12 },
  );
  expect(agreed).toBeGreaterThan(100);

  function taken(request: { include: string[]; ignore: string[]; useGitignore: boolean }): readonly string[] {
    const root = FolderRules.of(request).within('', { files: new Map([['.gitignore', 'x.q\n']]) });
    return paths.filter((path) => {
      let at = root;
      const segments = path.split('/');
      return segments.every((name, depth) => {
        const here = segments.slice(0, depth + 1).join('/');
        const isFolder = depth < segments.length - 1;
        const decision = at.decide(here, name, isFolder);
        if (decision.fate === 'search') at = at.within(here, { files: new Map() }, decision.rule);
        return isFolder ? decision.fate !== 'out' : decision.fate === 'in';
      });
    });
  }
});
