/** The pictures of the walkthrough in themes that give areas no colour of their own. */
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';

const FOLDER = resolve(import.meta.dirname, '../../media/walkthrough');

test.each(readdirSync(FOLDER))(
  'each area of %s that is told by its colour has a border in high contrast',
  (name) => {
    const picture = readFileSync(resolve(FOLDER, name), 'utf8');
    const areas = [...picture.matchAll(/<rect [^>]*fill="var\(--vscode-[^>]*>/g)].map(([area]) => area);
    expect(areas).not.toEqual([]);
    for (const area of areas) expect(area).toMatch(/stroke="var\(--vscode-.*(contrast|TextBorder)/);
  },
);
