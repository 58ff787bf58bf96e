/** The commit that a plan names, as VS Code's own Git extension knows it. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { inputOf } from '../../src/commands/code/plan';
import { targetInput } from '../../src/commands/code/targets/target-input';
import { readWorkspaceTargets, usableTargets } from '../../src/commands/code/targets/workspace-targets';
import { targetKinds } from '../../src/commands/target-kinds';
import { KEEP_ALL } from '../../src/deploy/configuration';
import { connectionOf } from '../../src/model/connection';
import { gitCommitOf } from '../../src/view/git';
import { until } from './until';

const SANDBOX = connectionOf({ kind: 'sandbox' }, 'us-east-1');
const TARGET = { connection: 'sandbox', environment: 'eq7dev51r8c4n6y3v2h9s0kd', cluster: 'dev-scratch' };
const PLACE = { kind: targetKinds.usual, path: [TARGET.environment, TARGET.cluster] };
const BUCKET = 'acme-kdb-code-111122223333';

const { Global } = vscode.ConfigurationTarget;

describe('The commit of a folder', () => {
  let folder: vscode.Uri;
  const switched = vscode.workspace.getConfiguration('git');

  before(async () => {
    const [first] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(first, 'the window has no folder');
    folder = first.uri;
    write(1);
    const targets = { scratch: { ...TARGET, bucket: BUCKET } };
    writeFileSync(join(folder.fsPath, 'slipway.json'), JSON.stringify({ targets }));
    git('init', '-q');
  });
  after(async () => {
    await switched.update('enabled', undefined, Global);
    for (const name of ['.git', 'committed.q', 'slipway.json'])
      rmSync(join(folder.fsPath, name), { recursive: true });
  });

  function git(...args: readonly string[]): string {
    const author = ['-c', 'user.name=Q', '-c', 'user.email=q@example.com'];
    return execFileSync('git', [...author, ...args], { cwd: folder.fsPath, encoding: 'utf8' }).trim();
  }

  function commit(): string {
    git('add', '.');
    git('commit', '-q', '-m', 'Code');
    return git('rev-parse', 'HEAD');
  }

  const write = (value: number) => writeFileSync(join(folder.fsPath, 'committed.q'), `n:${value}\n`);

  it('is unknown where Git is switched off', async () => {
    commit();
    assert.equal(await gitCommitOf(folder), undefined);
  });

  it('is named at once, and whether files differ from it, though the Git extension finds that later', async () => {
    await switched.update('enabled', true, Global);
    await until(async () => (await gitCommitOf(folder)) !== undefined);
    assert.deepEqual(await gitCommitOf(folder), { commit: git('rev-parse', 'HEAD'), dirty: false });
    write(2);
    assert.deepEqual(await gitCommitOf(folder), { commit: git('rev-parse', 'HEAD'), dirty: true });
    const next = commit();
    assert.deepEqual(await gitCommitOf(folder), { commit: next, dirty: false });
    write(3);
    assert.equal((await gitCommitOf(folder))?.dirty, true);
  });

  it('is part of what is planned, by hand and for a target', async () => {
    const source = { kind: 'folder', uri: folder.toString() } as const;
    const answers = { connection: SANDBOX, source, bucket: BUCKET, prefix: '' };
    const how = { strategy: 'ROLLING', ...KEEP_ALL };
    const { git: ofFolder } = await inputOf(answers, PLACE, how, '/none');
    assert.equal(ofFolder?.commit, git('rev-parse', 'HEAD'));

    const [target] = usableTargets(await readWorkspaceTargets());
    assert.ok(target, 'slipway.json has no target');
    const store = { all: () => [SANDBOX] } as never;
    const deps = { store, ports: undefined as never, cacheFolder: '/none' };
    const { git: ofTarget } = await targetInput(target, deps, new AbortController().signal);
    assert.equal(ofTarget?.commit, git('rev-parse', 'HEAD'));
  });
});
