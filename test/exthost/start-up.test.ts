/** Starting stays small, says what it can do, and works with no AWS at all. */
import assert from 'node:assert/strict';
import { after, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { processesMarked } from '../../scripts/host/process-tree.mjs';
import { COMMAND_IDS } from '../../src/view/command-ids';
import { extension, loaded } from './loaded-scripts';
import { until } from './until';

interface Contributions {
  readonly commands: readonly { readonly command: string; readonly title: string; readonly icon?: string }[];
  readonly menus: Readonly<Record<string, readonly { readonly command: string }[]>>;
}

describe('Start-up', () => {
  after(() => {
    // The sandbox outlives its windows on purpose: whoever made Slipway start it ends it.
    // Those of other suites run beside it, and have other homes.
    const home = process.env['HOME'];
    assert.ok(home, 'what a test run starts has a home of its own');
    for (const { id, command } of processesMarked(home)) {
      if (command.includes('dist/sandbox.js')) process.kill(id.pid, 'SIGTERM');
    }
  });

  it('loads no SDK before its first use, then loads it', async () => {
    await extension().activate();
    assert.notEqual(loaded('extension.js').length, 0, 'the look at loaded scripts sees nothing');
    assert.deepEqual(loaded('aws/'), []);

    await vscode.commands.executeCommand('slipway.connection.openSandbox');
    // The first look at the sandbox needs the SDK.
    await until(() => loaded('aws/index.mjs').length > 0);
    assert.deepEqual(
      loaded('aws/').filter((url) => /ec2/i.test(url)),
      [],
      'EC2, by far the largest client, waits for a launch template',
    );
  });

  it('registers every command that the manifest declares, and no other', async () => {
    const { commands } = extension().packageJSON.contributes as Contributions;
    assert.deepEqual(commands.map(({ command }) => command).sort(), [...COMMAND_IDS].sort());
    const registered = new Set(await vscode.commands.getCommands(true));
    for (const id of COMMAND_IDS) assert.ok(registered.has(id), id);
  });

  it('offers every command in the palette or on a row, with a title', () => {
    const { commands, menus } = extension().packageJSON.contributes as Contributions;
    const hidden = new Set(menus['commandPalette']?.map(({ command }) => command));
    const elsewhere = new Set(
      Object.entries(menus)
        .filter(([menu]) => menu !== 'commandPalette')
        .flatMap(([, items]) => items.map(({ command }) => command)),
    );
    for (const { command, title } of commands) {
      assert.doesNotMatch(title, /^%/, `${command} has no title in package.nls.json`);
      // A click on a row runs these, without a menu.
      const onRow =
        elsewhere.has(command) || ['slipway.resources.loadMore', 'slipway.resources.open'].includes(command);
      assert.ok(onRow || !hidden.has(command), `${command} can be reached nowhere`);
    }
  });
});
