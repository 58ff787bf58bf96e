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
  ['by a tab', 'a:"low"\n\\ls\n\\l\tb.q\n', ['3 b.q']],
  ['by system and a tab', 'system "ls"\nsystem "l\tb.q"\n', ['2 b.q']],
  ['by value and a tab', 'value"\\\\l\tb.q"\n', ['1 b.q']],
  ['in letters beyond ASCII', '\\l größe.q\n', ['1 größe.q']],
  ['by system', 'system "l b.q"\n', ['1 b.q']],
  ['by system without a space', 'if[x;system"l b.q";system "l c.q"]\n', ['1 b.q', '1 c.q']],
  ['by system in brackets', 'system["l b.q"]; system("l c.q")', ['1 b.q', '1 c.q']],
  ['by system in an indented line', 'f:{\n  system "l b.q";\n  }\n', ['2 b.q']],
  ['after a string with a slash', 'show "a / b"; system "l b.q"\n', ['1 b.q']],
  ['after a string with an escaped quote', 'show "a\\" / b"; system "l b.q"\n', ['1 b.q']],
  ['after a slash that is an adverb', '(+/)x; system "l b.q"\n', ['1 b.q']],
  ['by system that is trapped', '@[system;"l b.q";{-2 x}]\n', ['1 b.q']],
  ['by system that is trapped, of a list', '.[system;enlist"l b.q";{}]', ['1 b.q']],
  ['by system with a backtrace', '.Q.trp[system;"l b.q";{-2 .Q.sbt y}]', ['1 b.q']],
  ['by value', 'value"\\\\l b.q"\n', ['1 b.q']],
  ['by value in brackets', 'value["\\\\l b.q"]; get "\\\\l c.q"', ['1 b.q', '1 c.q']],
  ['by value that is trapped', '@[value;"\\\\l b.q";::]', ['1 b.q']],
  ['by value of k', 'a:1;."\\\\l b.k"', ['1 b.k']],
  ['by system each', 'system each("l b.q";"l c.q")', ['1 b.q', '1 c.q']],
  ['by system each, over lines', 'system each (\n  "l b.q";\n  "l c.q");\n', ['2 b.q', '3 c.q']],
  ["by system'", 'system\'[("l b.q";"l c.q")]', ['1 b.q', '1 c.q']],
  ['by system each of one', 'system each enlist "l b.q"', ['1 b.q']],
  ['by system @', 'system@"l b.q"', ['1 b.q']],
  ['by each of a list', 'system each "l ",/:("b.q";"c.q");a:"l d.q"', ['1 b.q', '1 c.q']],
  ['by each of a list, in a folder', 'system each "l lib/",/: ("b.q"; "c.q")', ['1 lib/b.q', '1 lib/c.q']],
  ['by its whole path after \\cd', '\\cd /tmp\n\\l /opt/kx/app/code/b.q\n', ['2 /opt/kx/app/code/b.q']],
  ['before \\cd', '\\l b.q\n\\cd lib\n\\l c.q\n', ['1 b.q']],
  ['where \\cd only tells the folder', '\\cd\n\\l b.q\n', ['2 b.q']],
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
  ['after \\cd', '\\cd lib\n\\l b.q\nsystem"l c.q"\n'],
  ['after system cd', 'system "cd ",dir\nsystem"l c.q"\n@[system;"cd /tmp";::]\n'],
  ['that is a value', 'cmd:"l b.q"\nshow "l b.q"\n`system"l b.q"\n'],
  ['of another command', 'value"l b.q"\nsystem"\\\\l b.q"\nupdate system from t where x="l b.q"'],
  ['that is trapped and put together', '@[system;"l ",p;{}]\n.Q.trp[system;"l ",string y;{}]\n'],
  ['by value, put together', 'value"\\\\l ",p\nsystem each "l ",/:files\n'],
  ['that is put together', 'system "l ",path\nsystem "l lib/",name,".q"\n'],
  ['of something else', '\\ls\n\\t 1\nsystem "ls"\nsystems "l b.q"\n'],
  ['of nothing', '\\l \nsystem "l "\n'],
])('a load %s is none', (_, source) => {
  expect(loads(source)).toEqual([]);
});

test('a long list of loads is read to its end', () => {
  const names = Array.from({ length: 40 }, (_, number) => `lib${number}.q`);
  const source = `system each (\n${names.map((name) => `  "l ${name}"`).join(';\n')}\n  )`;
  expect(loads(source)).toEqual(names.map((name, at) => `${at + 2} ${name}`));
});

test('only q and k sources are read', () => {
  expect(loads('\\l b.k\n', 'a.k')).toEqual(['1 b.k']);
  expect(loads('\\l b.q\n', 'readme.md')).toEqual([]);
});
