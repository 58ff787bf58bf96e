/** Which files are in the zip, and by which rule the others are not. */
import { expect, test } from 'vitest';
import type { LeftOut, PackRequest } from '../../src/package/packer';
import { ALWAYS, newPacker, requestFor, temporaryFolder, write } from './fixture';

const packer = newPacker();

interface Outcome {
  readonly paths: readonly string[];
  readonly leftOut: readonly LeftOut[];
}

async function scan(
  files: readonly string[],
  rules: Readonly<Record<string, string>>,
  more: Partial<PackRequest> = {},
): Promise<Outcome> {
  const root = temporaryFolder();
  write(root, { ...Object.fromEntries(files.map((path) => [path, path])), ...rules });
  const { manifest, leftOut } = await packer.scan(requestFor(root, more), ALWAYS);
  return {
    paths: manifest.entries.map(({ path }) => path),
    leftOut: leftOut.filter(({ path }) => !(path in rules)),
  };
}

test('without any rule everything is in', async () => {
  const { paths, leftOut } = await scan(['a.q', 'lib/b.q', '.hidden', 'lib/.keep'], {});
  expect(paths).toEqual(['.hidden', 'a.q', 'lib/.keep', 'lib/b.q']);
  expect(leftOut).toEqual([]);
});

test('.slipwayignore and .kxignore are always read, .gitignore when asked for; each says what it left out', async () => {
  const files = ['a.q', 'a.log', 'b.bak', 'c.tmp'];
  const rules = { '.slipwayignore': '*.log\n', '.kxignore': '*.bak\n', '.gitignore': '*.tmp\n' };
  const without = await scan(files, rules);
  expect(without.paths).toEqual(['a.q', 'c.tmp']);
  expect(without.leftOut).toEqual([
    { path: 'a.log', source: '.slipwayignore', rule: '*.log' },
    { path: 'b.bak', source: '.kxignore', rule: '*.bak' },
  ]);
  const withGit = await scan(files, rules, { useGitignore: true });
  expect(withGit.paths).toEqual(['a.q']);
  expect(withGit.leftOut).toContainEqual({ path: 'c.tmp', source: '.gitignore', rule: '*.tmp' });
});

test('the files of rules are left out themselves', async () => {
  const root = temporaryFolder();
  write(root, { 'a.q': '', '.slipwayignore': '# nothing\n', 'lib/.gitignore': '', 'slipway.json': '{}' });
  const { manifest, leftOut } = await packer.scan(requestFor(root), ALWAYS);
  expect(manifest.entries.map(({ path }) => path)).toEqual(['a.q']);
  expect(leftOut.map(({ path, source }) => [path, source])).toEqual([
    ['.slipwayignore', 'built-in'],
    ['lib/.gitignore', 'built-in'],
    ['slipway.json', 'built-in'],
  ]);
});

test('what a stronger file says counts over a weaker one', async () => {
  const { paths } = await scan(
    ['keep.log', 'drop.log', 'x.bak'],
    {
      '.gitignore': '*.log\n*.bak\n',
      '.kxignore': '!keep.log\n',
      '.slipwayignore': '!x.bak\n',
    },
    { useGitignore: true },
  );
  expect(paths).toEqual(['keep.log', 'x.bak']);
});

test('a folder that is left out is listed as one, and nothing in it comes back by a line of an ignore file', async () => {
  const { paths, leftOut } = await scan(['tmp/a.q', 'tmp/deep/b.q', 'c.q'], {
    '.slipwayignore': 'tmp/\n!tmp/a.q\n',
  });
  expect(paths).toEqual(['c.q']);
  expect(leftOut).toEqual([{ path: 'tmp/', source: '.slipwayignore', rule: 'tmp/' }]);
});

test('a folder that a stronger file brings back is back with all that is in it', async () => {
  const { paths } = await scan(['build/a.q', 'build/deep/b.q'], {
    '.kxignore': 'build/\n',
    '.slipwayignore': '!build/\n',
  });
  expect(paths).toEqual(['build/a.q', 'build/deep/b.q']);
});

