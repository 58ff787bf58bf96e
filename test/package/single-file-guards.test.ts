/** What a single file is judged by, one rule at a time: what lies outside, what cannot be read, and what is forgotten. */
import { describe, expect, test } from 'vitest';
import type { OuterRules } from '../../src/package/rules/outer-rules';
import { type GitReader, SingleFiles, type SingleFilesRequest } from '../../src/package/rules/single-files';

const REQUEST: SingleFilesRequest = { include: [], ignore: [], useGitignore: false, below: 'code/q' };

/** Files by their path, which a test may change, and how often each was read. */
function given(files: Record<string, string>, request = REQUEST, git?: GitReader) {
  const read: string[] = [];
  const single = new SingleFiles(
    request,
    async (path) => {
      read.push(path);
      return files[path];
    },
    git,
  );
  return { single, read };
}

describe('a path that leads out of the folder', () => {
  test('concerns it where it is an ignore file that counts there, and is no folder', async () => {
    const { single, read } = given({});
    expect(await single.concerns('../.kxignore', false)).toBe(true);
    expect(await single.concerns('../.kxignore', true)).toBe(false);
    expect(await single.concerns('../a.q', false)).toBe(false);
    expect(read).toEqual([]);
  });
});

test('where rules cannot be read everything may be packed', async () => {
  const { single } = given({ '.slipwayignore': `*.log\n${'a'.repeat(5_000)}` });
  expect(await single.concerns('a.log', false)).toBe(true);
  const broken = new SingleFiles(REQUEST, async () => {
    throw new Error('the disk is gone');
  });
  await expect(broken.concerns('a.log', false)).rejects.toThrow('the disk is gone');
});

test.each(['../.kxignore', '.kxignore', 'lib/.kxignore'])(
  'what once could not be read is read again: %s',
  async (failing) => {
    let isAway = true;
    const single = new SingleFiles(REQUEST, async (path) => {
      if (path === failing && isAway) throw new Error('the disk is gone');
      return path === failing ? '*.log\n' : undefined;
    });
    await expect(single.concerns('lib/a.log', false)).rejects.toThrow('the disk is gone');
    isAway = false;
    expect(await single.concerns('lib/a.log', false)).toBe(false);
    expect(await single.concerns('lib/a.q', false)).toBe(true);
  },
);

test('what stands above counts until it is forgotten, which a change in the folder does not do', async () => {
  const files: Record<string, string> = { '../.kxignore': '*.log\n', '.kxignore': '*.tmp\n' };
  const { single, read } = given(files);
  const fates = async () => [await single.concerns('a.log', false), await single.concerns('a.tmp', false)];
  expect(await fates()).toEqual([false, false]);
  expect(read.toSorted()).toEqual([
    '../../.kxignore',
    '../../.slipwayignore',
    '../.kxignore',
    '../.slipwayignore',
    '.kxignore',
    '.slipwayignore',
  ]);
  files['../.kxignore'] = '';
  files['.kxignore'] = '';
  expect(await fates()).toEqual([false, false]);
  single.forget();
  expect(await fates()).toEqual([false, true]);
  single.forgetOuter();
  expect(await fates()).toEqual([true, true]);
});

const GIT: OuterRules = {
  files: [{ source: '.gitignore', path: '/top/.gitignore', raw: '*.log\n', way: 'q' }],
};

test.each([
  [true, [false, false, false]],
  [false, [true, true, true]],
])('git’s own rules count where they are asked for: %s', async (useGitignore, packed) => {
  const asked: string[] = [];
  const { single } = given(
    { '.gitignore': '*.tmp\n' },
    { ...REQUEST, useGitignore },
    {
      above: () => GIT,
      at: (folder) => {
        asked.push(folder);
        return { files: [{ source: '.git/info/exclude', path: 'x', raw: '*.bak\n' }], ignoreCase: false };
      },
    },
  );
  expect([
    await single.concerns('a.log', false),
    await single.concerns('a.tmp', false),
    await single.concerns('lib/a.bak', false),
  ]).toEqual(packed);
  expect(asked).toEqual(useGitignore ? ['lib'] : []);
  expect(await single.concerns('.gitignore', false)).toBe(useGitignore);
});

test('a folder that is left out is entered for what is included alone', async () => {
  const { single, read } = given(
    { '.kxignore': 'out/\n' },
    { ...REQUEST, below: '', include: ['out/in/*.q'] },
  );
  expect(await single.concerns('out/in/a.q', false)).toBe(true);
  expect(await single.concerns('out/in/a.csv', false)).toBe(false);
  expect(await single.concerns('out/b.q', false)).toBe(false);
  expect(await single.concerns('out', true)).toBe(true);
  expect(await single.concerns('out/other', true)).toBe(false);
  expect(read.filter((path) => path.startsWith('out/other'))).toEqual([]);
});
