/** Rules that count in the packed folder and do not lie in it: git's own, and those beside `slipway.json`. */
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { failureOf } from '../../src/model/failure';
import type { PackRequest } from '../../src/package/packer';
import { FolderRules } from '../../src/package/rules/folder-rules';
import type { SourceTree } from '../../src/package/source-tree';
import { DiskFolder } from '../../src/package/walk/disk-folder';
import { type Walk, walk } from '../../src/package/walk/walk';
import { ALWAYS, newPacker, requestFor, temporaryFolder, write } from './fixture';
import { environmentOf } from './git-worlds';

let top: string;
let home: string;

beforeEach(() => {
  const base = temporaryFolder();
  top = join(base, 'repository');
  home = join(base, 'home');
  mkdirSync(home);
  for (const [name, value] of Object.entries(environmentOf({ home }))) vi.stubEnv(name, value);
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  repositoryIn(join(top, '.git'));
});

/** As far as git needs it to know one. */
function repositoryIn(folder: string, config = ''): void {
  for (const inner of ['objects', 'refs', 'info']) mkdirSync(join(folder, inner), { recursive: true });
  writeFileSync(join(folder, 'HEAD'), 'ref: refs/heads/main\n');
  writeFileSync(join(folder, 'config'), `[core]\n\trepositoryformatversion = 0\n${config}`);
}

function found(folder: string, more: Partial<PackRequest> = {}): Walk {
  const request = { include: [], ignore: [], useGitignore: true, ...more };
  return walk(new DiskFolder(folder), FolderRules.of(request), () => undefined);
}

const paths = ({ files }: Walk): readonly string[] => files.map(({ path }) => path);

function write3(folder: string): string {
  write(folder, { 'a.q': '', 'b.csv': '', 'lib/c.q': '' });
  return folder;
}

describe('with useGitignore', () => {
  test('.gitignore counts from the top of the repository down, and none above that', () => {
    const folder = write3(join(top, 'code/q'));
    write(top, { '../.gitignore': 'a.q\n', '.gitignore': '*.csv\n', 'code/.gitignore': '/q/lib/\n' });
    const all = found(folder);
    expect(paths(all)).toEqual(['a.q']);
    expect(all.leftOut).toEqual([
      { path: 'b.csv', source: '.gitignore', rule: '*.csv' },
      { path: 'lib/', source: '.gitignore', rule: '/q/lib/' },
    ]);
    expect(paths(found(folder, { useGitignore: false }))).toEqual(['a.q', 'b.csv', 'lib/c.q']);
  });

  test('.git/info/exclude and core.excludesFile count below every .gitignore, in this order', () => {
    const folder = write3(join(top, 'code'));
    write(home, { '.config/git/ignore': '*.q\n*.csv\n' });
    write(top, { '.git/info/exclude': '!a.q\n' });
    expect(found(folder).leftOut.map(({ source, rule }) => `${source} ${rule}`)).toEqual([
      'core.excludesFile *.csv',
      'core.excludesFile *.q',
    ]);
    expect(paths(found(folder))).toEqual(['a.q']);
    write(top, { '.gitignore': '!*.csv\n' });
    expect(paths(found(folder))).toEqual(['a.q', 'b.csv']);
    write(top, { '.git/info/exclude': 'a.q\n' });
    expect(found(folder).leftOut[0]).toEqual({ path: 'a.q', source: '.git/info/exclude', rule: 'a.q' });
  });

  test('a linked worktree has the exclude file of its repository', () => {
    const worktree = join(top, '../worktree');
    write(top, {
      '.git/worktrees/w/HEAD': 'ref: refs/heads/w\n',
      '.git/worktrees/w/commondir': '../..\n',
      '.git/info/exclude': '*.csv\n',
    });
    write3(join(worktree, 'code'));
    write(worktree, { '.git': `gitdir: ${join(top, '.git/worktrees/w')}\n` });
    expect(paths(found(join(worktree, 'code')))).toEqual(['a.q', 'lib/c.q']);
  });

  test('a submodule has its own rules, and none of the repository around it', () => {
    const inner = write3(join(top, 'inner'));
    repositoryIn(join(top, '.git/modules/inner'));
    write(inner, { '.git': 'gitdir: ../.git/modules/inner\n', 'a.log': '' });
    write(top, { '.gitignore': '*.csv\n', '.git/modules/inner/info/exclude': '*.log\n', 'd.csv': '' });
    expect(paths(found(inner))).toEqual(['a.q', 'b.csv', 'lib/c.q']);
    expect(paths(found(top))).toEqual(['inner/a.q', 'inner/b.csv', 'inner/lib/c.q']);
    write(top, { '.gitignore': '/inner\n' });
    expect(paths(found(top))).toEqual(['d.csv']);
  });

  test('a folder named .git that is no repository ends nothing', () => {
    const folder = write3(join(top, 'code'));
    mkdirSync(join(folder, '.git'));
    write(top, { '.gitignore': '*.csv\n' });
    expect(paths(found(folder))).toEqual(['a.q', 'lib/c.q']);
    write(folder, { 'lib/.git': 'gitdir: nowhere\n' });
    write(top, { '.gitignore': '*.q\n' });
    expect(paths(found(folder))).toEqual(['b.csv']);
  });

  test.each(['code/', 'code', '/code/q', 'q/', '*'])(
    'a packed folder that %s leaves out is left out with all that is in it, unless it is included',
    (rule) => {
      const folder = write3(join(top, 'code/q'));
      write(top, { '.gitignore': `${rule}\n`, 'code/q/.gitignore': '!*\n' });
      const all = found(folder);
      expect(paths(all)).toEqual([]);
      expect(all.leftOut).toContainEqual({ path: 'lib/', source: '.gitignore', rule });
      expect(paths(found(folder, { include: ['*.q'] }))).toEqual(['a.q']);
      expect(paths(found(folder, { include: ['lib/c.q'] }))).toEqual(['lib/c.q']);
    },
  );

  test('capitals make no difference where the repository says so, but in rules that are not git’s', () => {
    const folder = write3(join(top, 'code'));
    repositoryIn(join(top, '.git'), '\tignoreCase = true\n');
    write(top, { '.gitignore': 'B.CSV\nL[A-Z]B/\n', 'code/.slipwayignore': 'A.Q\n' });
    expect(paths(found(folder))).toEqual(['a.q']);
  });

  test('a link is not followed to a .gitignore, and an ignore file that cannot be read is refused by name', () => {
    const folder = write3(join(top, 'code'));
    write(top, { rules: 'a.q\n' });
    symlinkSync(join(top, 'rules'), join(top, '.gitignore'));
    symlinkSync(join(top, 'rules'), join(folder, '.gitignore'));
    expect(paths(found(folder))).toEqual(['a.q', 'b.csv', 'lib/c.q']);
    symlinkSync('nowhere', join(folder, '.slipwayignore'));
    expect(() => found(folder)).toThrow('file-unreadable');
    rmSync(join(folder, '.slipwayignore'));
    write(top, { '.git/info/exclude': '\xff\xfe*\0*' });
    writeFileSync(join(top, '.git/info/exclude'), Buffer.from([0x61, 0x0a, 0x62, 0]));
    expect(refusalOf(() => found(folder))).toEqual({
      kind: 'refused',
      code: 'rules-not-text',
      facts: { path: join(top, '.git/info/exclude'), line: 2 },
    });
  });
});

