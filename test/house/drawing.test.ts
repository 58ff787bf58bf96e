import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { importsOf, ROOT, sourceFiles } from './source-files';

/** `extension.ts` and `slipway.ts` are rooms of their own; all kinds of targets, each in its folder, are drawn as one. */
const ROOM = /^src\/([^/.]+)/;
const KIND = /^src\/deploy\/(finspace|kubernetes)\//;

function roomOf(path: string): string {
  const room = KIND.test(path) ? 'kinds' : ROOM.exec(path)?.[1];
  if (room === undefined) throw new Error(`${path} lies in no room`);
  return room;
}

/** `from --> to` for each room that imports from another one. */
function importsBetweenRooms(): readonly string[] {
  const edges = sourceFiles().flatMap((file) =>
    importsOf(file).map((imported) => [roomOf(file.path), roomOf(imported)] as const),
  );
  return [
    ...new Set(edges.filter(([from, to]) => from !== to).map(([from, to]) => `${from} --> ${to}`)),
  ].sort();
}

/** The arrows of the first drawing in ARCHITECTURE.md. */
function drawnArrows(): readonly string[] {
  const text = readFileSync(join(ROOT, 'ARCHITECTURE.md'), 'utf8');
  const drawing = /```mermaid\n([\s\S]*?)```/.exec(text)?.[1] ?? '';
  return drawing
    .split('\n')
    .map((line) => /^\s*(\S+) -->\s*(.+)$/.exec(line))
    .flatMap((found) =>
      found ? (found[2] ?? '').split(' & ').map((to) => `${found[1]} --> ${to.trim()}`) : [],
    )
    .sort();
}

test('the drawing in ARCHITECTURE.md shows who imports whom, no more and no less', () => {
  expect(drawnArrows()).toEqual(importsBetweenRooms());
});
