/** Settings about ignore files in git's configuration: the machine's, the user's, then the repository's own. */
import { homedir } from 'node:os';
import { dirname, isAbsolute, join, resolve, sep } from 'node:path';
import { bytesOf, lowerCase, textOf } from '../rules/bytes';
import { compileWildcards, matchesWildcards } from '../rules/wildmatch';
import { readConfigText } from './config-text';
import { readIfThere } from './files';
import { headOf, type Repository } from './repository';

export interface GitSettings {
  /** `core.excludesFile` as an absolute path; if it is not set, git's default for it. */
  readonly excludesFile: string;
  /** `core.ignoreCase` */
  readonly ignoreCase: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

const LARGEST_CONFIG = 1024 * 1024;
/** The depth to which git follows includes. */
const DEEPEST_INCLUDE = 10;
const YES = /^(?:true|yes|on|[1-9]\d*)$/i;

/**
 * The settings that apply in a repository. Refuses with `file-unreadable` and `rules-too-large`, as for ignore files.
 */
export function readSettings(repository: Repository, environment: Environment = process.env): GitSettings {
  const reader = new SettingsReader(repository, environment['HOME'] || homedir());
  const config = environment['XDG_CONFIG_HOME'] || join(reader.home, '.config');
  for (const file of outerFiles(environment, reader.home, config)) reader.read(file);
  reader.read(join(repository.commonFolder, 'config'));
  if (reader.isOn('extensions.worktreeconfig')) reader.read(join(repository.gitFolder, 'config.worktree'));
  const excludes = reader.valueOf('core.excludesfile');
  return {
    excludesFile:
      excludes === undefined ? join(config, 'git', 'ignore') : reader.place(excludes, repository.top),
    ignoreCase: reader.isOn('core.ignorecase'),
  };
}

/**
 * The machine's configuration file and the user's two files, unless git's environment variables name others;
 * later files take precedence.
 */
function outerFiles(environment: Environment, home: string, config: string): readonly string[] {
  const system = environment['GIT_CONFIG_SYSTEM'] || '/etc/gitconfig';
  const own = environment['GIT_CONFIG_GLOBAL'];
  return [
    ...(YES.test(environment['GIT_CONFIG_NOSYSTEM'] ?? '') ? [] : [system]),
    ...(own === undefined
      ? [join(config, 'git', 'config'), join(home, '.gitconfig')]
      : own === ''
        ? []
        : [own]),
  ];
}

class SettingsReader {
  private readonly values = new Map<string, string | undefined>();

  constructor(
    private readonly repository: Repository,
    readonly home: string,
  ) {}

  valueOf(name: string): string | undefined {
    return this.values.get(name);
  }

  isOn(name: string): boolean {
    return this.values.has(name) && YES.test(this.values.get(name) ?? 'true');
  }

  /**
   * The absolute form of a path in the configuration: `~` is the user's folder, and a relative path starts at
   * `from`.
   */
  place(path: string, from: string): string {
    if (path === '~' || path.startsWith('~/')) return join(this.home, path.slice(1));
    return isAbsolute(path) ? path : resolve(from, path);
  }

  read(file: string, depth = 0): void {
    // On every system, git reads `/dev/null` as an empty file.
    const raw =
      file === '/dev/null' || depth > DEEPEST_INCLUDE ? undefined : readIfThere(file, LARGEST_CONFIG);
    for (const { name, value } of readConfigText(textOf(raw ?? ''))) {
      this.values.set(name, value);
      const condition = /^includeif\.(.*)\.path$/s.exec(name)?.[1];
      const includes = name === 'include.path' || (condition !== undefined && this.holds(condition, file));
      if (includes && value !== undefined) this.read(this.place(value, dirname(file)), depth + 1);
    }
  }

  /**
   * Returns true if the condition of an include is met. Conditions about remotes count as not met, since they
   * depend on settings that are read after the include.
   */
  private holds(condition: string, file: string): boolean {
    const [, kind = '', wanted = ''] = /^([^:]*):(.*)$/s.exec(condition) ?? [];
    switch (kind) {
      case 'gitdir':
        return this.isIn(wanted, file, false);
      case 'gitdir/i':
        return this.isIn(wanted, file, true);
      case 'onbranch':
        return this.isSwitchedOn(wanted);
      default:
        return false;
    }
  }

  private isIn(wanted: string, file: string, fold: boolean): boolean {
    const placed = wanted.startsWith('./') ? `${dirname(file)}${wanted.slice(1)}` : wanted;
    const pattern = placed.startsWith('~/') ? `${this.home}${placed.slice(1)}` : placed;
    const anywhere = isAbsolute(pattern) ? pattern : `**/${pattern}`;
    return matches(anywhere, this.repository.gitFolder, fold);
  }

  private isSwitchedOn(wanted: string): boolean {
    const branch = /^ref: refs\/heads\/(.+?)\s*$/.exec(headOf(this.repository) ?? '')?.[1];
    return branch !== undefined && matches(wanted, branch, false);
  }
}

function matches(pattern: string, path: string, fold: boolean): boolean {
  const whole = bytesOf(slashed(pattern.endsWith('/') ? `${pattern}**` : pattern));
  const text = bytesOf(slashed(path));
  const wildcards = compileWildcards(whole, fold);
  return wildcards !== undefined && matchesWildcards(wildcards, fold ? lowerCase(text) : text, 0);
}

function slashed(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/');
}