function refusalOf(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return failureOf(error);
  }
}

describe('where a target’s root lies below slipway.json', () => {
  test('.slipwayignore and .kxignore beside that file count, and those on the way, and none above', () => {
    const folder = write3(join(top, 'code/q'));
    write(folder, { 'd.log': '', 'e.tmp': '' });
    write(top, { '../.slipwayignore': 'a.q\n', '.slipwayignore': '*.csv\n!d.log\n/code/q/lib\n' });
    write(top, { '.kxignore': '*.log\n', 'code/.slipwayignore': 'q/*.tmp\n' });
    const all = found(folder, { below: 'code/q', useGitignore: false });
    expect(paths(all)).toEqual(['a.q', 'd.log']);
    expect(all.leftOut).toContainEqual({ path: 'lib/', source: '.slipwayignore', rule: '/code/q/lib' });
    expect(paths(found(folder, { useGitignore: false }))).toHaveLength(5);
  });

  test('capitals make a difference in them, also where the repository says that they make none in git’s rules', () => {
    const folder = write3(join(top, 'code'));
    repositoryIn(join(top, '.git'), '\tignoreCase = true\n');
    write(top, { '.slipwayignore': 'A.Q\n', '.gitignore': 'B.CSV\n' });
    expect(paths(found(folder, { below: 'code' }))).toEqual(['a.q', 'lib/c.q']);
  });

  test('they bring back what git leaves out, and nothing of the deny list', () => {
    const folder = write3(join(top, 'code'));
    write(folder, { '.env': '', 'deep/.env': '' });
    write(top, { '.gitignore': 'code/\n*.csv\n', '.slipwayignore': '!code/\n!b.csv\n!/code/.env\n' });
    expect(paths(found(folder, { below: 'code' }))).toEqual(['a.q', 'b.csv', 'lib/c.q']);
  });

  test('so they do in a folder that is not on disk', async () => {
    const folder = write3(join(top, 'code/q'));
    write(top, { '.slipwayignore': '*.csv\n', 'code/.kxignore': '/q/lib/\n' });
    const tree: SourceTree = {
      list: async (inner) =>
        new DiskFolder(join(folder, inner)).list('').map(({ name, kind }) => ({ name, kind })),
      stat: async (file) => ({ size: readFileSync(join(folder, file)).length, modifiedAt: 0 }),
      read: async (file) => readFileSync(join(folder, file)),
    };
    const request = requestFor('virtual:/q', { tree, below: 'code/q' });
    const { manifest } = await newPacker().scan(request, ALWAYS);
    expect(manifest.entries.map(({ path }) => path)).toEqual(['a.q']);
  });
});

test('a packer that has packed the folder before notices each of them', async () => {
  const folder = write3(join(top, 'code'));
  const packer = newPacker();
  const request = requestFor(folder, { useGitignore: true, below: 'code' });
  const packed = async () =>
    (await packer.scanAndPack(request, ALWAYS)).zip.manifest.entries.map(({ path }) => path);
  expect(await packed()).toEqual(['a.q', 'b.csv', 'lib/c.q']);
  for (const file of [
    '.gitignore',
    '.git/info/exclude',
    '.slipwayignore',
    '.kxignore',
    '../home/.config/git/ignore',
  ]) {
    write(top, { [file]: '*.csv\n' });
    expect([file, await packed()]).toEqual([file, ['a.q', 'lib/c.q']]);
    write(top, { [file]: '' });
    expect([file, await packed()]).toEqual([file, ['a.q', 'b.csv', 'lib/c.q']]);
  }
});
