/** What git has checked out where a folder lies, read from its files: git's own program takes longer than a save should. */
import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

/**
 * @param folder absolute path.
 * @returns the content of `HEAD`: `ref: refs/heads/main`, or a commit's hash; undefined outside of git.
 * @see https://git-scm.com/docs/gitrepository-layout
 */
export async function checkedOut(folder: string): Promise<string | undefined> {
  for (let at = folder; ; at = dirname(at)) {
    const head = await headIn(join(at, '.git'));
    if (head !== undefined || dirname(at) === at) return head;
  }
}

/** In a linked worktree and in a submodule, `.git` is a file that names the folder. */
async function headIn(git: string): Promise<string | undefined> {
  const head = await textOf(join(git, 'HEAD'));
  if (head !== undefined) return head;
  const elsewhere = /^gitdir: (.+)$/s.exec((await textOf(git)) ?? '')?.[1];
  return elsewhere === undefined ? undefined : await textOf(join(resolve(dirname(git), elsewhere), 'HEAD'));
}

/** What cannot be read is as good as not there: the folder is not known to be under git. */
async function textOf(file: string): Promise<string | undefined> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch {
    return undefined;
  }
}
