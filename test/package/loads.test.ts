/** What a q source loads by name, and what only looks like it. */
import { expect, test } from 'vitest';
import { findLoads } from '../../src/package/content/loads';

function loads(source: string, path = 'a.q'): readonly string[] {
  return findLoads(path, Buffer.from(source)).map(({ line, name }) => `${line} ${name}`);
}

test.each([
  ['at the beginning of a line', '\\l lib/util.q\n', ['1 lib/util.q']],
  ['after other lines', 'a:1\n\n\\l  b.q  \n\\l c.q', ['3 b.q', '4 c.q']],
  ['with Windows line ends', 'a:1\r\n\\l b.q\r\n', ['2 b.q']],
  ['with a comment behind', '\\l b.q / the rest\n', ['1 b.q']],
  ['in letters beyond ASCII', '\\l größe.q\n', ['1 größe.q']],
  ['by system', 'system "l b.q"\n', ['1 b.q']],
  ['by system without a space', 'if[x;system"l b.q";system "l c.q"]\n', ['1 b.q', '1 c.q']],
  ['by system in brackets', 'system["l b.q"]; system("l c.q")', ['1 b.q', '1 c.q']],
  ['by system in an indented line', 'f:{\n  system "l b.q";\n  }\n', ['2 b.q']],
  ['after a string with a slash', 'show "a / b"; system "l b.q"\n', ['1 b.q']],
  ['after a string with an escaped quote', 'show "a\\" / b"; system "l b.q"\n', ['1 b.q']],
  ['after a slash that is an adverb', '(+/)x; system "l b.q"\n', ['1 b.q']],
  ['a folder', '\\l .\n\\l hdb\n', ['1 .', '2 hdb']],
  ['after a block comment', '/\n\\l a.q\n\\\n\\l b.q\n', ['4 b.q']],
])('a load %s is found', (_, source, expected) => {
  expect(loads(source)).toEqual(expected);
});

test.each([
  ['in a comment line', '/ \\l b.q\n/ system "l c.q"\n'],
  ['behind a comment sign', 'a:1 / system "l b.q"\n'],
  ['in a block comment', '/\n\\l b.q\nsystem "l c.q"\n\\\n'],
  ['in a block comment that never ends', 'a:1\n/\n\\l b.q\n'],
  ['after the end of the program', 'a:1\n\\\n\\l b.q\n'],
  ['that is indented', ' \\l b.q\n'],
  ['inside of a string', 'show "system \\"l b.q\\""\n'],
  ['that is put together', 'system "l ",path\nsystem "l lib/",name,".q"\n'],
  ['of something else', '\\ls\n\\t 1\nsystem "ls"\nsystems "l b.q"\n'],
  ['of nothing', '\\l \nsystem "l "\n'],
])('a load %s is none', (_, source) => {
  expect(loads(source)).toEqual([]);
});

test('only q and k sources are read', () => {
  expect(loads('\\l b.k\n', 'a.k')).toEqual(['1 b.k']);
  expect(loads('\\l b.q\n', 'readme.md')).toEqual([]);
});
