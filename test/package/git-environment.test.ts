/** Which files of settings count, by git's environment variables and by what the files before them say: git is asked, too. */
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Repository } from '../../src/package/git/repository';
import { readSettings } from '../../src/package/git/settings';
import { temporaryFolder, write } from './fixture';

const missing = spawnSync('git', ['--version']).error !== undefined;
const skipped = missing ? 'skipped, git is not installed: ' : '';

const base = temporaryFolder();
const top = join(base, 'top');
const repository: Repository = { top, gitFolder: join(top, '.git'), commonFolder: join(top, '.git') };
const named = (path: string): string => `[core]\n\texcludesFile = ${path}\n`;
for (const folder of ['objects', 'refs']) mkdirSync(join(top, '.git', folder), { recursive: true });
write(top, { '.git/HEAD': 'ref: refs/heads/main\n', '.git/config': '' });
write(base, {
  system: named('/of-system'),
  global: named('/of-global'),
  'home/.gitconfig': named('/of-home'),
  'home/.config/git/config': named('/of-config'),
  'xdg/git/config': named('/of-xdg'),
  'empty/.keep': '',
});

const HOME = join(base, 'home');
const [SYSTEM, GLOBAL, XDG, EMPTY] = ['system', 'global', 'xdg', 'empty'].map((name) => join(base, name));
type Environment = Readonly<Record<string, string | undefined>>;

test.skipIf(missing).each<[string, Environment, string]>([
  ['the user’s own', { HOME, GIT_CONFIG_SYSTEM: SYSTEM }, '/of-home'],
  ['the machine’s, where the user has none', { HOME: EMPTY, GIT_CONFIG_SYSTEM: SYSTEM }, '/of-system'],
  ['the user’s other place', { HOME: EMPTY, XDG_CONFIG_HOME: XDG, GIT_CONFIG_SYSTEM: SYSTEM }, '/of-xdg'],
  ['the user’s own before that', { HOME, XDG_CONFIG_HOME: XDG, GIT_CONFIG_NOSYSTEM: '1' }, '/of-home'],
  ['the one that is named', { HOME, GIT_CONFIG_GLOBAL: GLOBAL, GIT_CONFIG_SYSTEM: SYSTEM }, '/of-global'],
  [
    'the machine’s, where none is named',
    { HOME, GIT_CONFIG_GLOBAL: '', GIT_CONFIG_SYSTEM: SYSTEM },
    '/of-system',
  ],
  [
    'the machine’s, where no device is named',
    { HOME, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: SYSTEM },
    '/of-system',
  ],
  [
    'the machine’s, which is not left out',
    { HOME: EMPTY, GIT_CONFIG_NOSYSTEM: 'no', GIT_CONFIG_SYSTEM: SYSTEM },
    '/of-system',
  ],
  [
    'none, where the machine’s is left out',
    { HOME: EMPTY, GIT_CONFIG_NOSYSTEM: 'Yes', GIT_CONFIG_SYSTEM: SYSTEM },
    '',
  ],
])(`${skipped}%s counts`, (_, environment, expected) => {
  const place = environment['XDG_CONFIG_HOME'] ?? join(environment['HOME'] ?? '', '.config');
  const { excludesFile } = readSettings(repository, environment);
  expect(excludesFile).toBe(expected === '' ? join(place, 'git/ignore') : expected);
  const env = { PATH: process.env['PATH'], ...environment };
  const { stdout } = spawnSync('git', ['config', '--get', 'core.excludesFile'], {
    cwd: top,
    encoding: 'utf8',
    env,
  });
  expect(stdout.trim()).toBe(expected);
});

test('without a variable the home folder is the system’s', () => {
  const { excludesFile } = readSettings(repository, { GIT_CONFIG_GLOBAL: '', GIT_CONFIG_NOSYSTEM: '1' });
  expect(excludesFile).toBe(join(homedir(), '.config/git/ignore'));
});

/** A repository with its own settings, and what nobody else says anything about. */
function settingsOf(files: Readonly<Record<string, string>>) {
  const own = temporaryFolder();
  write(own, files);
  const gitFolder = join(own, '.git/worktrees/one');
  const environment = { HOME: EMPTY, GIT_CONFIG_NOSYSTEM: '1' };
  return readSettings({ top: own, gitFolder, commonFolder: join(own, '.git') }, environment);
}

test.each([
  ['a key alone', '[core]\n\tignoreCase\n', true],
  ['yes', '[core]\n\tignoreCase = Yes\n', true],
  ['a number', '[core]\n\tignoreCase = 12\n', true],
  ['no number', '[core]\n\tignoreCase = 0\n', false],
  ['nothing', '[core]\n\tignoreCase =\n', false],
  ['what is said last', '[core]\n\tignoreCase = true\n\tignoreCase = off\n', false],
  ['another key', '[core]\n\tignoreCases = true\n', false],
])('capitals make no difference by %s: %s', (_, config, ignoreCase) => {
  expect(settingsOf({ '.git/config': config }).ignoreCase).toBe(ignoreCase);
});

test.each([
  ['true', true],
  ['false', false],
])('a worktree has settings of its own where they are switched on: %s', (said, counts) => {
  const { ignoreCase } = settingsOf({
    '.git/config': `[extensions]\n\tworktreeConfig = ${said}\n`,
    '.git/worktrees/one/config.worktree': '[core]\n\tignoreCase = true\n',
  });
  expect(ignoreCase).toBe(counts);
});

test('ten files are followed from one to the next, and no more', () => {
  const files = Object.fromEntries(
    Array.from({ length: 12 }, (_, at) => [
      `.git/${at === 0 ? 'config' : at}`,
      `[core]\n\texcludesFile = /${at}\n[include]\n\tpath = ${at + 1}\n`,
    ]),
  );
  expect(settingsOf(files).excludesFile).toBe('/10');
});

test('a file of settings that is too large is refused', () => {
  const most = 1024 * 1024;
  const large = (length: number) => ({ '.git/config': named('/large').padEnd(length, '\n') });
  expect(settingsOf(large(most)).excludesFile).toBe('/large');
  expect(() => settingsOf(large(most + 1))).toThrow(
    expect.objectContaining({
      failure: expect.objectContaining({
        code: 'rules-too-large',
        facts: expect.objectContaining({ limit: most }),
      }),
    }),
  );
});
