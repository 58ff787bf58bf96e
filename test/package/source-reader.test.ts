/** How a job gets its bytes: whole, block by block or in part, from disk or from memory, and never of another state. */
import { appendFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { fileStat } from '../../src/package/content/steady-file';
import { cancelFlag, raise } from '../../src/package/pack/cancel';
import type { Source } from '../../src/package/pack/job';
import { ReadMemory, SourceReader } from '../../src/package/pack/read-source';
import { noise, temporaryFolder } from './fixture';

const BLOCK = 1024 * 1024;

function onDisk(content: Buffer): Extract<Source, { place: string }> {
  const place = join(temporaryFolder(), 'a.bin');
  writeFileSync(place, content);
  return { path: 'a.bin', place, stat: fileStat(statSync(place)) };
}

/** As it comes from a file system that is not on disk: a view into something longer. */
function inMemory(content: Buffer): Source {
  const bytes = new Uint8Array(content.length + 20).subarray(7, 7 + content.length);
  bytes.set(content);
  const stat = { size: content.length, modifiedMs: 0, changedMs: 0, inode: 0, device: 0, executable: false };
  return { path: 'a.bin', bytes, stat };
}

const refusal = (kind: object) => expect.objectContaining({ failure: expect.objectContaining(kind) });
const CHANGING = refusal({ code: 'file-changing', facts: { path: 'a.bin' } });

function newReader() {
  const cancel = cancelFlag();
  return { cancel, reader: new SourceReader(new ReadMemory(), cancel) };
}

describe.each([
  ['on disk', onDisk],
  ['in memory', inMemory],
])('a content %s', (_, sourceOf) => {
  test.each([
    [0, []],
    [1, [1]],
    [BLOCK, [BLOCK]],
    [BLOCK + 1, [BLOCK, 1]],
    [2 * BLOCK, [BLOCK, BLOCK]],
  ])('of %d bytes comes in blocks', (length, expected) => {
    const content = noise(length);
    const blocks: Buffer[] = [];
    newReader().reader.blocks(sourceOf(content), (block) => blocks.push(Buffer.from(block)));
    expect(blocks.map((block) => block.length)).toEqual(expected);
    expect(Buffer.concat(blocks).equals(content)).toBe(true);
  });

  test('comes whole, or in part', () => {
    const { reader } = newReader();
    const content = noise(5_000);
    const source = sourceOf(content);
    const { bytes, stat } = reader.whole(source, 5_000);
    expect([bytes.equals(content), stat]).toEqual([true, source.stat]);
    expect(reader.part(source, 1_000, 4_000).equals(content.subarray(1_000))).toBe(true);
    expect(reader.part(source, 0, 3).equals(content.subarray(0, 3))).toBe(true);
  });
});

describe('a file that has changed since the walk', () => {
  test('comes whole as it is by now, as far as it is not too large', () => {
    const { reader } = newReader();
    const source = onDisk(Buffer.from('abc'));
    appendFileSync(source.place, 'def');
    const { bytes, stat } = reader.whole(source, 6);
    expect([`${bytes}`, stat]).toEqual(['abcdef', fileStat(statSync(source.place))]);
    expect(() => reader.whole(source, 5)).toThrow(CHANGING);
  });

  test('comes in no part, and in no blocks', () => {
    const { reader } = newReader();
    const source = onDisk(Buffer.from('abc'));
    appendFileSync(source.place, 'def');
    expect(() => reader.part(source, 0, 1)).toThrow(CHANGING);
    const seen: Buffer[] = [];
    expect(() => reader.blocks(source, (block) => seen.push(block))).toThrow(CHANGING);
    expect(seen).toEqual([]);
  });

  test('while its blocks come is refused', () => {
    const source = onDisk(noise(2 * BLOCK));
    const grow = (): void => appendFileSync(source.place, 'x');
    expect(() => newReader().reader.blocks(source, grow)).toThrow(CHANGING);
  });
});

describe('a run that is given up', () => {
  test('reads no further block', () => {
    const { reader, cancel } = newReader();
    let blocks = 0;
    const stop = (): void => {
      blocks += 1;
      raise(cancel);
    };
    expect(() => reader.blocks(onDisk(noise(3 * BLOCK)), stop)).toThrow(refusal({ kind: 'cancelled' }));
    expect(blocks).toBe(1);
  });

  test('waits for no file to hold still', () => {
    const { reader, cancel } = newReader();
    const source = onDisk(Buffer.from('abc'));
    appendFileSync(source.place, 'def');
    raise(cancel);
    expect(() => reader.whole(source, 6)).toThrow(refusal({ kind: 'cancelled' }));
  });
});

test('a file that may not be read is not waited for', () => {
  const wait = vi.spyOn(Atomics, 'wait');
  onTestFinished(() => wait.mockRestore());
  const source = onDisk(Buffer.from('abc'));
  const unreadable = { ...source, place: join(source.place, '..', 'a'.repeat(300)) };
  expect(() => newReader().reader.whole(unreadable, 3)).toThrow(refusal({ code: 'file-unreadable' }));
  expect(wait).not.toHaveBeenCalled();
});

test('memory that is used again grows with what it must hold', () => {
  const memory = new ReadMemory();
  const first = memory.room(100);
  expect([first.length, memory.room(60).length, memory.room(100).buffer]).toEqual([100, 60, first.buffer]);
  const larger = memory.room(101);
  expect([larger.length, larger.buffer.byteLength]).toEqual([101, 200]);
  expect(memory.room(1_000).length).toBe(1_000);
});