test('patterns of a nested file count from its folder', async () => {
  const { paths, leftOut } = await scan(
    ['a.csv', 'lib/a.csv', 'lib/deep/a.csv', 'lib/top.q', 'lib/deep/top.q', 'top.q', 'lib/x/y.q', 'x/y.q'],
    { 'lib/.slipwayignore': '*.csv\n/top.q\nx/y.q\n!deep/a.csv\n' },
  );
  expect(paths).toEqual(['a.csv', 'lib/deep/a.csv', 'lib/deep/top.q', 'top.q', 'x/y.q']);
  expect(leftOut.map(({ path, rule }) => `${path} ${rule}`)).toEqual([
    'lib/a.csv *.csv',
    'lib/top.q /top.q',
    'lib/x/y.q x/y.q',
  ]);
});

test('a nested file in a folder with special letters counts from there', async () => {
  const { paths } = await scan(['[a]*?/x.csv', 'a/x.csv', '[a]*?/y.q'], {
    '[a]*?/.slipwayignore': 'x.csv\n',
  });
  expect(paths).toEqual(['[a]*?/y.q', 'a/x.csv']);
});

test('the request leaves out over every file, and includes over everything', async () => {
  const { paths, leftOut } = await scan(
    ['a.csv', 'b.csv', 'c.csv'],
    { '.slipwayignore': '!a.csv\nc.csv\n' },
    {
      ignore: ['a.csv', 'b.csv'],
      include: ['b.csv', 'c.csv'],
    },
  );
  expect(paths).toEqual(['b.csv', 'c.csv']);
  expect(leftOut).toEqual([{ path: 'a.csv', source: 'target', rule: 'a.csv' }]);
});

test('an include that starts with folders reaches into folders that are left out', async () => {
  const { paths, leftOut } = await scan(
    ['vendor/a/x.q', 'vendor/a/y.q', 'vendor/b/z.q'],
    { '.slipwayignore': 'vendor/\n' },
    {
      include: ['vendor/a/x.q'],
    },
  );
  expect(paths).toEqual(['vendor/a/x.q']);
  expect(leftOut).toEqual([
    { path: 'vendor/a/y.q', source: '.slipwayignore', rule: 'vendor/' },
    { path: 'vendor/b/', source: '.slipwayignore', rule: 'vendor/' },
  ]);
});

test('an include that may match anywhere does not open folders that are left out', async () => {
  const { paths } = await scan(
    ['vendor/a.q', 'node_modules/m/b.q', 'c.q'],
    { '.slipwayignore': 'vendor/\n' },
    { include: ['*.q'] },
  );
  expect(paths).toEqual(['c.q']);
});

test('capitals make a difference in patterns, not in the deny list', async () => {
  const { paths } = await scan(['A.LOG', 'b.log', 'ID_RSA', 'KC.LIC'], { '.slipwayignore': '*.log\n' });
  expect(paths).toEqual(['A.LOG']);
});

const DENIED = [
  '.git/config',
  '.hg/store',
  '.svn/entries',
  '.vscode/settings.json',
  '.idea/workspace.xml',
  'node_modules/a/index.js',
  '.env',
  '.env.local',
  '.envrc',
  'server.pem',
  'tls.key',
  'store.p12',
  'store.pfx',
  'trust.jks',
  'putty.ppk',
  'id_rsa',
  'id_ed25519',
  '.ssh/known_hosts',
  'kc.lic',
  'k4.lic',
  'kx.lic',
  '.aws/credentials',
  'credentials',
  '.netrc',
  '.npmrc',
  '.pgpass',
  '.git-credentials',
  '.kube/config',
  'slipway.json',
  '.DS_Store',
];

test('the deny list leaves out keys, licences, credentials and tools, wherever they lie', async () => {
  const files = DENIED.flatMap((path) => [path, `deep/er/${path}`]);
  const { paths, leftOut } = await scan(
    [...files, 'id_rsa.pub', 'kc.lic.txt', 'environment.q', 'credential/auth.q'],
    {},
  );
  expect(paths).toEqual(['credential/auth.q', 'environment.q', 'id_rsa.pub', 'kc.lic.txt']);
  expect(new Set(leftOut.map(({ source }) => source))).toEqual(new Set(['built-in']));
  expect(leftOut).toContainEqual({ path: 'deep/er/server.pem', source: 'built-in', rule: '*.pem' });
  expect(leftOut).toContainEqual({ path: '.git/', source: 'built-in', rule: '.git' });
});

