/**
 * What never belongs into a deployed zip: private keys, credentials, kdb licences, and what only tools on a
 * developer's machine read. Only a rule that names it brings such a file back.
 */

/**
 * gitignore patterns of three simple forms, so that most names are dismissed by one look into a table: a name, a
 * name's beginning (`.env*`), an extension (`*.pem`). A slash at the end: folders only. Capitals make no difference.
 *
 * `node_modules/` holds no secrets, but nothing that q could load either, and often more files than all the rest.
 */
const DENY_LIST: readonly string[] = [
  // Version control; `.git` is a file in worktrees and submodules.
  ...['.git', '.hg', '.svn', '.bzr', '.jj', '_darcs/', 'CVS/'],
  // Editors and desktops.
  ...['.vscode/', '.idea/', '.DS_Store', 'Thumbs.db', 'desktop.ini', 'node_modules/'],
  // Slipway's own files, and what says which files to leave out.
  ...['slipway.json', '.slipwayignore', '.kxignore', '.gitignore'],
  '.env*',
  // Private keys and key stores.
  ...[
    '*.pem',
    '*.key',
    '*.p8',
    '*.p12',
    '*.pfx',
    '*.ppk',
    '*.jks',
    '*.keystore',
    '*.kdbx',
    '.ssh/',
    '.gnupg/',
  ],
  ...['id_rsa', 'id_dsa', 'id_ecdsa', 'id_ed25519', 'id_ecdsa_sk', 'id_ed25519_sk'],
  // kdb+ licences: https://code.kx.com/q/learn/licensing/
  ...['kc.lic', 'k4.lic', 'kx.lic'],
  // Credentials files of common tools.
  ...['.aws/', '.azure/', '.gcloud/', '.kube/', '.docker/', 'credentials', 'credentials.json', 'kubeconfig'],
  ...[
    '.netrc',
    '_netrc',
    '.npmrc',
    '.pypirc',
    '.pgpass',
    '.my.cnf',
    '.git-credentials',
    '.htpasswd',
    '.s3cfg',
  ],
];

const isExtension = (pattern: string): boolean => pattern.startsWith('*.');
const isBeginning = (pattern: string): boolean => !isExtension(pattern) && pattern.endsWith('*');

const extensions = tableOf(DENY_LIST.filter(isExtension), (pattern) => pattern.slice(1));
const beginnings = tableOf(DENY_LIST.filter(isBeginning), (pattern) => pattern.slice(0, -1));
const wholeNames = tableOf(
  DENY_LIST.filter((pattern) => !isExtension(pattern) && !isBeginning(pattern)),
  (pattern) => pattern.replace(/\/$/, ''),
);

function tableOf(patterns: readonly string[], key: (pattern: string) => string): ReadonlyMap<string, string> {
  return new Map(patterns.map((pattern) => [key(pattern).toLowerCase(), pattern]));
}

/** The pattern of the deny list that a file's or a folder's own name matches. */
export function deniedBy(name: string, isFolder: boolean): string | undefined {
  const lower = name.toLowerCase();
  const pattern =
    wholeNames.get(lower) ?? extensions.get(lower.slice(lower.lastIndexOf('.'))) ?? beginningOf(lower);
  return pattern?.endsWith('/') && !isFolder ? undefined : pattern;
}

function beginningOf(name: string): string | undefined {
  for (const [start, pattern] of beginnings) if (name.startsWith(start)) return pattern;
  return undefined;
}

/**
 * Whether a pattern names what a pattern of the deny list is about: one of its segments, read letter by letter with
 * its wildcards as they stand, is itself of that kind. `certs/*.pem` names `*.pem`; `*` and `**` name nothing.
 */
export function names(pattern: string, denied: string): boolean {
  return pattern
    .trimEnd()
    .split('/')
    .some((segment) => deniedBy(segment, true) === denied);
}
