/** Random working trees with ignore files wherever git reads them, and what git itself says of them. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Arbitrary, array, constantFrom, oneof, option, record, tuple } from 'fast-check';

/** Carriage returns, bytes above ASCII, letters that mean something in a pattern. None of the deny list's. */
const NAMES = [
  ...['a', 'b', 'foo', 'bar', 'foobar', 'logs', 'old', 'a.q', 'b.csv', 'A', 'B.CSV', '.hid', 'a-b'],
  ...['é', 'é.q', '日本.q', '𝄞', 'x y', 'q[1]', '#c', '!n', 'Icon\r', 'end ', '*', 'a]b'],
] as const;

const WILD = [
  ...[
    '*',
    '**',
    '***',
    '?',
    '??',
    '???',
    'a*',
    '*.q',
    '*.csv',
    'f*r',
    '*o*',
    '*a*b*',
    'foo**',
    '**bar',
    'f**r',
    '?.q',
    '??.q',
  ],
  ...[
    '[ab]',
    '[!a]',
    '[^a]',
    '[a-c]',
    '[c-a]',
    '[]a]',
    '[!]a]',
    '[a-]',
    '[-a]',
    '[\\]a]',
    '[a\\-c]',
    '[[:alpha:]]',
    '[A-Z]',
  ],
  ...[
    '[[:upper:]]',
    '[[:nope:]]',
    '[[:alpha]',
    '[[:',
    '[a',
    '[',
    '[é]',
    '?[é-ü]',
    '[!/]',
    'q\\[1]',
    'q[[]1]',
    '[*]',
    '\\*',
  ],
  ...[
    '\\a',
    'a\\',
    '\\',
    'x\\ y',
    '\\#c',
    '\\!n',
    'Icon[\r]',
    'é*',
    '日*',
    '*本.q',
    'l?gs',
    'logs**',
    'A*',
    'b.CSV',
    '.*',
  ],
] as const;

const COMMON = ['a', 'b', 'foo', 'foobar', 'logs', 'old', 'a.q', 'é.q'] as const;

export const name = oneof(
  { weight: 3, arbitrary: constantFrom(...COMMON) },
  { weight: 1, arbitrary: constantFrom(...NAMES) },
);
const segment = oneof({ weight: 1, arbitrary: name }, { weight: 2, arbitrary: constantFrom(...WILD) });

/** A line of an ignore file; most have something to match. */
export const line: Arbitrary<string> = tuple(
  constantFrom(...Array(9).fill(''), '!', '!', '!', '\\', '!!', '#'),
  constantFrom('', '', '', '', '', '/', '/', '**/', '**/', '//', './'),
  oneof(
    { weight: 2, arbitrary: tuple(segment) },
    { weight: 1, arbitrary: array(segment, { minLength: 2, maxLength: 3 }) },
  ),
  constantFrom('', '', '', '', '', '', '/', '/**', '/*', ' ', '  ', '\\ ', '\t', '/ ', '\r'),
).map(([sign, start, segments, end]) =>
  // One inside of a line is refused: it may be meant as the end of one.
  `${sign}${start}${segments.join('/')}${end}`.replace(/(?<!\[)\r(?=[^\r\]])/g, ''),
);

const text: Arbitrary<string> = record({
  lines: array(line, { maxLength: 5 }),
  end: constantFrom('\n', '\r\n'),
  mark: constantFrom('', '', '\uFEFF'),
  last: constantFrom('', '\n'),
}).map(({ lines, end, mark, last }) => `${mark}${lines.join(end)}${last && end}`);

const maybe = option(text, { nil: undefined });

/** Folders from the top of the repository down to the packed one, and what lies in that. */
export interface World {
  readonly way: readonly string[];
  readonly files: readonly string[];
  /** By folder, from the top of the repository on. */
  readonly rules: readonly (readonly [string, string])[];
  readonly exclude: string | undefined;
  readonly excludesFile: string | undefined;
  readonly setBy: 'nothing' | 'global' | 'local' | 'included';
  readonly ignoreCase: boolean;
  readonly kind: 'plain' | 'worktree' | 'submodule';
  /** Rules of a repository inside of the packed folder, and the folder. */
  readonly nested: readonly [string, string] | undefined;
}

const path = array(name, { minLength: 1, maxLength: 4 }).map((segments) => segments.join('/'));
const way = array(constantFrom('a', 'b', 'foo', 'é', 'x y'), { maxLength: 2 });

export const world: Arbitrary<World> = way.chain((down) =>
  record({
    way: constantFrom(down),
    files: array(path, { minLength: 1, maxLength: 14 }),
    rules: array(
      tuple(
        constantFrom(
          '',
          ...down.map((_, at) => down.slice(0, at + 1).join('/')),
          ...BELOW.map((one) => [...down, one].join('/')),
        ),
        text,
      ),
      { maxLength: 4 },
    ),
    exclude: maybe,
    excludesFile: maybe,
    setBy: constantFrom('nothing', 'global', 'local', 'included'),
    ignoreCase: constantFrom(false, false, false, true),
    kind: constantFrom('plain', 'plain', 'worktree', 'submodule'),
    nested: option(tuple(constantFrom('a', 'foo', 'a/b'), text), { nil: undefined, freq: 4 }),
  }),
);

