/** Which saves deploy on save is told of, and by whose word. */
import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { refuseUnsaved } from '../../src/commands/on-save/unsaved-files';
import { failureOf } from '../../src/model/failure';
import { mayDeployOnSave, type Save, watchSaves } from '../../src/view/save-watch';
import { closeEditors, until } from './until';

const EMPTY = { cells: [], metadata: {}, nbformat: 4, nbformat_minor: 5 };

describe('A save', () => {
  const saves: Save[] = [];
  let folder: vscode.WorkspaceFolder;
  let watching: vscode.Disposable;

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
});
