/** Checks of the folder's content: emptiness, size, secrets, uncommitted work. */
import type { SecretFinding } from '../../package/packer';
import { declareCheck } from '../../plan/check';
import { block, pass, warn } from './check';

/** The most unpacked bytes of usual code. AWS has no limit, but larger code probably includes data by mistake. */
const LARGE = 512 * 1024 * 1024;
/** A finding lists the places of at most this many secrets; its `count` is the number of all places. */
const LISTED = 50;

const CONTENT = declareCheck('content', {
  'content.files': pass<{ readonly files: number }>(),
  'content.empty': block('choose-folder'),
});

/** `files`: the number of files in the zip. */
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

/** `count`: the number of all places with a probable secret; `places`: the first of these places. */
interface Secrets {
  readonly count: number;
  readonly places: readonly Pick<SecretFinding, 'path' | 'line' | 'pattern'>[];
}

const SECRETS = declareCheck('secrets', {
  'secrets.none': pass(),
  'secrets.found': warn<Secrets>('leave-out'),
});

/** Names the places of probable secrets, never the secrets themselves. */
export function secretsCheck(findings: readonly SecretFinding[]) {
  return findings.length === 0
    ? SECRETS.found('secrets.none')
    : SECRETS.found('secrets.found', {
        count: findings.length,
        places: findings.slice(0, LISTED).map(({ path, line, pattern }) => ({ path, line, pattern })),
      });
}

/** The commit that is checked out in a folder, according to git. */
export interface GitState {
  readonly commit: string;
  /** Files are changed, added or removed since that commit. */
  readonly dirty: boolean;
}

const GIT = declareCheck('git', {
  'git.clean': pass<{ readonly commit: string }>(),
  'git.uncommitted': warn<{ readonly commit: string }>('commit'),
  /** No deployment depends on a commit, so the check passes without one. */
  'git.unknown': pass(),
});

/** `git`: undefined where the folder is not in a git repository, or where this is not known. */
export function gitCheck(git: GitState | undefined) {
  if (git === undefined) return GIT.found('git.unknown');
  return GIT.found(git.dirty ? 'git.uncommitted' : 'git.clean', { commit: git.commit });
}
