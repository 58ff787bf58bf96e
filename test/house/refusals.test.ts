/** Every refusal that a room declares has a sentence: the table of sentences is typed by the rooms that it lists. */
import ts from 'typescript';
import { expect, test } from 'vitest';
import { REFUSALS } from '../../src/view/messages/refusals';
import { parsed, type SourceFile, sourceFiles } from './source-files';

/** Codes of the catalogue of each `refusalsOf<Catalogue>()` of a file, by the catalogue's name. */
function declaredIn(file: SourceFile): readonly (readonly [catalogue: string, codes: readonly string[]])[] {
  const source = parsed(file);
  const found: (readonly [string, readonly string[]])[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && node.expression.getText() === 'refusalsOf') {
      const name = node.typeArguments?.[0]?.getText() ?? '';
      found.push([name, codesOf(source, name)]);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function codesOf(source: ts.SourceFile, catalogue: string): readonly string[] {
  const declared = source.statements
    .filter(ts.isInterfaceDeclaration)
    .find(({ name }) => name.text === catalogue);
  if (declared === undefined)
    throw new Error(`${source.fileName} refuses by ${catalogue}, which another file declares`);
  return declared.members.map(({ name }) => (name && 'text' in name ? String(name.text) : ''));
}

const CATALOGUES = sourceFiles()
  .filter(({ text }) => text.includes('refusalsOf'))
  .flatMap(declaredIn);

test('a catalogue is found with its codes', () => {
  const text = "interface A { 'not-there': object; gone: object }\nconst refuse = refusalsOf<A>();\n";
  expect(declaredIn({ path: 'a.ts', text })).toEqual([['A', ['not-there', 'gone']]]);
});

test.each(CATALOGUES)('each code of %s has a sentence', (_name, codes) => {
  expect(codes.length).toBeGreaterThan(0);
  expect(codes.filter((code) => !Object.hasOwn(REFUSALS, code))).toEqual([]);
});

test('every sentence is for a code that a room declares', () => {
  expect(Object.keys(REFUSALS).sort()).toEqual(CATALOGUES.flatMap(([, codes]) => codes).sort());
});
