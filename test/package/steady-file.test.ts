/** A file is read only where it is the file of the walk and holds still: each sign of another one by itself. */
import {
  appendFileSync,
  chmodSync,
  lstatSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  type DiskFile,
  fileStat,
  readAsFound,
  readFully,
  whileSteady,
} from '../../src/package/content/steady-file';
import { cancelFlag } from '../../src/package/pack/cancel';
import { ReadMemory, SourceReader } from '../../src/package/pack/read-source';
import { noise, temporaryFolder } from './fixture';

const CHANGING = expect.objectContaining({
  failure: expect.objectContaining({ kind: 'refused', code: 'file-changing' }),
});
const unix = process.platform !== 'win32';

/** A file as the walk finds it. */
function found(content: string | Buffer = 'content', name = 'a.q'): DiskFile {
  const place = join(temporaryFolder(), name);
  writeFileSync(place, content);
  return seen(place, name);
}

const seen = (place: string, path = 'a.q'): DiskFile => ({ path, place, stat: fileStat(lstatSync(place)) });

function read(file: DiskFile, meanwhile: () => void = () => undefined): string {
  return whileSteady(file, (descriptor, stat) => {
    const target = Buffer.alloc(stat.size);
    readFully(file, descriptor, target, 0);
    meanwhile();
    return target.toString();
  });
}

/** Later than any clock's grain. */
const touchLater = (place: string): void => utimesSync(place, new Date(), new Date(Date.now() + 5_000));

describe('a file that is read', () => {
  test('is read where it holds still', () => {
    expect(read(found())).toBe('content');
    const target = Buffer.alloc(7);
    expect([readAsFound(found(), target), target.toString()]).toEqual([true, 'content']);
  });

  test.each([
    ['is appended to', (place: string) => appendFileSync(place, 'x')],
    [
      'is written with as many bytes',
      (place: string) => {
        writeFileSync(place, 'CONTENT');
        touchLater(place);
      },
    ],
    ['becomes executable', (place: string) => chmodSync(place, 0o755)],
  ])('and meanwhile %s is refused', (_, change) => {
    const file = found();
    expect(() => read(file, () => change(file.place))).toThrow(CHANGING);
  });

  test('and ends before its size is refused', () => {
    const file = found();
    expect(() => whileSteady(file, (descriptor) => readFully(file, descriptor, Buffer.alloc(8), 0))).toThrow(
      CHANGING,
    );
  });

  test('in blocks or in parts, as a large one is, is refused when it changes between two of them', () => {
    const large = found(noise(3 * 1024 * 1024));
    const reader = new SourceReader(new ReadMemory(), cancelFlag());
    let blocks = 0;
    const changeIt = (): void => {
      blocks += 1;
      if (blocks === 2) appendFileSync(large.place, 'x');
    };
    expect(() => reader.blocks(large, changeIt)).toThrow(CHANGING);
    expect(blocks).toBe(3);
    // As the walk saw it is how it must be when a part of it is read later.
    expect(() => reader.part(large, 0, 10)).toThrow(CHANGING);
    expect(() => reader.blocks(large, changeIt)).toThrow(CHANGING);
    expect(blocks).toBe(3);
  });
});

describe.skipIf(!unix)('what stands at the place of a file', () => {
  test('is never a link, even one that leads to the very same file', () => {
    const file = found();
    const moved = `${file.place}.moved`;
    renameSync(file.place, moved);
    symlinkSync(moved, file.place);
    // Nothing but the link itself tells them apart: the file behind it has this state.
    const behind = { ...seen(moved), place: file.place };
    expect(() => read(behind)).toThrow(CHANGING);
    expect(readAsFound(behind, Buffer.alloc(7))).toBe(false);
  });

  test('is no other file behind a folder that has become a link', () => {
    const top = temporaryFolder();
    mkdirSync(join(top, 'in'));
    mkdirSync(join(top, 'out'));
    writeFileSync(join(top, 'in/a.q'), 'inside');
    writeFileSync(join(top, 'out/a.q'), 'OUTSID');
    const file = seen(join(top, 'in/a.q'));
    rmSync(join(top, 'in'), { recursive: true });
    symlinkSync(join(top, 'out'), join(top, 'in'));
    expect(() => read(file)).toThrow(CHANGING);
    expect(readAsFound(file, Buffer.alloc(6))).toBe(false);
  });

  test('may be a file that an editor saved by renaming', () => {
    const file = found();
    writeFileSync(`${file.place}.new`, 'saved');
    renameSync(`${file.place}.new`, file.place);
    expect(read(file)).toBe('saved');
    expect(readAsFound(file, Buffer.alloc(7))).toBe(false);
  });

  test('is no folder, and not nothing', () => {
    const file = found();
    rmSync(file.place);
    expect(() => read(file)).toThrow(CHANGING);
    mkdirSync(file.place);
    expect(() => read(file)).toThrow(CHANGING);
  });
});
