/** git's settings are read as git reads them: git itself is asked. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { array, assert, constantFrom, property, record, tuple } from 'fast-check';
import { expect, test } from 'vitest';
import { readConfigText } from '../../src/package/git/config-text';
import { repositoryAt } from '../../src/package/git/repository';
import { readSettings } from '../../src/package/git/settings';
import { temporaryFolder, write } from './fixture';

const missing = spawnSync('git', ['--version']).error !== undefined;
const skipped = missing ? 'skipped, git is not installed: ' : '';

const base = temporaryFolder();
const home = join(base, 'home');
const top = join(base, 'work/top');
const environment = { HOME: home, GIT_CONFIG_NOSYSTEM: '1', XDG_CONFIG_HOME: join(home, 'xdg') };

function git(...args: readonly string[]): string | undefined {
  const env = { PATH: process.env['PATH'], ...environment };
  const { stdout, status } = spawnSync('git', args, { cwd: top, encoding: 'utf8', env });
  return status === 0 ? stdout.replace(/\0$/, '') : undefined;
}

const value = constantFrom(
  ...[
    'a',
    '~/b',
    '"c d"',
    'e f  ',
    '"g;h" ; no',
    'i#no',
    'j\\\n  k',
    '"l\\"m\\\\n\\t"',
    '',
    '"o" p "q"',
    '/r',
    '\t s',
  ],
);
const heading = constantFrom(
  ...['[core]', '[CORE]', '[core] ', '[user]', '[core "x"]', '[core] ; c', '[include]', '[core.y]'],
);
const entry = tuple(constantFrom('excludesFile', 'excludesfile', 'ignoreCase', 'other'), value).map(
  ([key, text]) => `\t${key} = ${text}`,
);
const section = record({ heading, entries: array(entry, { maxLength: 3 }) }).map((made) =>
  [made.heading, ...made.entries].join('\n'),
);
const config = tuple(
  array(section, { maxLength: 3 }),
  constantFrom('\n', '\r\n'),
  constantFrom('', '\uFEFF'),
).map(([sections, end, mark]) => `${mark}${sections.join('\n').replaceAll('\n', end)}${end}`);

test.skipIf(missing)(
  `${skipped}every value of a configuration is the one that git reads`,
  { timeout: 120_000 },
  () => {
    mkdirSync(top, { recursive: true });
    assert(
      property(config, (text) => {
        const file = join(base, 'config');
        write(base, { config: text });
        const said = git('config', '--null', '--no-includes', '--file', file, '--list');
        const entries = (said ?? '').split('\0').filter(Boolean);
        const ours = readConfigText(text).map(
          ({ name, value: read }) => `${name}${read === undefined ? '' : `\n${read}`}`,
        );
        expect(ours).toEqual(entries);
      }),
      { numRuns: 100 },
    );
  },
);

const INCLUDED = '[core]\n\texcludesFile = /included\n';
const CONDITIONS = [
  ...[
    'gitdir:~/../work/',
    `gitdir:${base}/work/`,
    'gitdir:top/',
    'gitdir:work/top/.git',
    'gitdir:WORK/',
    'gitdir/i:WORK/',
  ],
  ...[
    'gitdir:**/top/**',
    'gitdir:to?/',
    'gitdir:./',
    'onbranch:main',
    'onbranch:ma*',
    'onbranch:other',
    'onbranch:feature/',
  ],
] as const;

test.skipIf(missing).each(CONDITIONS)(
  `${skipped}a file that is included if %s counts as it does for git`,
  (condition) => {
    rmSync(base, { recursive: true, force: true });
    mkdirSync(top, { recursive: true });
    git('init', '-q', '-b', 'main');
    write(home, {
      '.gitconfig': `[core]\n\texcludesFile = /before\n[includeIf "${condition}"]\n\tpath = inc/one\n`,
      'inc/one': `${INCLUDED}[include]\n\tpath = ../two\n`,
      two: '[core]\n\tignoreCase = yes\n',
    });
    const repository = repositoryAt(top);
    if (repository === undefined) throw new Error('there is no repository');
    const { excludesFile, ignoreCase } = readSettings(repository, environment);
    expect(excludesFile).toBe(git('config', '--get', 'core.excludesFile')?.trim());
    expect(ignoreCase).toBe(git('config', '--type=bool', '--get', 'core.ignoreCase')?.trim() === 'true');
  },
);

test('a file that includes itself ends', () => {
  rmSync(base, { recursive: true, force: true });
  for (const inner of ['objects', 'refs']) mkdirSync(join(top, '.git', inner), { recursive: true });
  write(top, {
    '.git/HEAD': 'ref: refs/heads/main\n',
    '.git/config': '[include]\n\tpath = config\n[core]\n\texcludesFile = x\n',
  });
  const repository = repositoryAt(top);
  expect(repository && readSettings(repository, environment).excludesFile).toBe(join(top, 'x'));
});