const BELOW = ['a', 'b', 'foo', 'a/b', 'foo/bar'] as const;

/** Where a world stands on disk. */
export interface Places {
  /** All of it. */
  readonly base: string;
  /** The user's folder, with git's configuration. */
  readonly home: string;
  /** The working tree. */
  readonly top: string;
  readonly packed: string;
}

export function placesOf(base: string, { way: down }: World): Places {
  const top = join(base, 'work', 'top');
  return { base, home: join(base, 'home'), top, packed: join(top, ...down) };
}

/** Makes all of it anew. */
export function build(places: Places, made: World): void {
  const { base, home, top, packed } = places;
  rmSync(base, { recursive: true, force: true });
  mkdirSync(packed, { recursive: true });
  for (const file of made.files) writeIfFree(join(packed, file), '');
  for (const [folder, rules] of made.rules) writeIfFree(join(top, folder, '.gitignore'), rules);
  const common = makeRepository(places, made);
  if (made.exclude !== undefined) writeIfFree(join(common, 'info/exclude'), made.exclude);
  if (made.nested !== undefined) {
    const [folder, rules] = made.nested;
    const inner = join(packed, folder, '.git');
    if (writeIfFree(join(inner, 'HEAD'), 'ref: refs/heads/main\n')) {
      bare(inner, '');
      writeIfFree(join(inner, 'info/exclude'), rules);
    }
  }
  const named = made.setBy === 'nothing' ? join(home, '.config/git/ignore') : join(home, 'my excludes');
  if (made.excludesFile !== undefined) writeIfFree(named, made.excludesFile);
  const set = '[core]\n\texcludesFile = "~/my excludes" ; mine\n';
  if (made.setBy === 'global') writeIfFree(join(home, '.gitconfig'), set);
  if (made.setBy === 'included') {
    writeIfFree(join(home, '.gitconfig'), `[includeIf "gitdir:${base}/work/"]\n\tpath = work.inc\n`);
    writeIfFree(join(home, 'work.inc'), set);
  }
}

function makeRepository({ base, home, top }: Places, { kind, setBy, ignoreCase }: World): string {
  const local = setBy === 'local' ? `[core]\n excludesfile = ${home}/my\\ excludes`.replace('\\', '') : '';
  const config = `${local}\n[core]\n\tignoreCase = ${ignoreCase}\n`;
  if (kind === 'plain') return bare(join(top, '.git'), config);
  const common = bare(join(base, 'main/.git'), config);
  if (kind === 'submodule') {
    writeFileSync(join(top, '.git'), `gitdir: ${common}\n`);
    return common;
  }
  const own = join(common, 'worktrees/top');
  mkdirSync(own, { recursive: true });
  writeFileSync(join(own, 'HEAD'), 'ref: refs/heads/other\n');
  writeFileSync(join(own, 'commondir'), '../..\n');
  writeFileSync(join(own, 'gitdir'), `${join(top, '.git')}\n`);
  writeFileSync(join(top, '.git'), 'gitdir: ../../main/.git/worktrees/top\n');
  return common;
}

/** What `git init` makes, as far as git needs it: a process less. */
function bare(folder: string, config: string): string {
  for (const inner of ['objects', 'refs', 'info']) mkdirSync(join(folder, inner), { recursive: true });
  writeFileSync(join(folder, 'HEAD'), 'ref: refs/heads/main\n');
  writeFileSync(join(folder, 'config'), `[core]\n\trepositoryformatversion = 0\n${config}`);
  return folder;
}

/** A path may want to be a folder of another one that is a file already, or the reverse. */
function writeIfFree(file: string, content: string): boolean {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error) return false;
    throw error;
  }
}

/** Nothing of the machine's own configuration counts, neither for git nor for what is tested. */
export function environmentOf({ home }: Pick<Places, 'home'>): Readonly<Record<string, string | undefined>> {
  return { HOME: home, XDG_CONFIG_HOME: undefined, GIT_CONFIG_GLOBAL: undefined, GIT_CONFIG_NOSYSTEM: '1' };
}

/** Those of the paths that git ignores in a folder. */
export function ignoredByGit(
  folder: string,
  paths: readonly string[],
  places: Pick<Places, 'home'>,
): ReadonlySet<string> {
  const { stdout, stderr, status } = spawnSync('git', ['check-ignore', '-z', '--stdin', '--no-index'], {
    cwd: folder,
    encoding: 'utf8',
    input: paths.map((one) => `${one}\0`).join(''),
    env: { ...process.env, ...environmentOf(places) },
    maxBuffer: 1e9,
  });
  if (status !== 0 && status !== 1) throw new Error(stderr);
  return new Set(stdout.split('\0').filter(Boolean));
}
