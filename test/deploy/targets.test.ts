/** slipway.json: what is read from it, what is wrong in it and where, and how it is edited. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CLEAR, KEEP } from '../../src/deploy/configuration';
import { finspaceKind } from '../../src/deploy/finspace/kind';
import { ON_SAVE_DEFAULTS, TARGET_DEFAULTS } from '../../src/deploy/targets/defaults';
import type { Target } from '../../src/deploy/targets/target';
import { casesOf } from '../cases';
import { parseTargets, targetsSchema, withTarget } from './kinds';

const RDB = {
  connection: { accountId: '111122223333', region: 'us-east-1' },
  environment: 'eq7dev',
  cluster: 'rdb-1',
  bucket: 'acme-code',
};

const file = (targets: object, defaults?: object): string =>
  JSON.stringify({ ...(defaults && { defaults }), targets }, undefined, 2);

const only = (target: object, defaults?: object) => parseTargets(file({ rdb: target }, defaults));

/** Code of each problem, and the text that it stands at. */
function problemsIn(text: string): readonly (readonly [string, string])[] {
  return parseTargets(text).problems.map(({ code, range }) => [
    code,
    text.slice(range.offset, range.offset + range.length).replace(/\s+/g, ' '),
  ]);
}

describe('what is read', () => {
  test('a target that says only where it leads has the defaults of the schema', () => {
    const { entries, problems } = only(RDB);
    expect(problems).toEqual([]);
    expect(entries).toEqual([
      {
        name: 'rdb',
        range: expect.anything(),
        place: 'rdb-1',
        target: {
          name: 'rdb',
          kind: finspaceKind,
          path: ['eq7dev', 'rdb-1'],
          bucket: RDB.bucket,
          connection: { kind: 'account', ...RDB.connection },
          ...TARGET_DEFAULTS,
          initializationScript: KEEP,
          commandLineArguments: KEEP,
          onSave: ON_SAVE_DEFAULTS,
        },
      },
    ]);
  });

  test('targets come in the order of the file, whatever their names', () => {
    const { entries } = parseTargets(file({ rdb: RDB, '1': RDB, a: RDB }));
    // JSON.stringify moves whole numbers to the front; what counts is the text.
    expect(entries.map(({ name }) => name)).toEqual(['1', 'rdb', 'a']);
  });

  test('comments and a last comma are no problem', () => {
    const text = `{\n  // where the team deploys\n  "targets": {\n    "rdb": ${JSON.stringify(RDB)}, /* one */\n  },\n}`;
    const { entries, problems } = parseTargets(text);
    expect(problems).toEqual([]);
    expect(entries[0]?.target?.path).toEqual(['eq7dev', 'rdb-1']);
  });

  test('null removes the script, an empty list the arguments, and what is not said is kept', () => {
    const target = only({ ...RDB, initializationScript: null, commandLineArguments: [] }).entries[0]?.target;
    expect(target).toMatchObject({ initializationScript: CLEAR, commandLineArguments: CLEAR });
  });

  test('the sandbox needs no account', () => {
    expect(only({ ...RDB, connection: 'sandbox' }).entries[0]?.target?.connection).toEqual({
      kind: 'sandbox',
    });
  });

  test('defaults count where the target says nothing; members of onSave one by one', () => {
    const defaults = { ...RDB, cluster: 'rdb-0', prefix: 'team', onSave: { enabled: true, debounceMs: 50 } };
    const target = only({ cluster: 'rdb-9', onSave: { debounceMs: 0 } }, defaults).entries[0]?.target;
    expect(target).toMatchObject({
      path: ['eq7dev', 'rdb-9'],
      bucket: 'acme-code',
      prefix: 'team',
      onSave: { ...ON_SAVE_DEFAULTS, enabled: true, debounceMs: 0 },
    });
  });

  test('a connection is never put together from two places', () => {
    const text = file({ rdb: { connection: { region: 'eu-west-1' } } }, RDB);
    expect(problemsIn(text)).toEqual([['missing-member', '{ "region": "eu-west-1" }']]);
  });
});

