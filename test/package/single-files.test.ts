/** Single files are judged as the walk judges them, with all that can stand in rules. */
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, sep } from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished, test, vi } from 'vitest';
import { localFiles } from '../../src/deploy/on-save/local-files';
import { FolderRules, IGNORE_FILES } from '../../src/package/rules/folder-rules';
import { isOuterRules, SingleFiles, type SingleFilesRequest } from '../../src/package/rules/single-files';
import { DiskFolder } from '../../src/package/walk/disk-folder';
import { walk } from '../../src/package/walk/walk';
import { casesOf } from '../cases';
import { temporaryFolder, write } from './fixture';
import { build, environmentOf, placesOf, world } from './git-worlds';

const root = join(temporaryFolder(), 'root');

function empty(): void {
  rmSync(root, { recursive: true, force: true });
  mkdirSync(root, { recursive: true });
}

function filesOf(request: SingleFilesRequest) {
  const read: string[] = [];
  const files = new SingleFiles(request, async (path) => {
    read.push(path);
    try {
      return readFileSync(join(root, path), 'utf8');
    } catch {
      return undefined;
    }
  });
  return { files, read };
}

const segment = fc.constantFrom('a', 'b', 'a.q', 'b.log', '.env', 'node_modules', '.git', 'x y');
const path = fc.array(segment, { minLength: 1, maxLength: 4 }).map((segments) => segments.join('/'));
const pattern = fc
  .tuple(
    fc.constantFrom('', '', '!'),
    fc.constantFrom('', '/', '**/'),
    fc.oneof(segment, fc.constantFrom('*', '*.q', 'a/b', 'a/.env', 'node_modules/a', 'a/**')),
    fc.constantFrom('', '/'),
  )
  .map((parts) => parts.join(''));
const patterns = fc.array(pattern, { maxLength: 3 });
const place = fc.tuple(fc.constantFrom('', 'a/', 'b/', 'a/b/'), fc.constantFrom(...IGNORE_FILES));

test('as a walk would take them, whatever the rules', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(path, { minLength: 1, maxLength: 12 }),
      fc.array(fc.tuple(place, patterns), { maxLength: 3 }),
      fc.record({
        include: patterns.map((all) => all.filter((one) => !one.startsWith('!'))),
        ignore: patterns,
        useGitignore: fc.boolean(),
      }),
      async (paths, rules, request) => {
        empty();
        for (const one of paths) tryToWrite(one, '');
        for (const [[folder, name], lines] of rules) tryToWrite(`${folder}${name}`, lines.join('\n'));
        const found = walk(new DiskFolder(root), FolderRules.of(request), () => undefined);
        const packed = new Set(found.files.map((file) => file.path));
        const { files } = filesOf(request);
        for (const one of everyFile()) {
          if (IGNORE_FILES.some((name) => one.endsWith(name))) continue;
          expect([one, await files.concerns(one, false)]).toEqual([one, packed.has(one)]);
        }
      },
    ),
    casesOf(300),
  );
});

test('as a walk would take them, with git’s own rules and those above the folder', async () => {
  const base = temporaryFolder();
  for (const [name, value] of Object.entries(environmentOf({ home: join(base, 'home') })))
    vi.stubEnv(name, value);
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  await fc.assert(
    fc.asyncProperty(world, patterns, async (made, above) => {
      const places = placesOf(base, made);
      build(places, made);
      write(places.top, { '.slipwayignore': above.join('\n') });
      const request = { include: [], ignore: [], useGitignore: true, below: made.way.join('/') };
      const walked = walk(new DiskFolder(places.packed), FolderRules.of(request), () => undefined);
      const packed = walked.files.map((file) => file.path);
      const { read, git } = localFiles(places.packed);
      const files = new SingleFiles(request, read, git);
      for (const one of everyFile(places.packed)) {
        if (one.startsWith('.git/') || IGNORE_FILES.some((name) => one.endsWith(name))) continue;
        expect([one, await files.concerns(one, false)]).toEqual([one, packed.includes(one)]);
      }
    }),
    casesOf(150),
  );
});

/** A path may want to be a folder of another one that is a file already, or the reverse. */
function tryToWrite(one: string, text: string): void {
  try {
    write(root, { [one]: text });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
  }
}

function everyFile(folder = root): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((item) => item.isFile())
    .map((item) =>
      join(item.parentPath, item.name)
        .slice(folder.length + 1)
        .replaceAll(sep, '/'),
    );
}

test.each([
  ['.git/info/exclude', true, false],
  ['../.git/info/exclude', true, false],
  ['../../../.gitignore', true, false],
  ['../.slipwayignore', true, true],
  ['../../.kxignore', true, true],
  ['../../../.slipwayignore', false, false],
  ['.slipwayignore', false, false],
  ['.gitignore', false, false],
  ['../lib/.gitignore', false, false],
  ['../a.q', false, false],
])('%s counts from outside of the folder: with git %s, without %s', (path, withGit, without) => {
  const request = { include: [], ignore: [], below: 'code/q' };
  expect(isOuterRules(path, { ...request, useGitignore: true })).toBe(withGit);
  expect(isOuterRules(path, { ...request, useGitignore: false })).toBe(without);
});

test('an ignore file that counts concerns the zip, one in a folder that is left out does not', async () => {
  empty();
  write(root, { '.slipwayignore': 'out/\n' });
  const { files } = filesOf({ include: [], ignore: [], useGitignore: false });
  expect(await files.concerns('lib/.kxignore', false)).toBe(true);
  expect(await files.concerns('lib/.gitignore', false)).toBe(false);
  expect(await files.concerns('out/.kxignore', false)).toBe(false);
  expect(await files.concerns('out', true)).toBe(false);
});

test('what rules say is read once, until it is forgotten; in a folder that is left out nothing is read', async () => {
  empty();
  write(root, { '.slipwayignore': '*.log\n' });
  const { files, read } = filesOf({ include: [], ignore: [], useGitignore: false });
  for (let count = 0; count < 100; count += 1) {
    expect(await files.concerns(`a/${count}.log`, false)).toBe(false);
    expect(await files.concerns(`node_modules/${count}/index.q`, false)).toBe(false);
  }
  expect(read.sort()).toEqual(['.kxignore', '.slipwayignore', 'a/.kxignore', 'a/.slipwayignore']);
  write(root, { '.slipwayignore': '*.csv\n' });
  files.forget();
  expect(await files.concerns('a/0.log', false)).toBe(true);
});
