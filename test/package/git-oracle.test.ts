/** Ignore files are read as git reads them: git itself is asked. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { array, assert, asyncProperty, constantFrom, record, tuple } from 'fast-check';
import { expect, test } from 'vitest';
import { ALWAYS, newPacker, requestFor, temporaryFolder, write } from './fixture';

/** Each case starts git several times. */
const FEWER_CASES = { numRuns: 150 } as const;

const segment = constantFrom('a', 'b', 'a.q', 'b.csv', 'x y', 'q[1]');
const path = array(segment, { minLength: 1, maxLength: 4 }).map((segments) => segments.join('/'));
const pattern = tuple(
  constantFrom('', '!'),
  constantFrom('', '/', '**/'),
  array(constantFrom('a', 'b', '*', '**', '*.q', 'a*', '?', '[ab]', 'x y', 'x\\ y', 'q\\[1]', 'b.csv'), {
    minLength: 1,
    maxLength: 3,
  }),
  constantFrom('', '/', '/**', '/*', ' ', '\r'),
).map(([sign, start, segments, end]) => `${sign}${start}${segments.join('/')}${end}`);
const lines = array(pattern, { maxLength: 5 });

const world = record({
  files: array(path, { minLength: 1, maxLength: 14 }),
  rules: record({ '.gitignore': lines, 'a/.gitignore': lines, 'a/b/.gitignore': lines }),
});

const packer = newPacker();
const root = join(temporaryFolder(), 'root');
const missing = spawnSync('git', ['--version']).error !== undefined;

function git(...args: readonly string[]): string {
  // Nothing of the machine's own configuration counts.
  const env = {
    ...process.env,
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_SYSTEM: '/dev/null',
    GIT_DIR: join(root, '.git'),
  };
  const { stdout, stderr, status } = spawnSync('git', ['-C', root, '--work-tree', root, ...args], {
    encoding: 'utf8',
    env,
  });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

/** A path may want to be a folder of another one that is a file already, or the reverse. */
function writeIfFree(path: string, content: string): void {
  try {
    write(root, { [path]: content });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
  }
}

test.skipIf(missing)(
  `${missing ? 'skipped, git is not installed: ' : ''}leaves out exactly what git would not add`,
  async () => {
    const request = { ...requestFor(root), useGitignore: true };
    let leftOutInAll = 0;
    await assert(
      asyncProperty(world, async ({ files, rules }) => {
        rmSync(root, { recursive: true, force: true });
        mkdirSync(root);
        for (const file of files) writeIfFree(file, file);
        for (const [file, text] of Object.entries(rules)) writeIfFree(file, text.join('\n'));
        git('init', '-q');
        const added = git('ls-files', '-z', '--others', '--exclude-standard').split('\0').filter(Boolean);
        const expected = added.filter((file) => !file.endsWith('.gitignore')).sort();
        const { manifest, leftOut } = await packer.scan(request, ALWAYS);
        leftOutInAll += leftOut.length;
        expect(manifest.entries.map((entry) => entry.path).sort()).toEqual(expected);
      }),
      FEWER_CASES,
    );
    expect(leftOutInAll).toBeGreaterThan(FEWER_CASES.numRuns);
  },
);
