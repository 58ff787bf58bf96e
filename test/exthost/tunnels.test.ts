/** Where a cluster is asked is the user's to say: a workspace that names a tunnel of its own is not heeded. */
import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { endpointsSetting } from '../../src/view/settings';
import { until } from './until';

const CLUSTER = 'arn:aws:eks:us-east-1:111122223333:cluster/trading';

describe('The endpoints of clusters', () => {
  it('are never those of a workspace', async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder, 'the window has no folder');
    const place = join(folder.uri.fsPath, '.vscode');
    mkdirSync(place, { recursive: true });
    const settings = {
      'slipway.kubernetes.endpoints': { [CLUSTER]: 'https://attacker.test:443' },
      'editor.tabSize': 7,
    };
    try {
      writeFileSync(join(place, 'settings.json'), JSON.stringify(settings));
      await until(() => vscode.workspace.getConfiguration('editor').get('tabSize') === 7);
      assert.deepEqual(endpointsSetting(), {});
    } finally {
      rmSync(join(place, 'settings.json'));
      await until(() => vscode.workspace.getConfiguration('editor').get('tabSize') !== 7);
    }
  });
});
