/** Finds the repository of a folder: https://git-scm.com/docs/gitrepository-layout */
import { realpathSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { codeOf } from '../refusal';
import { textOf } from '../rules/bytes';
import { readIfThere } from './files';

export interface Repository {
  /** The folder that contains `.git`: the top of the working tree. Absolute. */
  readonly top: string;
  /**
   * The folder with git's own files for this working tree: `.git` itself or, in a linked worktree or a
   * submodule, the folder named in the file `.git`.
   */
  readonly gitFolder: string;
  /** The folder that all worktrees of the repository share. */
  readonly commonFolder: string;
}

/** No file with the path of a folder or the name of a branch has more bytes than this. */
const LONGEST_NAME = 64 * 1024;

/**
 * The repository in whose working tree the folder lies, at the top or deeper; undefined if there is none.
 * @param folder Absolute, links resolved.
 */
export function findRepository(folder: string): Repository | undefined {
  for (let at = folder; ; at = dirname(at)) {
    const found = repositoryAt(at);
    if (found !== undefined || dirname(at) === at) return found;
  }
}

/** The repository whose working tree has this folder as its top; undefined if there is none. */
export function repositoryAt(top: string): Repository | undefined {
  const git = join(top, '.git');
  const named = isFolder(git) ? git : folderNamedIn(git);
  if (named === undefined || !isThere(join(named, 'HEAD'))) return undefined;
  const common = readIfThere(join(named, 'commondir'), LONGEST_NAME);
  const commonFolder = common === undefined ? named : resolve(named, lineOf(common));
  const isWhole = isFolder(join(commonFolder, 'objects')) && isFolder(join(commonFolder, 'refs'));
  return isWhole ? { top, gitFolder: named, commonFolder } : undefined;
}

/**
 * The HEAD of a working tree: `ref: refs/heads/main`, or the hash of a commit; undefined if there is no such
 * file.
 */
export function headOf({ gitFolder }: Repository): string | undefined {
  const head = readIfThere(join(gitFolder, 'HEAD'), LONGEST_NAME);
  return head === undefined ? undefined : lineOf(head);
}

/**
 * The HEAD of the repository of a folder; undefined outside of git, or if it cannot be read. Read from git's
 * files, because a deployment on save should not wait until git has started.
 * @param folder Absolute.
 */
export function checkedOut(folder: string): string | undefined {
  try {
    const repository = findRepository(realpathSync.native(folder));
    return repository && headOf(repository);
  } catch {
    // A folder or a HEAD that cannot be read counts as outside of git.
    return undefined;
  }
}

function folderNamedIn(git: string): string | undefined {
  const name = /^gitdir: (.+)$/s.exec(lineOf(readIfThere(git, LONGEST_NAME) ?? ''))?.[1];
  return name === undefined ? undefined : resolve(dirname(git), name);
}

function lineOf(bytes: string): string {
  return textOf(bytes).replace(/[\r\n]+$/, '');
}

function isFolder(path: string): boolean {
  return look(path)?.isDirectory() ?? false;
}

function isThere(path: string): boolean {
  return look(path) !== undefined;
}

/** Undefined if nothing exists at the path, or if it may not be read: then no repository is found there. */
function look(path: string) {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    codeOf(error);
    return undefined;
  }
}