describe('what is wrong', () => {
  test.each<readonly [string, object, string, string]>([
    ['a wrong type', { ...RDB, bucket: 7 }, 'wrong-type', '7'],
    ['a strategy that there is not', { ...RDB, strategy: 'FAST' }, 'not-allowed-value', '"FAST"'],
    ['a kind that there is not', { ...RDB, kind: 'eks' }, 'not-allowed-value', '"eks"'],
    ['another connection', { ...RDB, connection: 'prod' }, 'not-allowed-value', '"prod"'],
    [
      'an account that is a number',
      { ...RDB, connection: { accountId: 123456789012, region: 'us-east-1' } },
      'wrong-type',
      '123456789012',
    ],
    ['a connection that is a number', { ...RDB, connection: 7 }, 'not-allowed-value', '7'],
    ['a member nobody knows', { ...RDB, buckets: 'b' }, 'unknown-member', '"buckets"'],
    ['a fraction of a millisecond', { ...RDB, onSave: { debounceMs: 0.5 } }, 'wrong-type', '0.5'],
    ['a debounce before now', { ...RDB, onSave: { debounceMs: -1 } }, 'too-small', '-1'],
    ['a burst of nothing', { ...RDB, onSave: { burst: 0 } }, 'too-small', '0'],
    ['a debounce of an hour', { ...RDB, onSave: { debounceMs: 3600000 } }, 'too-large', '3600000'],
    [
      'an argument without value',
      { ...RDB, commandLineArguments: [{ key: 's' }] },
      'missing-member',
      '{ "key": "s" }',
    ],
    [
      'a short account id',
      { ...RDB, connection: { accountId: '1', region: 'us-east-1' } },
      'too-short',
      '{ "accountId": "1", "region": "us-east-1" }',
    ],
    ['a bucket as AWS takes none', { ...RDB, bucket: 'Acme' }, 'characters', '"Acme"'],
    [
      'an argument that AWS keeps for itself',
      { ...RDB, commandLineArguments: [{ key: 'awsx', value: '1' }] },
      'reserved-key',
      '[ { "key": "awsx", "value": "1" } ]',
    ],
    ['an empty script', { ...RDB, initializationScript: '' }, 'too-short', '""'],
    ['a root above the folder', { ...RDB, root: 'src/../../other' }, 'root-outside', '"src/../../other"'],
    ['an absolute root', { ...RDB, root: '/etc' }, 'root-outside', '"/etc"'],
    ['a root on another drive', { ...RDB, root: 'C:\\code' }, 'root-outside', '"C:\\\\code"'],
    [
      'a script that NO_RESTART would not set',
      { ...RDB, strategy: 'NO_RESTART', initializationScript: 'init.q' },
      'no-restart-keeps',
      '"NO_RESTART"',
    ],
    [
      'deploying on save to a protected target',
      { ...RDB, protected: true, onSave: { enabled: true } },
      'on-save-never',
      '{ "enabled": true }',
    ],
    [
      'deploying on save with FORCE',
      { ...RDB, strategy: 'FORCE', onSave: { enabled: true } },
      'on-save-never',
      '{ "enabled": true }',
    ],
  ])('%s is told where it stands, and the target is not used', (_what, target, code, place) => {
    const text = file({ rdb: target, other: RDB });
    expect(problemsIn(text)).toEqual([[code, place]]);
    const { entries, problems } = parseTargets(text);
    expect(entries.map(({ name, target: usable }) => [name, usable !== undefined])).toEqual([
      ['rdb', false],
      ['other', true],
    ]);
    expect(problems[0]?.target).toBe('rdb');
  });

  test.each([
    ...[
      '..',
      '../home',
      'src/..',
      'src/../..',
      'src\\..\\..',
      './../x',
      '/',
      '//server/share',
      '\\\\server\\share',
    ],
    ...['\\\\?\\C:\\x', 'c:', 'C:x', 'c:/x', '.. ', '.. /x', 'src/...', 'src/. .', 'src/.. ./x', 'src\0/x'],
  ])('the root %j is refused on every system', (root) => {
    expect(only({ ...RDB, root }).problems.map(({ code }) => code)).toEqual(['root-outside']);
  });

  test.each(['', '.', './', 'src', 'src/', './src', 'src/./q', '..src', 'src..', '.q', 'a..b/c', 'Ünï'])(
    'the root %j is below the file',
    (root) => {
      expect(only({ ...RDB, root }).problems).toEqual([]);
    },
  );

  test.each(['connection', 'environment', 'cluster', 'bucket'])(
    'no %s anywhere is told at the name',
    (name) => {
      const { [name as keyof typeof RDB]: _, ...rest } = RDB;
      expect(problemsIn(file({ rdb: rest }))).toEqual([['missing-in-target', '"rdb"']]);
    },
  );

  test('each of several mistakes at one place is told', () => {
    const { bucket: _, connection: __, ...rest } = RDB;
    const missing = parseTargets(file({ rdb: rest })).problems;
    expect(missing.map(({ facts }) => facts)).toEqual([{ name: 'connection' }, { name: 'bucket' }]);
  });

  test('a damaged file has problems and no target that could be used', () => {
    const { entries, problems } = parseTargets(`${file({ rdb: RDB })} }`);
    expect(problems.map(({ code }) => code)).toEqual(['syntax']);
    expect(entries.map(({ target }) => target)).toEqual([undefined]);
    expect(parseTargets('').problems.length).toBeGreaterThan(0);
    expect(problemsIn('[]')).toEqual([['wrong-type', '[]']]);
    expect(problemsIn('{}')).toEqual([['missing-member', '{}']]);
  });

  test('a problem in the defaults is told once and concerns every target', () => {
    const { entries, problems } = parseTargets(file({ a: RDB, b: RDB }, { prefix: 3 }));
    expect(problems.map(({ code, target }) => [code, target])).toEqual([['wrong-type', undefined]]);
    expect(entries.map(({ target }) => target)).toEqual([undefined, undefined]);
    expect(problemsIn(file({ a: RDB, b: RDB }, { prefix: 'a b' }))).toEqual([['characters', '"a b"']]);
  });

  test('a name that stands twice is told, since the first one would have no effect', () => {
    const text = `{"targets": {"rdb": ${JSON.stringify(RDB)}, "rdb": {"bucket": "x"}}}`;
    expect(problemsIn(text)).toContainEqual(['repeated-name', '"rdb"']);
    expect(parseTargets(text).entries.every(({ target }) => target === undefined)).toBe(true);
  });

  test('no text makes the parser throw', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      '"targets"',
      '"rdb"',
      ':',
      ',',
      'null',
      '1',
      '"x"',
      '//',
      '"onSave"',
      '"connection"',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        parseTargets(pieces.join(' '));
      }),
      casesOf(1_000),
    );
  });
});

