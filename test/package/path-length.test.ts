/** Paths as long as a zip can name, which no disk holds. */
import { expect, test } from 'vitest';
import { FolderRules } from '../../src/package/rules/folder-rules';
import type { FolderReader } from '../../src/package/walk/folder-reader';
import { type SoFar, walk } from '../../src/package/walk/walk';

/** A folder with one file of a given path, two bytes long. */
function folderWith(path: string): FolderReader {
  const segments = path.split('/');
  return {
    list: (folder) => {
      const depth = folder === '' ? 0 : folder.split('/').length;
      return [{ name: segments[depth] ?? '', kind: depth === segments.length - 1 ? 'file' : 'folder' }];
    },
    stat: () => ({ size: 2, modifiedMs: 0, changedMs: 0, inode: 0, device: 0, executable: false }),
    text: () => '',
    outerRules: () => ({ files: [] }),
    repository: () => undefined,
    follow: () => ({ kind: 'none', code: 'unknown-target' }),
    isExact: () => true,
  };
}

const RULES = FolderRules.of({ include: [], ignore: [], useGitignore: false });
const MOST = 65_535;

test.each([
  ['letters of one byte', 'a', 1],
  ['letters of two bytes', 'é', 2],
  ['letters of three bytes', '日', 3],
])('a path of %s is as long as 65,535 bytes, and no longer', (_, letter, bytes) => {
  const folder = `${'f'.repeat(200)}/`;
  const longest =
    folder + letter.repeat((MOST - folder.length) / bytes) + 'a'.repeat((MOST - folder.length) % bytes);
  expect(Buffer.byteLength(longest)).toBe(MOST);
  const heard: SoFar[] = [];
  const { files } = walk(folderWith(longest), RULES, (soFar) => heard.push(soFar));
  expect(files.map(({ path }) => path)).toEqual([longest]);
  // The inner folder is over first.
  expect(heard).toEqual([
    { files: 1, bytes: 2 },
    { files: 1, bytes: 2 },
  ]);
  expect(() => walk(folderWith(`${longest}a`), RULES, () => undefined)).toThrow(
    expect.objectContaining({
      failure: { kind: 'refused', code: 'path-too-long', facts: { path: `${longest}a` } },
    }),
  );
});

test('whoever hears of a folder can stop the walk', () => {
  const stop = (): never => {
    throw new Error('stop');
  };
  expect(() => walk(folderWith('lib/a.q'), RULES, stop)).toThrow('stop');
});
