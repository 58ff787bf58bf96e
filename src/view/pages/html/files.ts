/** Files as a tree, each with its change. */
import * as l10n from '@vscode/l10n';
import type { Block, FileChange } from '../page';
import { type Html, h } from './html';

type Files = Extract<Block, { readonly kind: 'files' }>;

interface Folder {
  readonly folders: Map<string, Folder>;
  readonly files: { readonly name: string; readonly file: FileChange }[];
}

export function filesHtml({ name, files }: Files): Html {
  return h('vscode-tree', { 'aria-label': name, 'indent-guides': 'always' }, inside(treeOf(files)));
}

function treeOf(files: readonly FileChange[]): Folder {
  const root: Folder = { folders: new Map(), files: [] };
  for (const file of files) {
    const names = file.path.split('/');
    const name = names.pop() ?? file.path;
    let folder = root;
    for (const part of names) {
      const next: Folder = folder.folders.get(part) ?? { folders: new Map(), files: [] };
      folder.folders.set(part, next);
      folder = next;
    }
    folder.files.push({ name, file });
  }
  return root;
}

function inside({ folders, files }: Folder): readonly Html[] {
  return [
    ...[...folders].map(([name, folder]) => {
      const [path, innermost] = withoutLonelyFolders(name, folder);
      return h('vscode-tree-item', { branch: true, open: true }, path, inside(innermost));
    }),
    ...files.map(({ name, file }) =>
      h(
        'vscode-tree-item',
        { 'data-button': file.button, class: 'file', 'data-change': file.change },
        h('span', { class: 'name' }, name),
        h('span', { slot: 'description' }, `${changeWords(file.change)} · ${file.size}`),
      ),
    ),
  ];
}

/**
 * If a folder contains nothing but one folder, joins the names of both, so that they share one row, as in
 * VS Code's own explorer.
 */
function withoutLonelyFolders(name: string, folder: Folder): readonly [string, Folder] {
  const [only, ...others] = folder.folders;
  return only !== undefined && others.length === 0 && folder.files.length === 0
    ? withoutLonelyFolders(`${name}/${only[0]}`, only[1])
    : [name, folder];
}

function changeWords(change: FileChange['change']): string {
  switch (change) {
    case 'added':
      return l10n.t('added');
    case 'changed':
      return l10n.t('changed');
    case 'removed':
      return l10n.t('removed');
  }
}
