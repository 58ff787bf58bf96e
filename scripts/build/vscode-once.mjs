// Stands in for `vscode` in a program of many files: the interface of the editor is taken once, not copied into a new
// object for each file, as esbuild does for what it cannot look into.

/** What Slipway uses of it when it runs. esbuild refuses the build when a name is missing here. */
const NAMES = [
  'CancellationTokenSource',
  'Diagnostic',
  'Disposable',
  'EventEmitter',
  'FileSystemError',
  'FileType',
  'MarkdownString',
  'ProgressLocation',
  'QuickInputButtons',
  'QuickPickItemKind',
  'Range',
  'RelativePattern',
  'StatusBarAlignment',
  'TabInputCustom',
  'TabInputText',
  'TextDocumentSaveReason',
  'ThemeColor',
  'ThemeIcon',
  'TreeItem',
  'TreeItemCollapsibleState',
  'Uri',
  'ViewColumn',
  'WorkspaceEdit',
  'commands',
  'env',
  'extensions',
  'l10n',
  'languages',
  'tasks',
  'window',
  'workspace',
];

const NAMESPACE = 'vscode-once';

/** @type {import('esbuild').Plugin} */
export const vscodeOnce = {
  name: 'vscode-once',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^vscode$/ }, ({ path, namespace }) =>
      namespace === NAMESPACE ? { path, external: true } : { path, namespace: NAMESPACE },
    );
    onLoad({ filter: /^vscode$/, namespace: NAMESPACE }, () => ({
      contents: `export const { ${NAMES.join(', ')} } = require('vscode');`,
    }));
  },
};
