/** Runs the VS Code task that has to succeed before a target is deployed. Only a label is taken, never a command line. */
import * as vscode from 'vscode';
import { type Clock, systemClock } from '../../../model/clock';
import { refused } from '../../../model/failure';
import { chooseTask } from './task-choice';
import { LONGEST_SILENCE, type TaskEnd, TaskRun } from './task-run';

/**
 * @param label as VS Code lists the task.
 * @throws refused `task-missing` (`task`), `task-failed` (`task`, `exitCode`, `part` where a task that it depends on has
 * failed), `task-not-started` (`task`, `seconds`); cancelled, which also ends the task.
 */
export async function runTask(
  label: string,
  folder: vscode.WorkspaceFolder,
  signal: AbortSignal,
  clock: Clock = systemClock,
): Promise<void> {
  const chosen = chooseTask(await vscode.tasks.fetchTasks(), label, folder.uri.toString());
  if (chosen === undefined) throw refused('task-missing', { task: label });
  const run = new TaskRun<vscode.TaskExecution>(clock);
  const listeners = vscode.Disposable.from(
    vscode.tasks.onDidStartTask(({ execution }) => run.started(execution)),
    vscode.tasks.onDidStartTaskProcess(({ execution }) => run.started(execution)),
    vscode.tasks.onDidEndTaskProcess(({ execution, exitCode }) => run.processEnded(execution, exitCode)),
    vscode.tasks.onDidEndTask(({ execution }) => run.ended(execution)),
  );
  try {
    signal.throwIfAborted();
    const execution = await vscode.tasks.executeTask(chosen);
    throwUnlessWell(label, await endOrStop(run, execution, signal));
  } finally {
    listeners.dispose();
  }
}

async function endOrStop(
  run: TaskRun<vscode.TaskExecution>,
  execution: vscode.TaskExecution,
  signal: AbortSignal,
): Promise<TaskEnd | undefined> {
  try {
    return await run.end(execution, signal);
  } catch (thrown) {
    execution.terminate();
    throw thrown;
  }
}

function throwUnlessWell(task: string, end: TaskEnd | undefined): void {
  if (end === undefined) throw refused('task-not-started', { task, seconds: LONGEST_SILENCE / 1000 });
  const { exitCode, part } = end;
  if (exitCode === 0) return;
  throw refused('task-failed', {
    task,
    exitCode: exitCode ?? 'no exit code',
    ...(part !== undefined && { part }),
  });
}
