/** Runs the VS Code task that has to succeed before a target is deployed. Only a label is taken, never a command line. */
import * as vscode from 'vscode';
import { failed, refused } from '../../../model/failure';
import { chooseTask } from './task-choice';

/**
 * @param label as VS Code lists the task.
 * @throws refused `task-missing` (`task`), `task-failed` (`task`, `exitCode`); cancelled, which also ends the task.
 */
export async function runTask(
  label: string,
  folder: vscode.WorkspaceFolder,
  signal: AbortSignal,
): Promise<void> {
  const chosen = chooseTask(await vscode.tasks.fetchTasks(), label, folder.uri.toString());
  if (chosen === undefined) throw refused('task-missing', { task: label });
  const ended = Promise.withResolvers<number | undefined>();
  // A short task may end before its start is told.
  const ends = new Map<vscode.TaskExecution, number | undefined>();
  let execution: vscode.TaskExecution | undefined;
  const note = (end: vscode.TaskExecution, exitCode: number | undefined): void => {
    if (!ends.has(end)) ends.set(end, exitCode);
    if (end === execution) ended.resolve(ends.get(end));
  };
  const listeners = vscode.Disposable.from(
    vscode.tasks.onDidEndTaskProcess((end) => note(end.execution, end.exitCode)),
    // For a task without a process of its own, which has no exit code.
    vscode.tasks.onDidEndTask((end) => note(end.execution, undefined)),
  );
  const stop = (): void => {
    execution?.terminate();
    ended.reject(failed({ kind: 'cancelled' }));
  };
  signal.addEventListener('abort', stop, { once: true });
  try {
    signal.throwIfAborted();
    execution = await vscode.tasks.executeTask(chosen);
    const exitCode = ends.has(execution) ? ends.get(execution) : await ended.promise;
    if (exitCode !== 0) throw refused('task-failed', { task: label, exitCode: exitCode ?? 'no exit code' });
  } finally {
    signal.removeEventListener('abort', stop);
    listeners.dispose();
  }
}
