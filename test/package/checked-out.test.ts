/** By the real git, whose files are read. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkedOut } from '../../src/package/git/repository';

let folder: string;

const git = (...args: string[]): string =>
  execFileSync('git', ['-c', 'user.name=me', '-c', 'user.email=me@example.com', ...args], {
    cwd: join(folder, 'repo'),
    encoding: 'utf8',
  }).trim();

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-head-'));
  mkdirSync(join(folder, 'repo/q/lib'), { recursive: true });
  git('init', '-q', '-b', 'main');
  writeFileSync(join(folder, 'repo/q/init.q'), '\\d .\n');
  git('add', '.');
  git('commit', '-q', '-m', 'first');
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a branch, in the folder and below it', () => {
  expect(checkedOut(join(folder, 'repo'))).toBe('ref: refs/heads/main');
  expect(checkedOut(join(folder, 'repo/q/lib'))).toBe('ref: refs/heads/main');
});

test('another branch, and a commit without one', () => {
  git('checkout', '-q', '-b', 'other');
  expect(checkedOut(join(folder, 'repo/q'))).toBe('ref: refs/heads/other');
  git('checkout', '-q', '--detach');
  expect(checkedOut(join(folder, 'repo/q'))).toBe(git('rev-parse', 'HEAD'));
});

test('the branch of a linked worktree', () => {
  git('worktree', 'add', '-q', '-b', 'side', '../side');
  expect(checkedOut(join(folder, 'side/q'))).toBe('ref: refs/heads/side');
});

test.each(['line\u2028end', 'next\u0085line', 'cut\nhere'])(
  'the branch of a worktree of a repository that lies in %j',
  (name) => {
    const moved = join(folder, name);
    execFileSync('git', ['clone', '-q', join(folder, 'repo'), moved]);
    execFileSync('git', ['worktree', 'add', '-q', '-b', 'aside', `${moved}-aside`], { cwd: moved });
    expect(checkedOut(join(`${moved}-aside`, 'q'))).toBe('ref: refs/heads/aside');
  },
);

test('nothing outside of git', () => {
  expect(checkedOut(folder)).toBeUndefined();
  expect(checkedOut(join(folder, 'missing'))).toBeUndefined();
});
