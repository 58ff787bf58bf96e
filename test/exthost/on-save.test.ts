/** Deploy on save costs nothing where it is off: nothing is loaded before the first save that may concern it. */
import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { after, afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { extension, loaded } from './loaded-scripts';
import { closeEditors, until } from './until';

/** What must not be loaded has this long to be loaded all the same. */
const MOMENT_MS = 1_000;

function targets(enabled: boolean): string {
  const place = { connection: 'sandbox', environment: 'eq7dev51r8c4n6y3v2h9s0kd', cluster: 'dev-scratch' };
  const target = { ...place, bucket: 'acme-kdb-code-111122223333', onSave: { enabled, debounceMs: 0 } };
  return JSON.stringify({ targets: { scratch: target } });
}

describe('Deploy on save', () => {
  let folder: string;
  let saves = 0;

  before(async () => {
    const [first] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(first, 'the window has no folder');
    folder = first.uri.fsPath;
    mkdirSync(join(folder, 'lib'), { recursive: true });
    writeFileSync(join(folder, 'lib/a.q'), 'a:1\n');
    await extension().activate();
  });
  afterEach(async () => {
    await closeEditors();
    rmSync(join(folder, 'slipway.json'), { force: true });
  });
  after(() => rmSync(join(folder, 'lib'), { recursive: true, force: true }));

  async function save(): Promise<void> {
    const document = await vscode.workspace.openTextDocument(join(folder, 'lib/a.q'));
    const editor = await vscode.window.showTextDocument(document);
    saves += 1;
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), `s:${saves}\n`));
    assert.ok(await document.save());
  }

  function nothingLoaded(): void {
    assert.notEqual(loaded('extension.js').length, 0, 'the look at loaded scripts sees nothing');
    assert.deepEqual([...loaded('slipway.js'), ...loaded('aws/')], []);
  }

  it('loads nothing at a save in a folder without slipway.json', async () => {
    nothingLoaded();
    await save();
    await pause(MOMENT_MS);
    nothingLoaded();
  });

  it('loads nothing at a save where slipway.json has it off', async () => {
    writeFileSync(join(folder, 'slipway.json'), targets(false));
    await save();
    await pause(MOMENT_MS);
    nothingLoaded();
  });

  it('loads nothing where slipway.json has it on before the first save, and no SDK before something is sent', async () => {
    writeFileSync(join(folder, 'slipway.json'), targets(true));
    await pause(MOMENT_MS);
    nothingLoaded();
    await save();
    await until(() => loaded('slipway.js').length > 0);
    await pause(MOMENT_MS);
    assert.deepEqual(loaded('aws/'), [], 'nobody has agreed to the target yet');
  });
});
