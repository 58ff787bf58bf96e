/** Where a repository begins, and which of git's files are read: each sign by itself. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { isLink, readIfThere } from '../../src/package/git/files';
import { gitRulesAbove, gitRulesAt } from '../../src/package/git/git-rules';
import { findRepository, repositoryAt } from '../../src/package/git/repository';
import { asNobody, temporaryFolder, write } from './fixture';

const onWindows = process.platform === 'win32';

/** A folder that git takes for a repository. */
function newRepository(gitFolder = '.git') {
  const top = temporaryFolder();
  write(top, { [`${gitFolder}/HEAD`]: 'ref: refs/heads/main\n' });
  for (const folder of ['objects', 'refs']) mkdirSync(join(top, gitFolder, folder));
  return top;
}

describe('a repository', () => {
  test('begins where all of git’s folder is, and is found from below', () => {
    const top = newRepository();
    const git = join(top, '.git');
    const expected = { top, gitFolder: git, commonFolder: git };
    expect(repositoryAt(top)).toEqual(expected);
    mkdirSync(join(top, 'a/b'), { recursive: true });
    expect(repositoryAt(join(top, 'a'))).toBeUndefined();
    expect(findRepository(join(top, 'a/b'))).toEqual(expected);
    expect(findRepository(top)).toEqual(expected);
    expect(findRepository('/')).toBeUndefined();
  });

  test.each(['HEAD', 'objects', 'refs'])('is none without its %s, nor with a file for a folder', (name) => {
    const top = newRepository();
    rmSync(join(top, '.git', name), { recursive: true });
    expect(repositoryAt(top)).toBeUndefined();
    if (name === 'HEAD') return;
    writeFileSync(join(top, '.git', name), '');
    expect(repositoryAt(top)).toBeUndefined();
  });

  test.each(['gitdir: real\n', 'gitdir: real\r\n', 'gitdir: real', 'gitdir: ./real\n\n'])(
    'may lie where a file says: %j',
    (text) => {
      const top = newRepository('real');
      writeFileSync(join(top, '.git'), text);
      const real = join(top, 'real');
      expect(repositoryAt(top)).toEqual({ top, gitFolder: real, commonFolder: real });
    },
  );

  test.each(['', 'gitdir: \n', 'gitdir:real\n', ' gitdir: real\n', 'gitdir: elsewhere\n'])(
    'does not where the file says no place: %j',
    (text) => {
      const top = newRepository('real');
      writeFileSync(join(top, '.git'), text);
      expect(repositoryAt(top)).toBeUndefined();
    },
  );

  test.each(['../..\n', '../..'])('shares a folder with its worktrees: %j', (text) => {
    const top = newRepository('main/.git');
    write(top, {
      'one/.git': 'gitdir: ../main/.git/worktrees/one\n',
      'main/.git/worktrees/one/HEAD': 'ref: refs/heads/one\n',
      'main/.git/worktrees/one/commondir': text,
    });
    const commonFolder = join(top, 'main/.git');
    const gitFolder = join(commonFolder, 'worktrees/one');
    expect(repositoryAt(join(top, 'one'))).toEqual({ top: join(top, 'one'), gitFolder, commonFolder });
  });

  test.skipIf(onWindows)('is none that may not be looked into', async () => {
    const top = newRepository();
    chmodSync(join(top, '.git'), 0);
    onTestFinished(() => chmodSync(join(top, '.git'), 0o700));
    expect(await asNobody([top], async () => repositoryAt(top))).toBeUndefined();
  });
});

describe('a file of git', () => {
  test('is read byte by byte, up to a length', () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, 'é\n');
    expect(readIfThere(file, 3)).toBe('\xc3\xa9\n');
    expect(() => readIfThere(file, 2)).toThrow(
      expect.objectContaining({
        failure: { kind: 'refused', code: 'rules-too-large', facts: { path: file, limit: 2 } },
      }),
    );
  });

  test('is none where there is nothing, a folder, or a file for a folder on the way', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'file'), '');
    for (const path of ['nothing', '.', 'file/below'])
      expect(readIfThere(join(folder, path), 9)).toBeUndefined();
  });

  test.skipIf(onWindows)('is refused where it may not be read, or is no file', async () => {
    const folder = temporaryFolder();
    const refusal = (facts: object) =>
      expect.objectContaining({ failure: { kind: 'refused', code: 'file-unreadable', facts } });
    const pipe = join(folder, 'pipe');
    expect(spawnSync('mkfifo', [pipe]).status).toBe(0);
    expect(() => readIfThere(pipe, 9)).toThrow(refusal({ path: pipe }));
    const closed = join(folder, 'closed');
    writeFileSync(closed, '');
    chmodSync(closed, 0);
    const read = asNobody([folder], async () => readIfThere(closed, 9));
    await expect(read).rejects.toThrow(refusal({ path: closed, code: 'EACCES' }));
    const loop = join(folder, 'loop');
    symlinkSync('loop', loop);
    expect(() => readIfThere(loop, 9)).toThrow(refusal({ path: loop, code: 'ELOOP' }));
    expect(isLink(loop)).toBe(true);
    const below = join(loop, '.gitignore');
    expect(() => isLink(below)).toThrow(refusal({ path: below, code: 'ELOOP' }));
  });
});

describe('git’s rules', () => {
  test('above a folder are those of each folder from the top down, links not followed', () => {
    const top = newRepository();
    write(top, {
      '.gitignore': 'top\n',
      'a/.gitignore': 'a\n',
      'a/b/.gitignore': 'own\n',
      other: 'linked\n',
    });
    const { files, repository } = gitRulesAbove(join(top, 'a/b'));
    expect(files.map(({ raw, way, source }) => [source, raw, way])).toEqual([
      ['.gitignore', 'top\n', 'a/b'],
      ['.gitignore', 'a\n', 'b'],
    ]);
    expect(repository?.way).toBe('a/b');
    if (onWindows) return;
    rmSync(join(top, '.gitignore'));
    symlinkSync('other', join(top, '.gitignore'));
    expect(gitRulesAbove(join(top, 'a/b')).files.map(({ raw }) => raw)).toEqual(['a\n']);
    // To the folder itself nothing is above.
    expect(gitRulesAbove(top)).toMatchObject({ files: [], repository: { way: '' } });
    expect(gitRulesAbove('/')).toEqual({ files: [] });
  });

  test.each([
    [
      'excluded\n',
      [
        ['core.excludesFile', 'excluded\n'],
        ['.git/info/exclude', 'info\n'],
      ],
    ],
    [undefined, [['.git/info/exclude', 'info\n']]],
  ])('of a repository are what it names (%j) and its own', (excluded, expected) => {
    const top = newRepository();
    const place = excluded === undefined ? '/dev/null' : 'excludes';
    write(top, {
      '.git/config': `[core]\n\texcludesFile = ${place}\n\tignoreCase = true\n`,
      '.git/info/exclude': 'info\n',
      excludes: 'excluded\n',
    });
    const rules = gitRulesAt(top);
    expect(rules?.files.map(({ source, raw }) => [source, raw])).toEqual(expected);
    expect(rules?.ignoreCase).toBe(true);
    expect(gitRulesAt(join(top, '.git'))).toBeUndefined();
  });
});