test('every keyword of the schema is one that the validator knows, or one that only describes', () => {
  const known = [
    '$ref',
    'type',
    'enum',
    'anyOf',
    'properties',
    'additionalProperties',
    'required',
    'items',
    'minimum',
    'maximum',
  ];
  const describing = ['$schema', 'title', 'description', 'default', 'definitions'];
  const visit = (schema: unknown): readonly string[] => {
    if (!(schema instanceof Object)) return [];
    const { properties, definitions, items, additionalProperties, anyOf, ...rest } = schema as Record<
      string,
      object
    >;
    const inner = [
      ...Object.values(properties ?? {}),
      ...Object.values(definitions ?? {}),
      items,
      additionalProperties,
    ];
    return [...Object.keys(rest), ...[...inner, ...((anyOf ?? []) as object[])].flatMap(visit)];
  };
  expect(
    [...new Set(visit(targetsSchema))].filter((name) => ![...known, ...describing].includes(name)),
  ).toEqual([]);
});

describe('editing', () => {
  const text = `{
    // the team's file
    "defaults": { "bucket": "acme-code", "prefix": "team" }, // shared
    "targets": {
        /* do not touch */
        "old": ${JSON.stringify(RDB)}
    }
}
`;
  const target: Target = { ...(only(RDB).entries[0]?.target as Target), name: 'rdb' };

  test('a target is added, and everything else stays as it was', () => {
    const edited = withTarget(text, target);
    expect(edited.replace(/,\s*"rdb": \{[\s\S]*?\n {8}\}/, '')).toBe(text);
    expect(parseTargets(edited).entries.map(({ name }) => name)).toEqual(['old', 'rdb']);
  });

  test('a file is made of nothing', () => {
    const made = withTarget('', target);
    expect(JSON.parse(made)).toEqual({ targets: { rdb: RDB } });
  });

  test('whatever is saved reads back as it was, in any file', () => {
    const word = fc.stringMatching(/^[a-z][a-z0-9-]{2,20}[a-z0-9]$/);
    const choice = <T>(value: fc.Arbitrary<T>) =>
      fc.oneof(
        fc.constant(KEEP),
        fc.constant(CLEAR),
        value.map((one) => ({ kind: 'value' as const, value: one })),
      );
    const anyTarget: fc.Arbitrary<Target> = fc.record(
      {
        name: fc.string({ minLength: 1 }).filter((name) => name !== '__proto__'),
        kind: fc.constant(finspaceKind),
        connection: fc.oneof(
          fc.constant({ kind: 'sandbox' as const }),
          fc.record(
            {
              kind: fc.constant('account' as const),
              accountId: fc.stringMatching(/^\d{12}$/),
              region: fc.constant('eu-west-1'),
              profile: fc.string(),
            },
            { requiredKeys: ['kind', 'accountId', 'region'] },
          ),
        ),
        path: fc.tuple(fc.stringMatching(/^[a-z0-9]{1,26}$/), word),
        bucket: word,
        prefix: fc.oneof(fc.constant(''), word, fc.constant('slipway')),
        root: fc.constantFrom('.', 'src', 'a/b'),
        include: fc.array(fc.string()),
        ignore: fc.array(fc.string()),
        useGitignore: fc.boolean(),
        initializationScript: choice(fc.constantFrom('init.q', 'a/b.q')),
        commandLineArguments: choice(
          fc.constant([
            { key: 's', value: '2' },
            { key: 'db', value: 'x' },
          ]),
        ),
        strategy: fc.constantFrom('ROLLING' as const),
        protected: fc.boolean(),
        onSave: fc.record({
          enabled: fc.constant(false),
          autoSave: fc.boolean(),
          externalChanges: fc.boolean(),
          debounceMs: fc.nat(600_000),
          burst: fc.integer({ min: 1, max: 1_000_000 }),
        }),
        preDeploy: fc.string(),
      },
      {
        requiredKeys: [
          'name',
          'kind',
          'connection',
          'path',
          'bucket',
          'prefix',
          'root',
          'include',
          'ignore',
          'useGitignore',
          'initializationScript',
          'commandLineArguments',
          'protected',
          'onSave',
        ],
      },
    );
    fc.assert(
      fc.property(
        anyTarget,
        fc.constantFrom('', text, '{"targets": {}}', '\t{\r\n\t"targets": {\r\n\t}\r\n}'),
        (any, before) => {
          const { entries, problems } = parseTargets(withTarget(before, any));
          expect(problems).toEqual([]);
          expect(entries.find(({ name }) => name === any.name)?.target).toEqual(any);
        },
      ),
      casesOf(1_000),
    );
  });
});
