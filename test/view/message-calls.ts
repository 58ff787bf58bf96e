/** What the sources say of the messages for users, read from their syntax trees. */
import { join, relative } from 'node:path';
import ts from 'typescript';

const ROOT = join(import.meta.dirname, '../..');
/** Where words for users are made; all else is reached by their imports. */
const ROOMS = /^src\/(view\/|commands\/|extension\.ts|slipway\.ts)/;
/** Says which language the messages come out in, and makes none. */
const CONFIGURED_IN = 'src/view/l10n.ts';
/** Large, and no type of theirs stands in a message. */
const LEFT_UNREAD = /\/node_modules\/@(aws-sdk|smithy)\//;

export interface Sources {
  readonly checker: ts.TypeChecker;
  /** The files of the extension that is shown, and what they import of `src/`. */
  readonly files: readonly Source[];
}

export interface Source {
  /** From the project's root. */
  readonly path: string;
  readonly text: string;
  /** Whether it belongs to the rooms that speak to users. */
  readonly speaks: boolean;
  readonly nodes: readonly ts.Node[];
}

/** One call of `l10n.t`. */
export interface MessageCall {
  /** `src/view/messages/deploy.ts:68`. */
  readonly at: string;
  /** Undefined where it is no literal. */
  readonly message: string | undefined;
  /** The placeholders that no value is given for. */
  readonly unfilled: readonly string[];
  /** Whether it runs when its file is loaded, which is before the user's language is known. */
  readonly atLoad: boolean;
}

export function readSources(): Sources {
  const configFile = ts.readConfigFile(join(ROOT, 'tsconfig.json'), ts.sys.readFile);
  const { fileNames, options } = ts.parseJsonConfigFileContent(configFile.config, ts.sys, ROOT);
  const host = ts.createCompilerHost(options);
  const program = ts.createProgram(
    fileNames.filter((name) => ROOMS.test(relative(ROOT, name))),
    options,
    {
      ...host,
      getSourceFile: (name, ...rest) =>
        LEFT_UNREAD.test(name)
          ? ts.createSourceFile(name, 'export {};', ts.ScriptTarget.ES2022)
          : host.getSourceFile(name, ...rest),
    },
  );
  const own = program.getSourceFiles().filter(({ fileName }) => relative(ROOT, fileName).startsWith('src/'));
  const files = own.map((source) => {
    const path = relative(ROOT, source.fileName);
    return { path, text: source.text, speaks: ROOMS.test(path), nodes: below(source) };
  });
  return { checker: program.getTypeChecker(), files };
}

export function messageCalls({ checker, files }: Sources): readonly MessageCall[] {
  return files.flatMap(({ path, nodes }) =>
    nodes.filter(isMessageCall).map((call) => {
      const [first, values] = call.arguments;
      const message = first && ts.isStringLiteralLike(first) ? first.text : undefined;
      const given = values ? checker.getTypeAtLocation(values).getProperties() : [];
      const isGiven = (hole: string): boolean =>
        given.some(({ name, flags }) => name === hole && (flags & ts.SymbolFlags.Optional) === 0);
      const holes = [...(message ?? '').matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
      return {
        at: placeOf(path, call),
        message,
        unfilled: holes.filter((hole) => !isGiven(hole)),
        atLoad: ts.findAncestor(call, ts.isFunctionLike) === undefined,
      };
    }),
  );
}

/** Where `@vscode/l10n` or VS Code's own is used in a way in which nobody finds the message. */
export function hiddenUses({ files }: Sources): readonly string[] {
  return files.flatMap(({ path, nodes }) =>
    (path === CONFIGURED_IN ? [] : nodes)
      .filter((node) => ts.isIdentifier(node) && node.text === 'l10n')
      .filter(({ parent }) => !ts.isNamespaceImport(parent) && !isMessageCall(parent.parent))
      .map((node) => `${placeOf(path, node)} ${node.parent.getText()}`),
  );
}

export function isMessageCall(node: ts.Node): node is ts.CallExpression {
  return ts.isCallExpression(node) && node.expression.getText() === 'l10n.t';
}

export function placeOf(path: string, node: ts.Node): string {
  return `${path}:${node.getSourceFile().getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
}

function below(node: ts.Node): readonly ts.Node[] {
  const nodes: ts.Node[] = [];
  const visit = (one: ts.Node): void => {
    nodes.push(one);
    ts.forEachChild(one, visit);
  };
  visit(node);
  return nodes;
}
