/** Ignore files as programs write them, and how much they may hold. */
import { expect, test } from 'vitest';
import { failureOf } from '../../src/model/failure';
import { FolderRules } from '../../src/package/rules/folder-rules';

const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le');
const swapped = (text: string): Buffer => utf16(text).swap16();
const MARK = '\uFEFF';

function rulesOf(...parts: readonly (string | Buffer)[]): FolderRules {
  const raw = Buffer.concat(parts.map((part) => Buffer.from(part))).toString('latin1');
  const top = FolderRules.of({ include: [], ignore: [], useGitignore: false });
  return top.within('', { files: new Map([['.slipwayignore', raw]]) });
}

function leftOutBy(rules: FolderRules): readonly string[] {
  return NAMES.filter((name) => rules.decide(name, name, false).fate === 'out');
}

const NAMES = ['a.log', 'b.tmp', '日志.log', '上', 'Icon\r', 'Icon', 'c.q'];

const LOGS = ['a.log', 'b.tmp', '日志.log'];
const TEXT = '# left out\r\n*.log\r\n*.tmp\r\n';

test.each<[string, readonly (string | Buffer)[], readonly string[]]>([
  ['UTF-8', [TEXT], LOGS],
  ['UTF-8 with a byte order mark', [MARK, TEXT], LOGS],
  ['UTF-16, little end first', [utf16(MARK + TEXT)], LOGS],
  ['UTF-16, big end first', [swapped(MARK + TEXT)], LOGS],
  ['UTF-16 without a mark', [utf16(TEXT)], LOGS],
  ['UTF-16 without a mark, big end first', [swapped(TEXT)], LOGS],
  ['UTF-16 with letters of all kinds', [utf16(`${MARK}日志*\r\n上*\r\n*.tmp`)], ['b.tmp', '日志.log', '上']],
  ['ends of lines as on old Macs', ['# left out\r*.log\r*.tmp\r'], LOGS],
  ['ends of lines as on old Macs, in UTF-16', [utf16(`${MARK}*.log\r*.tmp`)], LOGS],
  ['the file that macOS calls Icon, as templates have it', ['Icon\r\r\n'], ['Icon\r']],
  ['the same in brackets', ['Icon[\r]\n*.tmp\n'], ['b.tmp', 'Icon\r']],
  ['the same in a file without a line feed', ['Icon\r\r'], ['Icon\r']],
  ['one return at the end is part of the line’s end', ['Icon\r\n'], ['Icon']],
  ['a file of nothing', [''], []],
  ['a file of a mark', [utf16(MARK)], []],
])('%s is read', (_how, parts, expected) => {
  expect(leftOutBy(rulesOf(...parts))).toEqual(expected);
});

test.each<[string, readonly (string | Buffer)[], number | undefined]>([
  ['UTF-16 behind UTF-8, as PowerShell appends it', ['*.log\r\n', utf16('*.tmp\r\n')], 2],
  ['the same behind a line that has no end', ['*.log', utf16('\r\n*.tmp\r\n')], 1],
  ['UTF-8 behind UTF-16', [utf16(`${MARK}*.log\r\n`), '*.tmp\n'], 2],
  ['UTF-8 behind UTF-16, an odd number of bytes', [utf16(`${MARK}*.log\r\n`), 'b.tmp'], undefined],
  ['UTF-8 behind UTF-16, without an end', [utf16(`${MARK}*.log\r\n`), '*.tmp!'], 2],
  ['UTF-8 behind a line of UTF-16 that has no end', [utf16(`${MARK}*.log`), 'x\nb.tmp\n'], 1],
  ['UTF-8 behind UTF-16, big end first', [swapped(`${MARK}*.log\r\n`), '*.tmp\n'], 2],
  ['UTF-32', [Buffer.from([0xff, 0xfe, 0, 0, 0x2a, 0, 0, 0])], 1],
  ['half of a pair', [utf16(`${MARK}\ud83d\r\n`)], undefined],
  ['a byte of nothing', ['*.log\nb\0c\n'], 2],
  ['two kinds of line ends', ['a\r*.log\r*.tmp\nc\n'], 1],
  ['two kinds of line ends in a comment', ['*.tmp\n# logs\r*.log\n'], 2],
])('%s is refused by name', (_how, parts, line) => {
  expect(refusalOf(() => rulesOf(...parts))).toEqual({
    kind: 'refused',
    code: 'rules-not-text',
    facts: { path: '.slipwayignore', ...(line === undefined ? {} : { line }) },
  });
});

