/** Checks of what is in the folder: emptiness, size, secrets, uncommitted work. */
import type { SecretFinding } from '../../package/packer';
import { declareCheck } from '../../plan/check';
import { block, pass, warn } from './check';

/** AWS names no limit; code of more than this (bytes, unpacked) is more likely data that was swept along. */
const LARGE = 512 * 1024 * 1024;
/** How many places are listed; the number of all is told as well. */
const LISTED = 50;

const CONTENT = declareCheck('content', {
  'content.files': pass<{ readonly files: number }>(),
  'content.empty': block('choose-folder'),
});

/** `files`: how many the zip holds. */
export function contentCheck(files: number) {
  return files === 0 ? CONTENT.found('content.empty') : CONTENT.found('content.files', { files });
}

const SIZE = declareCheck('size', {
  'size.usual': pass<{ readonly bytes: number }>(),
  'size.large': warn<{ readonly bytes: number }>('leave-out'),
});

/** `bytes`: sum of the unpacked sizes. */
export function sizeCheck(bytes: number) {
  return SIZE.found(bytes > LARGE ? 'size.large' : 'size.usual', { bytes });
}

/** `count`: of all places; so many of them are listed. */
interface Secrets {
  readonly count: number;
  readonly places: readonly Pick<SecretFinding, 'path' | 'line' | 'pattern'>[];
}

const SECRETS = declareCheck('secrets', {
  'secrets.none': pass(),
  'secrets.found': warn<Secrets>('leave-out'),
});

/** Places that look like secrets; never the secret itself. */
export function secretsCheck(findings: readonly SecretFinding[]) {
  return findings.length === 0
    ? SECRETS.found('secrets.none')
    : SECRETS.found('secrets.found', {
        count: findings.length,
        places: findings.slice(0, LISTED).map(({ path, line, pattern }) => ({ path, line, pattern })),
      });
}

/** A commit of the folder, as git tells it. */
export interface GitState {
  readonly commit: string;
  /** Files are changed, added or removed since that commit. */
  readonly dirty: boolean;
}

const GIT = declareCheck('git', {
  'git.clean': pass<{ readonly commit: string }>(),
  'git.uncommitted': warn<{ readonly commit: string }>('commit'),
  /** Nothing depends on it. */
  'git.unknown': pass(),
});

/** Undefined: the folder is in no git repository, or nobody could tell. */
export function gitCheck(git: GitState | undefined) {
  if (git === undefined) return GIT.found('git.unknown');
  return GIT.found(git.dirty ? 'git.uncommitted' : 'git.clean', { commit: git.commit });
}
