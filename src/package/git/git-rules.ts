/**
 * The rules that git applies to a folder in addition to the ignore files inside it:
 * https://git-scm.com/docs/gitignore#_description
 */
import { join, relative, sep } from 'node:path';
import { LARGEST_RULES } from '../rules/ignore-text';
import { levelsOf, type OuterRules, type RepositoryRules, type RulesText } from '../rules/outer-rules';
import { isLink, readIfThere } from './files';
import { findRepository, type Repository, repositoryAt } from './repository';
import { readSettings } from './settings';

/**
 * The rules for a folder from the repository that contains it; none if the folder is in no repository. Refuses
 * with `file-unreadable` and `rules-too-large`.
 * @param folder Absolute, links resolved.
 */
export function gitRulesAbove(folder: string): OuterRules {
  const repository = findRepository(folder);
  if (repository === undefined) return { files: [] };
  const way = relative(repository.top, folder).split(sep).join('/');
  const files = levelsOf(way).flatMap((level) => {
    const file = join(folder, level.up, '.gitignore');
    // git does not follow a link in place of an ignore file, so that a repository cannot make git read a file
    // elsewhere.
    const raw = isLink(file) ? undefined : readIfThere(file, LARGEST_RULES);
    return raw === undefined ? [] : [{ source: '.gitignore', path: file, raw, way: level.way } as const];
  });
  return { repository: { ...rulesOf(repository), way }, files };
}

/**
 * The rules for a folder that is the top of its own repository; undefined for any other folder. Refuses as
 * {@link gitRulesAbove} does.
 */
export function gitRulesAt(folder: string): RepositoryRules | undefined {
  const repository = repositoryAt(folder);
  return repository === undefined ? undefined : rulesOf(repository);
}

function rulesOf(repository: Repository): RepositoryRules {
  const { excludesFile, ignoreCase } = readSettings(repository);
  const places = [
    ['core.excludesFile', excludesFile],
    ['.git/info/exclude', join(repository.commonFolder, 'info', 'exclude')],
  ] as const;
  const files = places.flatMap(([source, path]): readonly RulesText[] => {
    const raw = path === NO_FILE ? undefined : readIfThere(path, LARGEST_RULES);
    return raw === undefined ? [] : [{ source, path, raw }];
  });
  return { files, ignoreCase };
}

/** Users configure this path in place of a file that they do not want: git reads it as an empty file. */
const NO_FILE = '/dev/null';
