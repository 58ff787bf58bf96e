/** Whatever a folder looks like, no denied file is in its zip unless the request names it, under no name and by no link. */
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  array,
  assert,
  asyncProperty,
  boolean,
  constantFrom,
  oneof,
  record,
  subarray,
  tuple,
} from 'fast-check';
import { expect, test } from 'vitest';
import { casesOf } from '../cases';
import { ALWAYS, newPacker, requestFor, temporaryFolder, unzip } from './fixture';

const SECRETS = [
  '.env',
  '.env.prod',
  '.ENV',
  'a.pem',
  'B.PEM',
  'tls.key',
  'id_rsa',
  'id_ed25519',
  'kc.lic',
  'K4.lic',
  'x.p12',
  '.netrc',
  'credentials',
  '.npmrc',
];
const SECRET_FOLDERS = ['.git', '.aws', '.ssh', '.vscode', 'node_modules'];
const PLAIN = ['a.q', 'b.q', 'env.q', 'pem', 'key.q', 'git', 'data.csv', 'kc.lic.q', 'ünï.q'];

/** Written down anew, not taken from what is tested: what a path may not contain, and which rule names it. */
const FORBIDDEN: readonly { readonly component: RegExp; readonly named: string }[] = [
  { component: /^\.env/i, named: '.env*' },
  { component: /\.pem$/i, named: '*.pem' },
  { component: /\.key$/i, named: '*.key' },
  { component: /\.p12$/i, named: '*.p12' },
  { component: /^id_rsa$/i, named: 'id_rsa' },
  { component: /^(id_ed25519|k[4cx]\.lic|\.netrc|credentials|\.npmrc)$/i, named: 'nothing' },
  {
    component: /^(\.git|\.aws|\.ssh|\.vscode|node_modules|\.slipwayignore|\.kxignore|\.gitignore)$/i,
    named: 'nothing',
  },
];

function isForbidden(path: string, named: readonly string[]): boolean {
  return path
    .split('/')
    .some((component) =>
      FORBIDDEN.some((kind) => kind.component.test(component) && !named.includes(kind.named)),
    );
}

const name = constantFrom(...PLAIN, ...SECRETS);
const folder = oneof(
  constantFrom('lib', 'lib/deep', 'src', 'links'),
  constantFrom(...SECRET_FOLDERS),
  constantFrom('lib/.git', ''),
);
const place = tuple(folder, name).map(([where, what]) => (where === '' ? what : `${where}/${what}`));
const rule = constantFrom(
  '*',
  '**',
  '!*',
  '!**',
  '!**/*',
  'lib/',
  '!lib/',
  '!lib/**',
  '*.q',
  '!*.q',
  '!/.e*',
  'src/**',
  '!.*',
  '!?env',
);
const include = constantFrom('*', '**', '*.q', 'lib/**', '/lib', 'src/', '.*', '[.]env', '*.p*', 'links/*');

const world = record({
  files: array(place, { minLength: 1, maxLength: 12 }),
  links: array(
    record({
      at: place,
      to: oneof(place, folder, constantFrom('../outside', '../outside/secret.q', 'nowhere', '.')),
    }),
    { maxLength: 6 },
  ),
  rules: array(
    record({
      file: constantFrom('.slipwayignore', '.kxignore', '.gitignore', 'lib/.slipwayignore'),
      lines: array(rule, { maxLength: 4 }),
    }),
    { maxLength: 3 },
  ),
  include: array(include, { maxLength: 3 }),
  useGitignore: boolean(),
  /** Rules that do name something: the request's, which count, or lines of the root's ignore file, which do not. */
  named: subarray(['.env*', '*.pem', '*.key', '*.p12', 'id_rsa']),
  namedInFile: boolean(),
});

const packer = newPacker();
const top = temporaryFolder();
const root = join(top, 'root');
mkdirSync(join(top, 'outside'));
writeFileSync(join(top, 'outside/secret.q'), 'OUTSIDE');

/** Does what may fail because two things of the fuzzed tree want one place. */
function tryTo(write: () => void): void {
  try {
    write();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
  }
}

test('no denied file is in a zip unless the request names it', async () => {
  const cases = casesOf(1000);
  const request = requestFor(root);
  let filesSeen = 0;
  let namedSeen = 0;
  await assert(
    asyncProperty(world, async ({ files, links, rules, include, useGitignore, named, namedInFile }) => {
      rmSync(root, { recursive: true, force: true });
      mkdirSync(root);
      const lines = new Map<string, readonly string[]>(rules.map(({ file, lines }) => [file, lines]));
      if (namedInFile)
        lines.set('.slipwayignore', [
          ...(lines.get('.slipwayignore') ?? []),
          ...named.map((one) => `!${one}`),
        ]);
      for (const path of files) {
        tryTo(() => {
          mkdirSync(join(root, path, '..'), { recursive: true });
          // The content says where it lies, so that it is known again under another name.
          writeFileSync(join(root, path), `at:${path}`);
        });
      }
      for (const { at, to } of links) {
        tryTo(() => {
          mkdirSync(join(root, at, '..'), { recursive: true });
          symlinkSync(join(root, to), join(root, at));
        });
      }
      for (const [file, text] of lines) {
        tryTo(() => {
          mkdirSync(join(root, file, '..'), { recursive: true });
          writeFileSync(join(root, file), text.join('\n'));
        });
      }
      const freed = namedInFile ? [] : named;
      const all = [...include, ...freed];
      const { file } = await packer.pack({ ...request, include: all, useGitignore }, undefined, ALWAYS);
      for (const { path, content } of await unzip(file)) {
        const text = content.toString();
        expect(text).toMatch(/^at:/);
        expect(isForbidden(path, freed), path).toBe(false);
        expect(isForbidden(text.slice(3), freed), `${path} is ${text}`).toBe(false);
        filesSeen += 1;
        if (isForbidden(path, [])) namedSeen += 1;
      }
    }),
    cases,
  );
  // The property would hold of empty zips, too.
  expect(filesSeen).toBeGreaterThan(cases.numRuns);
  expect(namedSeen).toBeGreaterThan(cases.numRuns / 20);
});
