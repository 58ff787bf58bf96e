/** The moving picture is made of whole PNGs, in the order and with the numbers that the standard wants. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { animatedPng, chunksOf } from '../../scripts/picture/animated-png.mjs';

const MEDIA = resolve(import.meta.dirname, '../../media');
const icon = readFileSync(resolve(MEDIA, 'icon.png'));
const dataOf = (png: Buffer): Buffer =>
  Buffer.concat(chunksOf(png).flatMap(({ type, data }) => (type === 'IDAT' ? [data] : [])));

test('each frame holds the bytes of its picture, numbered through', () => {
  const chunks = chunksOf(animatedPng([icon, icon, icon], 2500));
  const control = chunks.find(({ type }) => type === 'acTL')!.data;
  expect([control.readUInt32BE(0), control.readUInt32BE(4)]).toEqual([3, 0]);
  const numbered = chunks.filter(({ type }) => type === 'fcTL' || type === 'fdAT');
  expect(numbered.map(({ data }) => data.readUInt32BE(0))).toEqual(numbered.map((_, at) => at));
  const frames = chunks.filter(({ type }) => type === 'fcTL');
  expect(frames).toHaveLength(3);
  for (const { data } of frames) expect(data.readUInt16BE(20) / data.readUInt16BE(22)).toBe(2.5);
  const later = chunks.flatMap(({ type, data }) => (type === 'fdAT' ? [data.subarray(4)] : []));
  expect(Buffer.concat(later)).toEqual(Buffer.concat([dataOf(icon), dataOf(icon)]));
  expect(chunks.map(({ type }) => type).at(-1)).toBe('IEND');
});

test('the first frame is a picture of its own, with checksums that are those of the original', () => {
  const made = animatedPng([icon, icon], 100);
  expect(dataOf(made)).toEqual(dataOf(icon));
  const header = icon.subarray(8, 8 + 25);
  expect(made.subarray(8, 8 + 25)).toEqual(header);
});

test('what is no PNG, or of another size, is refused', () => {
  expect(() => animatedPng([], 100)).toThrow('no picture');
  expect(() => animatedPng([Buffer.from('GIF89a')], 100)).toThrow('not a PNG');
  const other = readFileSync(resolve(MEDIA, '../docs/screenshot.png'));
  expect(() => animatedPng([icon, other], 100)).toThrow('picture 2 has another form');
});
