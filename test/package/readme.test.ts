/** README.md tells what never leaves a folder by itself. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { deniedBy } from '../../src/package/rules/deny-list';

const text = readFileSync(resolve(import.meta.dirname, '../../README.md'), 'utf8').replace(/\s+/g, ' ');
const [list = ''] = /\*\*What leaves your folder\.\*\*.*?(?= - \*\*)/.exec(text) ?? [];

test.each([
  ['version control folders', ['.git', '.hg', '.svn', 'CVS']],
  ['`node_modules`', ['node_modules']],
  ['files of editors and desktops', ['.vscode', '.idea', '.DS_Store', 'Thumbs.db', 'desktop.ini']],
  ['`slipway.json` and the ignore files', ['slipway.json', '.slipwayignore', '.kxignore', '.gitignore']],
  ['`.env` files', ['.env', '.env.local']],
  ['private keys', ['a.pem', 'id_ed25519', '.ssh']],
  ['credentials files', ['.aws', '.netrc', 'credentials.json']],
  ['kdb licences', ['kc.lic']],
])('%s', (words, names) => {
  expect(list).toContain(words);
  expect(names.filter((name) => deniedBy(name, true) === undefined)).toEqual([]);
});
