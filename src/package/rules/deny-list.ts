/**
 * Files that never belong in a deployed zip: private keys, credentials, kdb licences, and files that only a
 * developer's tools read. Such a file is packed only if a pattern in the target's `include` names it.
 */

/**
 * gitignore patterns of four simple forms: a name, a name's beginning (`.env*`), an extension (`*.pem`), a
 * name's end (`*_accessKeys.csv`). Thanks to these forms, two look-ups in tables compare a name with most of
 * the patterns. A pattern that ends with a slash matches only folders. Case is ignored. A copy of a listed file
 * counts as listed. `node_modules/` contains no secrets, but also nothing that q could load, and often more
 * files than all other folders.
 */
const DENY_LIST: readonly string[] = [
  // Version control; `.git` is a file in worktrees and submodules.
  ...['.git', '.hg', '.svn', '.bzr', '.jj', '_darcs/', 'CVS/'],
  // Editors, desktops and npm.
  ...['.vscode/', '.idea/', '.DS_Store', 'Thumbs.db', 'desktop.ini', 'node_modules/'],
  // Slipway's own files, and the ignore files.
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
  '*.lic',
  // Credentials files of common tools.
  ...['.aws/', '.azure/', '.gcloud/', '.kube/', '.docker/', 'credentials', 'credentials.json'],
  ...['kubeconfig', 'kubeconfig.yaml', 'kubeconfig.yml', '*.kubeconfig'],
  // Names that the AWS console gives to downloads.
  ...['credentials.csv', '*_credentials.csv', 'accessKeys.csv', '*_accessKeys.csv', 'rootkey.csv'],
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
    '.boto',
    '.dockercfg',
    '.vault-token',
  ],
];

const isExtension = (pattern: string): boolean => pattern.startsWith('*.');
const isAffixed = (pattern: string): boolean => pattern.includes('*') && !isExtension(pattern);

const extensions = tableOf(DENY_LIST.filter(isExtension), (pattern) => pattern.slice(1));
const wholeNames = tableOf(
  DENY_LIST.filter((pattern) => !pattern.includes('*')),
  (pattern) => pattern.replace(/\/$/, ''),
);
const affixed = DENY_LIST.filter(isAffixed).map((pattern) => {
  const [start = '', end = ''] = pattern.toLowerCase().split('*');
  return { start, end, pattern };
});

function tableOf(patterns: readonly string[], key: (pattern: string) => string): ReadonlyMap<string, string> {
  return new Map(patterns.map((pattern) => [key(pattern).toLowerCase(), pattern]));
}

/**
 * The pattern of the deny list that matches the name of a file or folder. If no pattern matches and the name
 * is that of a copy, such as `key.pem.bak`, the original's name is matched.
 */
export function deniedBy(name: string, isFolder: boolean): string | undefined {
  const lower = name.toLowerCase();
  const pattern = patternOf(lower) ?? (COPY.test(lower) ? patternOf(originalOf(lower)) : undefined);
  return pattern?.endsWith('/') && !isFolder ? undefined : pattern;
}

function patternOf(name: string): string | undefined {
  const pattern = wholeNames.get(name) ?? extensions.get(name.slice(name.lastIndexOf('.')));
  if (pattern !== undefined) return pattern;
  for (const { start, end, pattern } of affixed)
    if (name.startsWith(start) && name.endsWith(end)) return pattern;
  return undefined;
}

/**
 * Texts that people and programs append to the name of a copy: `.bak`, `~`, `_old`, `.2024-01-31`, ` (1)`, ` - Copy`.
 */
const COPY_MARK =
  '(?:~|[ ._-]{1,3}(?:bak|backup|old|orig|original|saved?|sav|copy|prev|previous|tmp|temp|swp|b64|base64|bk|bkp)[0-9]{0,14}|[._-][0-9]{1,14}|[ _]?\\([0-9]{1,4}\\))';
const BEFORE_MARK = '^(?:copy of |backup of |old[ _-]|backup[ _-]|bak[ _-])';
const COPY = new RegExp(`${BEFORE_MARK}|${COPY_MARK}(?:\\.[a-z0-9]{1,10})?$`);
const MARKS = new RegExp(`${BEFORE_MARK}|${COPY_MARK}$`, 'g');
const MARKS_BEFORE_EXTENSION = new RegExp(`${COPY_MARK}(?=\\.[a-z0-9]{1,10}$)`);

/**
 * The original's name for the name of a copy: `k4.lic` for `k4.lic.bak`, `credentials.json` for `copy of
 * credentials (1).json`. Any other name is returned unchanged.
 */
function originalOf(name: string): string {
  const plain = name.replace(MARKS, '').replace(MARKS_BEFORE_EXTENSION, '');
  return plain === name || plain === '' ? name : originalOf(plain);
}

/**
 * Returns true if one segment of `pattern`, read as a file name in which `*` and `?` are ordinary
 * characters, matches `denied`, a pattern of the deny list. So `certs/*.pem` names the files of
 * `*.pem`; `*` and `**` name nothing.
 */
export function names(pattern: string, denied: string): boolean {
  return pattern
    .trimEnd()
    .split('/')
    .some((segment) => deniedBy(segment, true) === denied);
}
