/** Which saves deploy on save is told of, and by whose word. */
import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { refuseUnsaved } from '../../src/commands/on-save/target-folder';
import { failureOf } from '../../src/model/failure';
import { mayDeployOnSave, type Save, watchSaves } from '../../src/view/save-watch';
import { closeEditors, until } from './until';

const EMPTY = { cells: [], metadata: {}, nbformat: 4, nbformat_minor: 5 };

describe('A save', () => {
  const saves: Save[] = [];
  let folder: vscode.WorkspaceFolder;
  let watching: vscode.Disposable;

  beforeEach(() => {
    saves.length = 0;
  });

  before(() => {
    const [first] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(first, 'the window has no folder');
    folder = first;
    watching = watchSaves((save) => saves.push(save));
  });
  after(() => watching.dispose());

  it('of a notebook is one, told once, and keeps a task from saving it half done', async () => {
    const file = vscode.Uri.joinPath(folder.uri, 'study.ipynb');
    writeFileSync(file.fsPath, JSON.stringify(EMPTY));
    const settings = join(folder.uri.fsPath, 'slipway.json');
    writeFileSync(settings, '{"targets": {"a": {"onSave": {"enabled": true}}}}');
    try {
      const notebook = await vscode.workspace.openNotebookDocument(file);
      await vscode.window.showNotebookDocument(notebook);
      const edit = new vscode.WorkspaceEdit();
      const cell = new vscode.NotebookCellData(vscode.NotebookCellKind.Code, 'n:1', 'q');
      edit.set(file, [vscode.NotebookEdit.insertCells(0, [cell])]);
      await vscode.workspace.applyEdit(edit);
      await until(() => notebook.isDirty);
      assert.throws(
        () => refuseUnsaved('lint', folder.uri, folder),
        (thrown) => {
          const failure = failureOf(thrown);
          assert.deepEqual(failure.kind === 'refused' && failure.facts['files'], ['study.ipynb']);
          return true;
        },
      );

      assert.ok(await notebook.save());
      await until(() => saves.length > 0);
      assert.deepEqual(
        saves.map((save) => [save.file.toString(), save.explicit]),
        [[file.toString(), true]],
      );
      const [save] = saves;
      assert.equal(save && (await mayDeployOnSave(save)), true);
      refuseUnsaved('lint', folder.uri, folder);
    } finally {
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
      await closeEditors();
      rmSync(file.fsPath, { force: true });
      rmSync(settings, { force: true });
    }
  });

  it('of which nothing is told beforehand is one by the user, where the language is never saved by itself', async () => {
    const files = vscode.workspace.getConfiguration('files');
    const markdown = vscode.workspace.getConfiguration('files', { languageId: 'markdown' });
    const { Global } = vscode.ConfigurationTarget;
    const told = async (name: string): Promise<boolean | undefined> => {
      const before = saves.length;
      const file = vscode.Uri.joinPath(folder.uri, name);
      writeFileSync(file.fsPath, '\n');
      try {
        const editor = await vscode.window.showTextDocument(file);
        await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'As it is.'));
        await vscode.commands.executeCommand('workbench.action.files.saveWithoutFormatting');
        await until(() => saves.length > before);
        return saves.at(-1)?.explicit;
      } finally {
        await closeEditors();
        rmSync(file.fsPath, { force: true });
      }
    };
    await files.update('autoSave', 'onWindowChange', Global);
    await markdown.update('autoSave', 'off', Global, true);
    try {
      assert.equal(await told('notes.md'), true);
      assert.equal(await told('notes.txt'), false);
    } finally {
      await markdown.update('autoSave', undefined, Global, true);
      await files.update('autoSave', 'off', Global);
    }
  });
});
