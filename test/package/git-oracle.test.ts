/**
 * Ignore files are read as git reads them: git itself is asked. `SLIPWAY_SHRINK=1` looks for the smallest tree that is
 * not the same.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { array, assert, property, sample } from 'fast-check';
import { expect, onTestFinished, test, vi } from 'vitest';
import { bytesOf } from '../../src/package/rules/bytes';
import { FolderRules } from '../../src/package/rules/folder-rules';
import { parseIgnoreFile } from '../../src/package/rules/ignore-file';
import { RuleList } from '../../src/package/rules/rule-list';
import { DiskFolder } from '../../src/package/walk/disk-folder';
import { walk } from '../../src/package/walk/walk';
import { casesOf } from '../cases';
import { temporaryFolder } from './fixture';
import {
  build,
  environmentOf,
  ignoredByGit,
  line,
  name,
  type Places,
  placesOf,
  type World,
  world,
} from './git-worlds';

const cases = casesOf(2_000);

const missing = spawnSync('git', ['--version']).error !== undefined;
const skipped = missing ? 'skipped, git is not installed: ' : '';

function inEnvironment(places: Pick<Places, 'home'>): void {
  for (const [name, value] of Object.entries(environmentOf(places))) vi.stubEnv(name, value);
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
}

/** git 2.52 and later take two stars behind other letters for one: those say less of what earlier ones leave out. */
function isBefore252(): boolean {
  const version = /(\d+)\.(\d+)/.exec(spawnSync('git', ['--version'], { encoding: 'utf8' }).stdout);
  const [major, minor] = [Number(version?.[1]), Number(version?.[2])];
  return major < 2 || (major === 2 && minor < 52);
}
const differs = (text: string): boolean => /[^*?/[\\\r\n]\*\*/.test(text);
const readAlike = (texts: readonly string[]): boolean => isEarly || !texts.some(differs);
const isEarly = !missing && isBefore252();

function everyFile(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((item) => item.isFile())
    .map((item) => relative(folder, join(item.parentPath, item.name)))
    .filter((path) => !path.split('/').includes('.git') && !path.endsWith('.gitignore'));
}

/** What git would add: each file by the repository that it is part of, if that is not ignored as a whole. */
function addedByGit(places: Places, { nested }: World): readonly string[] {
  const files = everyFile(places.packed);
  const inner = nested?.[0];
  const isRepository = inner !== undefined && everyFolder(places.packed).includes(`${inner}/.git`);
  const isInner = (path: string): boolean => isRepository && path.startsWith(`${inner}/`);
  const outer = files.filter((path) => !isInner(path));
  const asked = isRepository ? [...outer, inner] : outer;
  const ignored = ignoredByGit(places.packed, asked, places);
  const added = outer.filter((path) => !ignored.has(path));
  if (inner === undefined || !isRepository || ignored.has(inner)) return added;
  const innerFiles = files.filter(isInner).map((path) => path.slice(inner.length + 1));
  const innerIgnored = ignoredByGit(join(places.packed, inner), innerFiles, places);
  return [
    ...added,
    ...innerFiles.filter((path) => !innerIgnored.has(path)).map((path) => `${inner}/${path}`),
  ];
}

function everyFolder(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((item) => item.isDirectory())
    .map((item) => relative(folder, join(item.parentPath, item.name)));
}

test.skipIf(missing)(
  `${skipped}leaves out exactly what git would not add, in ${cases.numRuns} trees`,
  { timeout: 1_800_000 },
  () => {
    const base = temporaryFolder();
    inEnvironment({ home: join(base, 'home') });
    const rules = { include: [], ignore: [], useGitignore: true };
    const seen = { in: 0, out: 0 };
    assert(
      property(world, (made) => {
        const texts = [
          ...made.rules.map(([, text]) => text),
          made.exclude ?? '',
          made.excludesFile ?? '',
          made.nested?.[1] ?? '',
        ];
        if (!readAlike(texts)) return;
        const places = placesOf(base, made);
        build(places, made);
        const found = walk(new DiskFolder(places.packed), FolderRules.of(rules), () => undefined);
        const added = addedByGit(places, made);
        expect(found.files.map(({ path }) => path).sort()).toEqual([...added].sort());
        seen.in += added.length;
        seen.out += found.leftOut.length;
      }),
      { ...cases, endOnFailure: !process.env['SLIPWAY_SHRINK'] },
    );
    expect(seen.in).toBeGreaterThan(cases.numRuns);
    expect(seen.out).toBeGreaterThan(cases.numRuns);
  },
);

test.skipIf(missing)(`${skipped}a single line means what it means to git`, { timeout: 120_000 }, () => {
  const base = temporaryFolder();
  const home = join(base, 'home');
  const top = join(base, 'top');
  mkdirSync(top, { recursive: true });
  spawnSync('git', ['init', '-q', top]);
  const lines = sample(line, { ...cases, numRuns: 400 }).filter((one) => readAlike([one]));
  const paths = sample(array(name, { minLength: 1, maxLength: 4 }), { ...cases, numRuns: 60 }).map((all) =>
    all.join('/'),
  );
  for (const [at, one] of lines.entries()) {
    mkdirSync(join(top, `${at}`));
    writeFileSync(join(top, `${at}`, '.gitignore'), `${one}\n`);
  }
  const asked = lines.flatMap((_, at) => paths.map((path) => `${at}/${path}`));
  const byGit = ignoredByGit(top, asked, { home });
  const byUs = lines.flatMap((one, at) => {
    const file = { source: '.gitignore', path: '.gitignore' } as const;
    const list = new RuleList(parseIgnoreFile(bytesOf(`${one}\n`), file), file);
    return paths.filter((path) => isIgnored(list, path)).map((path) => `${at}/${path}`);
  });
  const named = (path: string): string => `${lines[Number(path.split('/')[0])]} for ${path}`;
  expect(byUs.filter((path) => !byGit.has(path)).map(named)).toEqual([]);
  const ours = new Set(byUs);
  expect([...byGit].filter((path) => !ours.has(path)).map(named)).toEqual([]);
  expect(byGit.size).toBeGreaterThan(400);
});

/** By the list, or as part of a folder that is. */
function isIgnored(list: RuleList, path: string): boolean {
  const segments = path.split('/');
  return segments.some((_, at) => {
    const rule = list.find(bytesOf(segments.slice(0, at + 1).join('/')), at < segments.length - 1);
    return rule !== undefined && !rule.pattern.negative;
  });
}
