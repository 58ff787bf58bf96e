import ts from 'typescript';
import { expect, test } from 'vitest';
import { parsed, sourceFiles } from './source-files';

/** Places of variables of a module that can be assigned again. */
function reassignable(source: ts.SourceFile): readonly string[] {
  return source.statements
    .filter(ts.isVariableStatement)
    .filter(({ declarationList }) => (declarationList.flags & ts.NodeFlags.Const) === 0)
    .map((statement) => {
      const { line } = source.getLineAndCharacterOfPosition(statement.getStart());
      return `${source.fileName}:${line + 1}`;
    });
}

test('a let of a module is found', () => {
  const source = { path: 'a.ts', text: 'const a = 1;\nlet b = 2;\nfunction f() { let c = 3; return c; }\n' };
  expect(reassignable(parsed(source))).toEqual(['a.ts:2']);
});

test('no module of src holds a variable that changes', () => {
  const files = sourceFiles().filter(({ text }) => /\b(let|var|using)\b/.test(text));
  expect(files.flatMap((file) => reassignable(parsed(file)))).toEqual([]);
});
