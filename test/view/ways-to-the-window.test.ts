/**
 * Every text reaches the window through one of a few modules, which make it safe to show. A call of VS Code that shows
 * a text anywhere else fails here: use the module that is named, or, for another kind of place, add one that does as
 * they do.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../../src');

/** What shows a text, and the only modules that may. */
const WAYS: readonly (readonly [string, RegExp, readonly string[]])[] = [
  ['a message', /\bshow(Information|Warning|Error)Message\b/, ['view/message.ts']],
  ['words in the status bar', /\bsetStatusBarMessage\b/, ['view/message.ts']],
  ['progress', /\bwindow\.withProgress\b/, ['view/progress.ts']],
  [
    'a quick pick',
    /\b(createQuickPick|showQuickPick|showWorkspaceFolderPick)\b/,
    ['view/wizard/vscode-prompts.ts'],
  ],
  ['an input box', /\b(createInputBox|showInputBox)\b/, ['view/wizard/vscode-prompts.ts', 'view/mfa.ts']],
  ['the status bar', /\bcreateStatusBarItem\b/, ['view/status-bar.ts']],
  ['a row of a tree', /\bnew vscode\.TreeItem\d?\b/, ['view/tree-row.ts']],
  ['Markdown', /\bMarkdownString\(/, ['view/resources/tooltip.ts']],
  ['trust in Markdown', /(?<!workspace\.)\bisTrusted\b|\b(supportHtml|supportThemeIcons)\b/, []],
  ['a diagnostic', /\bnew vscode\.Diagnostic\b/, ['commands/code/targets/diagnostics.ts']],
  ['a channel', /\bcreateOutputChannel\b/, ['extension.ts']],
  [
    'an entry of the log',
    /\bchannel\.(trace|debug|info|warn|error|append|appendLine|replace)\b/,
    ['view/log.ts'],
  ],
  ['the console', /\bconsole\.(log|info|warn|error|debug|trace)\(/, []],
  ['a terminal', /\b(createTerminal|sendText)\b/, ['view/login.ts']],
  ['words above a tree', /\b[vV]iew\.(message|title|description) =/, ['commands/attention.ts']],
  ['an error of a file system', /\bFileSystemError\.\w+\((?!uri\))/, ['view/code-files.ts']],
  [
    'the title of an editor',
    /'vscode\.(changes|diff|open|openWith)'/,
    ['commands/code/diffs.ts', 'view/documents/read-only.ts', 'view/code-files.ts'],
  ],
  [
    'a page of its own',
    /\b(createWebviewPanel|registerWebviewViewProvider|registerCustomEditorProvider)\b/,
    ['view/pages/panels.ts'],
  ],
  [
    'HTML',
    /\b(innerHTML|insertAdjacentHTML|outerHTML|Html\.made)\b/,
    ['view/pages/script/main.ts', 'view/pages/html/html.ts'],
  ],
  [
    'other words beside code',
    /\bnew vscode\.(Hover|CodeLens|InlayHint|DecorationOptions|CompletionItem|CodeAction|Comment\w*|TestMessage|NotebookCellOutputItem)\b/,
    [],
  ],
  ['decorations', /\b(createTextEditorDecorationType|registerFileDecorationProvider)\b/, []],
  ['an address', /\bopenExternal\b/, ['view/web-page.ts']],
];

const files = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => ({
    file: file.replaceAll('\\', '/'),
    text: codeOf(readFileSync(resolve(ROOT, file), 'utf8')),
  }))
  .filter(({ file }) => !file.startsWith('sandbox/'));

/** Without comments, which may name what they like. */
function codeOf(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '');
}

test.each(WAYS)('%s is shown by its own module alone', (_, call, modules) => {
  const found = files.filter(({ text }) => call.test(text)).map(({ file }) => file);
  expect(found.filter((file) => !modules.includes(file))).toEqual([]);
});

test('VS Code is called by its whole name, so that no call of it is overlooked', () => {
  const withoutTypes = (text: string): string => text.replaceAll(/import type [^;]*;/g, '');
  const others = files.filter(({ text }) =>
    /import (?!\* as vscode )[^;]*from 'vscode'|\}\s*=\s*vscode\b|=\s*vscode\.(window|commands|languages)\s*[;,]|vscode\[/.test(
      withoutTypes(text),
    ),
  );
  expect(others.map(({ file }) => file)).toEqual([]);
});

test('the modules that show texts make each of them safe', () => {
  const safe = /\b(messageText|rowText|labelText|tooltipText|plain|logText|shownError)\(/;
  const named = new Set(WAYS.slice(0, 8).flatMap(([, , modules]) => modules));
  for (const { file, text } of files.filter(({ file: one }) => named.has(one))) {
    expect(text, relative(ROOT, file)).toMatch(safe);
  }
});
