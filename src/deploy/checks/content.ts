/** Checks of what is in the folder: emptiness, size, secrets, uncommitted work. */
import type { SecretFinding } from '../../package/packer';
import type { GitState } from '../plan/plan';
import { type Check, check } from './check';

/** AWS names no limit; code of more than this (bytes, unpacked) is more likely data that was swept along. */
const LARGE = 512 * 1024 * 1024;
/** How many places are listed; the number of all is told as well. */
const LISTED = 50;

/** `files`: how many the zip holds. */
export function contentCheck(files: number): Check {
  return check('content', files === 0 ? 'empty' : 'files', { files });
}

/** `bytes`: sum of the unpacked sizes. */
export function sizeCheck(bytes: number): Check {
  return check('size', bytes > LARGE ? 'large' : 'usual', { bytes });
}

/** Places that look like secrets; never the secret itself. */
export function secretsCheck(findings: readonly SecretFinding[]): Check {
  return findings.length === 0
    ? check('secrets', 'none')
    : check('secrets', 'found', {
        count: findings.length,
        places: findings.slice(0, LISTED).map(({ path, line, pattern }) => ({ path, line, pattern })),
      });
}

/** Undefined: the folder is in no git repository, or nobody could tell. */
export function gitCheck(git: GitState | undefined): Check {
  if (git === undefined) return check('git', 'unknown');
  return check('git', git.dirty ? 'uncommitted' : 'clean', { commit: git.commit });
}
