/** The task that has to succeed before a target is deployed, as VS Code itself runs it and tells of it. */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { PreDeployTasks } from '../../src/commands/code/targets/pre-deploy';
import { refuseUnsaved } from '../../src/commands/on-save/target-folder';
import { type Clock, systemClock } from '../../src/model/clock';
import { type Failure, failureOf } from '../../src/model/failure';
import { closeEditors, until } from './until';

const quiet = { presentation: { reveal: 'never' } };
const shell = (label: string, command: string) => ({ label, type: 'shell', command, ...quiet });
const TASKS = [
  shell('right', 'true'),
  shell('wrong', 'exit 3'),
  shell('counted', 'sleep 1; echo run >> counted.txt'),
  shell('endless', 'sleep 600'),
  { label: 'all right', dependsOn: ['right'], ...quiet },
  { label: 'half right', dependsOn: ['right', 'wrong'], ...quiet },
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of tasks.json
  shell('not to be started', 'test ${config:slipway.noSuchSetting}'),
  { ...shell('after wrong', 'true'), dependsOn: ['wrong'] },
];

/** Ten times as fast, since nothing is told of a task that cannot be started. */
const hurried: Clock = { ...systemClock, sleep: (ms, signal) => systemClock.sleep(ms / 10, signal) };

describe('The task before a deployment', () => {
  const tasks = new PreDeployTasks();
  let folder: vscode.WorkspaceFolder;

  before(async () => {
    const [first] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(first, 'the window has no folder');
    folder = first;
    mkdirSync(join(folder.uri.fsPath, '.vscode'), { recursive: true });
    writeFileSync(
      join(folder.uri.fsPath, '.vscode/tasks.json'),
      JSON.stringify({ version: '2.0.0', tasks: TASKS }),
    );
    await until(async () => (await vscode.tasks.fetchTasks()).some(({ name }) => name === 'after wrong'));
  });
  afterEach(closeEditors);
  after(() => rmSync(join(folder.uri.fsPath, '.vscode'), { recursive: true, force: true }));

  interface How {
    readonly clock?: Clock;
    readonly mayStart?: () => void;
  }

  /** Undefined: it went well. */
  async function failureOfTask(label: string, how: How = {}): Promise<Failure | undefined> {
    try {
      await tasks.run(label, folder, new AbortController().signal, how);
      return undefined;
    } catch (thrown) {
      return failureOf(thrown);
    }
  }

  it('succeeds with its process, and fails with it', async () => {
    assert.equal(await failureOfTask('right'), undefined);
    assert.deepEqual(await failureOfTask('wrong'), {
      kind: 'refused',
      code: 'task-failed',
      facts: { task: 'wrong', exitCode: 3 },
    });
  });

  it('succeeds with the tasks that it only depends on', async () => {
    assert.equal(await failureOfTask('all right'), undefined);
  });

  it('fails with a task that it depends on, and names it', async () => {
    for (const task of ['half right', 'after wrong']) {
      assert.deepEqual(await failureOfTask(task), {
        kind: 'refused',
        code: 'task-failed',
        facts: { task, exitCode: 3, part: 'wrong' },
      });
    }
  });

  it('is given up when VS Code cannot start it and tells nothing', async () => {
    assert.deepEqual(await failureOfTask('not to be started', { clock: hurried }), {
      kind: 'refused',
      code: 'task-not-started',
      facts: { task: 'not to be started', seconds: 30 },
    });
  });

  it('runs once for two that want it at the same time', async () => {
    const both = await Promise.all([failureOfTask('counted'), failureOfTask('counted')]);
    const file = join(folder.uri.fsPath, 'counted.txt');
    assert.deepEqual([both, readFileSync(file, 'utf8')], [[undefined, undefined], 'run\n']);
    rmSync(file);
  });

  it('ends when nobody waits for it any more', async () => {
    const abort = new AbortController();
    const started = new Promise<void>((resolve) => {
      const listener = vscode.tasks.onDidStartTaskProcess(() => {
        listener.dispose();
        resolve();
      });
    });
    const ended = new Promise<void>((resolve) => {
      const listener = vscode.tasks.onDidEndTask(({ execution }) => {
        if (execution.task.name !== 'endless') return;
        listener.dispose();
        resolve();
      });
    });
    const run = tasks.run('endless', folder, abort.signal).catch(failureOf);
    await started;
    abort.abort();
    assert.deepEqual(await run, { kind: 'cancelled' });
    await ended;
  });

  it('is not begun when VS Code would save what is half typed before it', async () => {
    const file = vscode.Uri.joinPath(folder.uri, 'half.q');
    writeFileSync(file.fsPath, 'n:0\n');
    const editor = await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(file));
    await editor.edit((edit) => edit.insert(new vscode.Position(1, 0), 'n:'));
    const check = () => refuseUnsaved('right', folder.uri, folder);
    assert.deepEqual(await failureOfTask('right', { mayStart: check }), {
      kind: 'refused',
      code: 'unsaved-files',
      facts: { files: ['half.q'], task: 'right' },
    });
    assert.equal(editor.document.isDirty, true);

    const settings = vscode.workspace.getConfiguration('task', folder);
    await settings.update('saveBeforeRun', 'never', vscode.ConfigurationTarget.Workspace);
    try {
      assert.equal(await failureOfTask('right', { mayStart: check }), undefined);
      assert.equal(editor.document.isDirty, true);
    } finally {
      await settings.update('saveBeforeRun', undefined, vscode.ConfigurationTarget.Workspace);
    }
  });

  it('is refused where there is none', async () => {
    assert.deepEqual(await failureOfTask('left'), {
      kind: 'refused',
      code: 'task-missing',
      facts: { task: 'left' },
    });
  });
});
