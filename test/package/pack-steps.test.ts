/** How the files of a zip are cut into steps, and where one step ends and the next begins. */
import { describe, expect, test } from 'vitest';
import type { KnownEntry } from '../../src/package/cache/known-folder';
import { type PackStep, packSteps } from '../../src/package/pack/pack-steps';
import type { FoundFile } from '../../src/package/walk/walk';
import { LARGEST_WHOLE, levelFor, PIECE } from '../../src/package/zip/compress';

const MEBI = 1024 * 1024;

const fileOf = (size: number, path = 'a.q'): FoundFile => ({
  path,
  place: path,
  stat: { size, modifiedMs: 0, changedMs: 0, inode: 0, device: 0, executable: false },
});

function shown(step: PackStep): string {
  switch (step.kind) {
    case 'copy':
      return `copy ${step.entries.length} from ${step.start}: ${step.length}`;
    case 'files':
      return `files ${step.files.length}`;
    case 'large':
      return `large ${step.file.stat.size}`;
    case 'piece':
      return `piece ${step.start}: ${step.length}${step.isLast ? ', the last' : ''}`;
  }
}

function told(
  files: readonly FoundFile[],
  entries: readonly (KnownEntry | undefined)[] = [],
): readonly string[] {
  return [...packSteps(files, (_, place) => entries[place])].map(shown);
}

describe('files that are packed anew', () => {
  test.each([
    ['none', [], []],
    ['one', [0], ['files 1']],
    ['a MiB in all', [MEBI - 1, 1, 1], ['files 2', 'files 1']],
    ['more than a MiB each', [MEBI + 1, MEBI + 1], ['files 1', 'files 1']],
    ['a thousand of nothing, and one', Array.from({ length: 1_001 }, () => 0), ['files 1000', 'files 1']],
    ['one as large as is packed whole', [LARGEST_WHOLE], ['files 1']],
    [
      'one that is larger, between small ones',
      [1, LARGEST_WHOLE + 1, 1],
      [
        'files 1',
        `large ${LARGEST_WHOLE + 1}`,
        `piece 0: ${PIECE}`,
        `piece ${PIECE}: ${PIECE}`,
        `piece ${2 * PIECE}: 1, the last`,
        'files 1',
      ],
    ],
    [
      'one of whole pieces',
      [3 * PIECE],
      [
        `large ${3 * PIECE}`,
        `piece 0: ${PIECE}`,
        `piece ${PIECE}: ${PIECE}`,
        `piece ${2 * PIECE}: ${PIECE}, the last`,
      ],
    ],
  ])('%s', (_, sizes, steps) => {
    expect(told(sizes.map((size) => fileOf(size)))).toEqual(steps);
  });
});

/** An entry of the zip before, whose header of 33 bytes and data begin at an offset. */
const entryAt = (offset: number, compressedSize: number, size = 10): KnownEntry => ({
  path: 'a.q',
  size,
  compressedSize,
  offset,
  method: 8,
  crc32: 0,
  executable: false,
  sha256: '',
});

describe('files that are copied', () => {
  test.each<[string, readonly (KnownEntry | undefined)[], readonly string[]]>([
    ['in one run where they follow each other', [entryAt(7, 5), entryAt(45, 2)], ['copy 2 from 7: 73']],
    [
      'in two where something was between',
      [entryAt(7, 5), entryAt(46, 2)],
      ['copy 1 from 7: 38', 'copy 1 from 46: 35'],
    ],
    [
      'with new ones before, between and behind',
      [undefined, entryAt(0, 0), undefined, undefined, entryAt(33, 0), undefined],
      ['files 1', 'copy 1 from 0: 33', 'files 2', 'copy 1 from 33: 33', 'files 1'],
    ],
    ['however large', [entryAt(0, 5, LARGEST_WHOLE + 1), entryAt(38, 5)], ['copy 2 from 0: 76']],
  ])('%s', (_, entries, steps) => {
    const files = entries.map((entry) => fileOf(entry?.size ?? 10));
    expect(told(files, entries)).toEqual(steps);
  });
});

test.each([
  [16 * MEBI - 1, 6],
  [16 * MEBI, 3],
])('a folder of %d bytes is packed at level %d', (bytes, level) => {
  expect(levelFor(bytes)).toBe(level);
});
