/** Names that hold what ends a line somewhere: told and packed exactly, read back the same, never cut, merged or quoted. */
import { describe, expect, test } from 'vitest';
import { indexText, parseIndex } from '../../src/package/cache/index-text';
import { manifestOf } from '../../src/package/manifest';
import { FolderRules } from '../../src/package/rules/folder-rules';
import { ALWAYS, newPacker, requestFor, temporaryFolder, unzip, write } from './fixture';

const onWindows = process.platform === 'win32';
const NAMES = [
  'Icon\r',
  'cut\nhere.q',
  'cut\r\nhere.q',
  'line\u2028separator.q',
  'paragraph\u2029separator.q',
  'next\u0085line.q',
  'vertical\u000btab.q',
  'form\u000cfeed.q',
  '\u2028',
  '"quoted".q',
  'tab\there.q',
  'end \n',
  ' begin.q',
];

describe.skipIf(onWindows)('files with odd names', () => {
  const content = Object.fromEntries(NAMES.map((name, at) => [`lib\n/${name}`, `n:${at}`]));

  test('are in the zip and in its manifest under their very names, each once', async () => {
    const root = temporaryFolder();
    write(root, content);
    const packer = newPacker();
    const request = requestFor(root);
    const { file, manifest } = await packer.pack(request, undefined, ALWAYS);
    const paths = Object.keys(content).sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    expect(manifest.entries.map(({ path }) => path)).toEqual(paths);
    const files = await unzip(file);
    expect(files.map(({ path, content: bytes }) => [path, bytes.toString()])).toEqual(
      paths.map((path) => [path, content[path]]),
    );
    // The second run goes by the index that the first one wrote.
    const again = await packer.pack(request, manifest.digest, ALWAYS);
    expect(again.manifest).toEqual(manifest);
    expect(again.reused).toBe(paths.length);
  });

  test('that are left out are told by their names', async () => {
    const root = temporaryFolder();
    write(root, content);
    const { leftOut } = await newPacker().scan(requestFor(root, { ignore: ['lib*/*'] }), ALWAYS);
    expect(leftOut.map(({ path }) => path).sort()).toEqual(Object.keys(content).sort());
  });
});

test.each(NAMES)('the index gives %j back', (path) => {
  const entry = { path, size: 1, executable: false, sha256: 'a', crc32: 1 };
  const stat = { size: 1, modifiedMs: 1, changedMs: 1, inode: 1, device: 1, executable: false };
  const files = [{ stat, entry, secrets: [], loads: [], racy: false }];
  expect(parseIndex(indexText({ files }))).toEqual({ files });
});

test('no two lists of odd names have the same digest', () => {
  const entries = (...paths: readonly string[]) =>
    manifestOf(paths.map((path) => ({ path, size: 1, executable: false, sha256: 'a'.repeat(64), crc32: 1 })));
  const lists = [
    ...NAMES.map((name) => [name]),
    NAMES,
    ['cut', 'here.q'],
    ['cut\n', 'here.q'],
    ['Icon'],
    ['line', 'separator.q'],
  ];
  expect(new Set(lists.map((list) => entries(...list).digest)).size).toBe(lists.length);
});

describe('a pattern of slipway.json is one pattern, whatever it holds', () => {
  const takes = (pattern: string, path: string): boolean =>
    FolderRules.of({ include: [], ignore: [pattern], useGitignore: false }).decide(path, path, false).fate ===
    'out';

  test.each(NAMES.filter((name) => !/[\\ ]$|^#/.test(name)))(
    '%j matches the file of that name alone',
    (name) => {
      expect(takes(name, name)).toBe(true);
      for (const part of [...name.split(/[\r\n\u2028\u2029\u0085]+/), 'other.q'].filter(
        (one) => one !== '' && one !== name,
      )) {
        expect(takes(name, part)).toBe(false);
      }
    },
  );

  test.each(['a\nb', 'a\r\nb', 'a\n!b', '!x\nb'])('%j is not two', (pattern) => {
    for (const name of ['a', 'b']) expect(takes(pattern, name)).toBe(false);
  });

  test('wildcards go over all of them', () => {
    for (const name of NAMES) expect(takes('*', name)).toBe(true);
    // As in git, a question mark stands for a byte.
    for (const end of ['\n', '\r', '\u2028', '\u2029', '\u0085'])
      expect(takes(`a${'?'.repeat(Buffer.byteLength(end))}b`, `a${end}b`)).toBe(true);
  });
});