const COPIES: readonly string[] = [
  ...[
    'k4.lic.bak',
    'k4.lic~',
    'K4.LIC.OLD',
    'kc.lic.2024',
    'kx.lic.2024-01-31',
    'k4 (1).lic',
    'k4-prod.lic',
    'site.lic',
  ],
  ...['copy of k4.lic', 'k4.lic - Copy', 'k4 - Copy (2).lic', 'k4.lic.b64', 'k4.lic.bak.1', 'old_k4.lic'],
  ...[
    'credentials.bak',
    'credentials (1)',
    'credentials copy.json',
    'credentials_old.json',
    'credentials.json.orig',
  ],
  ...['credentials.csv', 'svc_credentials.csv', 'svc_accessKeys.csv', 'accessKeys (1).csv', 'rootkey.csv'],
  ...['id_rsa.bak', 'id_rsa_old', 'id_ed25519.save', 'tls.key.bak', 'ca.pem.orig', '.netrc.old', '.pgpass~'],
  ...['kubeconfig.yaml', 'prod.kubeconfig', 'kubeconfig.bak', '.aws.bak/config', '.ssh_old/known_hosts'],
];
const NO_COPIES: readonly string[] = [
  ...[
    'backup.q',
    'bak',
    'copy.q',
    'credentials.q',
    'credentials_old.q',
    'id_rsa.pub',
    'id_rsa.pub.bak',
    'k4.lic.q',
  ],
  ...['licence.bak', 'old_prices.csv', 'prices (1).csv', 'prices.2024-01-31', 'sym~', 'trade_2.csv', 'x.bak'],
];

test('the deny list leaves out copies of licences, keys and credentials, and no other copies', async () => {
  const { paths, leftOut } = await scan([...COPIES, ...NO_COPIES], {});
  expect(paths).toEqual([...NO_COPIES].sort());
  expect(leftOut).toContainEqual({ path: 'k4.lic.bak', source: 'built-in', rule: '*.lic' });
  expect((await scan(COPIES, {}, { include: ['k4.lic.bak', '*.bak', '*'] })).paths).toEqual(['k4.lic.bak']);
});

test.each([
  { include: ['.env'], comes: ['.env', 'lib/.env'] },
  { include: ['/.env'], comes: ['.env'] },
  { include: ['certs/*.pem'], comes: ['certs/ca.pem'] },
  { include: ['*.pem'], comes: ['certs/ca.pem'] },
  { include: ['.git/config'], comes: ['.git/config'] },
  { include: ['.git'], comes: ['.git/HEAD', '.git/config'] },
  { include: ['*'], comes: [] },
  { include: ['**/*'], comes: [] },
  { include: ['certs/**'], comes: [] },
  { include: ['.e*'], comes: [] },
  { include: ['lib/'], comes: [] },
])('$include brings back $comes of the deny list', async ({ include, comes }) => {
  const files = ['.env', 'lib/.env', 'certs/ca.pem', '.git/config', '.git/HEAD', 'a.q', 'lib/b.q'];
  const { paths } = await scan(files, {}, { include });
  expect(paths.filter((path) => !path.endsWith('.q'))).toEqual(comes);
});

test.each([
  { rules: { '.slipwayignore': '!.env\n!ca.pem\n' } },
  { rules: { 'lib/.slipwayignore': '!.env\n' } },
  { rules: { '.slipwayignore': '!/.env\n!lib/.env\n!*.pem\n!*\n!**\n' } },
  { rules: { '.kxignore': '!.env\n', '.gitignore': '!.env\n' } },
])('no line of an ignore file brings a denied file back: $rules', async ({ rules }) => {
  const files = ['.env', 'lib/.env', 'ca.pem', 'a.q'];
  const { paths, leftOut } = await scan(files, rules, { useGitignore: true });
  expect(paths).toEqual(['a.q']);
  expect(leftOut).toContainEqual({ path: '.env', source: 'built-in', rule: '.env*' });
});

test('a denied file that include names comes back, whatever ignore files say of it', async () => {
  const files = ['.env', 'lib/.env'];
  const rules = { '.slipwayignore': '.env\n' };
  expect((await scan(files, rules, { include: ['/.env'] })).paths).toEqual(['.env']);
  expect((await scan(files, {}, { ignore: ['!.env'] })).paths).toEqual([]);
});