function refusalOf(work: () => unknown): unknown {
  try {
    work();
    return 'nothing was refused';
  } catch (error) {
    return failureOf(error);
  }
}

const lines = (count: number, line: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => line(at)).join('\n');

test.each([
  [
    'a pattern of 50,000 letters',
    'a'.repeat(50_000),
    'rule-too-long',
    { line: 1, rule: `${'a'.repeat(60)}…`, limit: 4096 },
  ],
  ['a file of more than four megabytes', 'a\n'.repeat(2_100_000), 'rules-too-large', { limit: 4_194_304 }],
  [
    'too many rules',
    lines(100_001, (at) => `${at}`),
    'rules-too-many',
    { line: 100_001, rule: '100000', limit: 100_000 },
  ],
  [
    'too many that nothing tells apart',
    lines(1_001, (at) => `*${at}*`),
    'rules-alike',
    { rule: '*1000*', limit: 1_000 },
  ],
])('%s is refused, with file and rule', (_what, text, code, facts) => {
  const path = '.slipwayignore';
  expect(refusalOf(() => rulesOf(text))).toEqual({ kind: 'refused', code, facts: { path, ...facts } });
});

test('so is one of the target itself', () => {
  const request = { include: [], ignore: ['*.log', 'b'.repeat(50_000)], useGitignore: false };
  expect(refusalOf(() => FolderRules.of(request))).toMatchObject({
    code: 'rule-too-long',
    facts: { path: 'ignore', line: 2 },
  });
});

test('60,000 patterns that include, and 2,000 folders that are left out, take no seconds', () => {
  const include = Array.from({ length: 60_000 }, (_, at) => `/vendor/${at}/*.q`);
  const rules = FolderRules.of({ include, ignore: ['vendor/', 'out*/'], useGitignore: false });
  const fates: string[] = [];
  const took = workOf(() => {
    for (let at = 0; at < 1_000; at += 1) fates.push(rules.decide(`out${at}`, `out${at}`, true).fate);
    for (let at = 0; at < 1_000; at += 1)
      fates.push(rules.decide(`${at}/node_modules`, 'node_modules', true).fate);
    fates.push(rules.decide('vendor', 'vendor', true).fate);
  });
  expect([fates.indexOf('search'), new Set(fates).size]).toEqual([2_000, 2]);
  expect(took).toBeLessThan(3_000);
});

/** The time that this process was at work (ms), however busy the machine is. */
function workOf(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

test.each<[string, (at: number) => string]>([
  ['names', (at) => `file-${at}.csv`],
  ['extensions', (at) => `*.x${at}`],
  ['beginnings', (at) => `f${at}*`],
  ['folders', (at) => `/data/${at}/*.csv`],
  ['endings in a folder', (at) => `lib/a*${at}b`],
])('60,000 %s and 10,000 files take no seconds', (_what, rule) => {
  const paths = Array.from({ length: 10_000 }, (_, at) => `lib/sub${at % 50}/mod/file-${at}.q`);
  let fates = 0;
  const took = workOf(() => {
    const rules = rulesOf(lines(60_000, rule));
    for (const path of paths) {
      if (rules.decide(path, path.slice(path.lastIndexOf('/') + 1), false).fate === 'in') fates += 1;
    }
  });
  expect(fates).toBe(10_000);
  expect(took).toBeLessThan(3_000);
});

test.each([
  ['stars in a name', `${'*a'.repeat(100)}*b`, 'a'.repeat(250)],
  ['stars in folders', `${'*a*a/'.repeat(100)}b`, 'aaaa/'.repeat(100)],
  ['globstars', `${'**/a/'.repeat(300)}b`, 'a/'.repeat(1_000)],
  ['globstars and stars', `${'**/*a*a'.repeat(300)}b`, `${'aa/'.repeat(600)}aa`],
])('patterns made to take for ever take none: %s', (_what, pattern, path) => {
  const rules = rulesOf(pattern);
  const took = workOf(() => {
    for (let round = 0; round < 20; round += 1) expect(rules.decide(`${path}c`, 'c', false).fate).toBe('in');
  });
  expect(took).toBeLessThan(3_000);
});
