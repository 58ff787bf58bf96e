/** The paths of the shared AWS files. */
import { homedir } from 'node:os';
import type { Environment } from '../contract';

/** The two kinds of file. In the credentials file, headings name a profile without the word `profile`. */
export type FileKind = 'config' | 'credentials';

const VARIABLES: Readonly<Record<FileKind, string>> = {
  config: 'AWS_CONFIG_FILE',
  credentials: 'AWS_SHARED_CREDENTIALS_FILE',
};

/**
 * The path of a file, with variables and `~` replaced in the same way as by botocore. If the environment
 * variable that names the file is empty, the path is empty too, and the file counts as missing.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/file-location.html
 */
export function pathOf(kind: FileKind, env: Environment): string {
  const path = (env[VARIABLES[kind]] ?? `~/.aws/${kind}`).replace(
    /\$(?:(\w+)|\{([^}]*)\})/g,
    (whole, name: string | undefined, braced: string | undefined) => env[name ?? braced ?? ''] ?? whole,
  );
  return /^~(?=$|[/\\])/.test(path) ? homeOf(env) + path.slice(1) : path;
}

function homeOf(env: Environment): string {
  const home = env[process.platform === 'win32' ? 'USERPROFILE' : 'HOME'] ?? homedir();
  return home.replace(/[/\\]+$/, '');
}
