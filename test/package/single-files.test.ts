/** Single files are judged as the walk judges them, with all that can stand in rules. */
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, sep } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FolderRules, IGNORE_FILES } from '../../src/package/rules/folder-rules';
import { SingleFiles, type SingleFilesRequest } from '../../src/package/rules/single-files';
import { DiskFolder } from '../../src/package/walk/disk-folder';
import { walk } from '../../src/package/walk/walk';
import { temporaryFolder, write } from './fixture';

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
    { numRuns: 300 },
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

function everyFile(): readonly string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((item) => item.isFile())
    .map((item) =>
      join(item.parentPath, item.name)
        .slice(root.length + 1)
        .replaceAll(sep, '/'),
    );
}

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
