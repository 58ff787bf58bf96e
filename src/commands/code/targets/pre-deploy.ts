/**
 * Runs the VS Code task that has to succeed before a target is deployed. `slipway.json` gives only the task's
 * label, never a command line.
 */

import * as vscode from 'vscode';
import { type Clock, systemClock } from '../../../model/clock';
import { present } from '../../../model/present';
import { refuse } from '../../../view/messages/refusals/commands';
import { SharedRuns } from './shared-runs';
import { chooseTask } from './task-choice';
import { LONGEST_SILENCE, type TaskEnd, TaskRun } from './task-run';

export interface TaskOptions {
  readonly clock?: Clock;
  /**
   * Throws to prevent the start of the task; `run` then rejects with the thrown error. Called at each call of
   * `run`. The function of the call that begins the run is called once more, right before the task starts.
   */
  readonly mayStart?: () => void;
}

/** The runs of pre-deploy tasks in one window: all callers use the same object. */
export class PreDeployTasks {
  /** Shared, since VS Code asks the user which run to end if a task is started again while it runs. */
  private readonly runs = new SharedRuns();

  /**
   * Resolves when the task has succeeded. While the task runs, a further call waits for that run; if a file
   * was saved since the run began, the call waits for a new run instead.
   * @param label the label under which VS Code lists the task
   * @throws refused `task-missing` (`task`), `task-failed` (`task`, `exitCode`; if a task that it depends on
   * has failed, also that task as `part`), `task-not-started` (`task`, `seconds`); cancelled, which also ends
   * the task if no other caller waits for it
   */
  async run(
    label: string,
    folder: vscode.WorkspaceFolder,
    signal: AbortSignal,
    options: TaskOptions = {},
  ): Promise<void> {
    // Called even if this caller then joins a run that is already under way.
    options.mayStart?.();
    await this.runs.join(`${folder.uri} ${label}`, signal, (all) => this.once(label, folder, all, options));
  }

  private async once(
    label: string,
    folder: vscode.WorkspaceFolder,
    signal: AbortSignal,
    { clock = systemClock, mayStart }: TaskOptions,
  ): Promise<void> {
    const chosen = chooseTask(await vscode.tasks.fetchTasks(), label, folder.uri.toString());
    if (chosen === undefined) throw refuse('task-missing', { task: label });
    const run = new TaskRun<vscode.TaskExecution>(clock);
    const listeners = vscode.Disposable.from(
      vscode.tasks.onDidStartTask(({ execution }) => run.started(execution)),
      vscode.tasks.onDidStartTaskProcess(({ execution }) => run.started(execution)),
      vscode.tasks.onDidEndTaskProcess(({ execution, exitCode }) => run.processEnded(execution, exitCode)),
      vscode.tasks.onDidEndTask(({ execution }) => run.ended(execution)),
      // Later callers get a new run, since the present run may have read the file before it was saved.
      vscode.workspace.onDidSaveTextDocument(() => this.runs.closeAll()),
      vscode.workspace.onDidSaveNotebookDocument(() => this.runs.closeAll()),
    );
    try {
      signal.throwIfAborted();
      mayStart?.();
      const execution = await vscode.tasks.executeTask(chosen);
      throwUnlessWell(label, await endOrStop(run, execution, signal));
    } finally {
      listeners.dispose();
    }
  }
}

const NEVER = new AbortController().signal;

async function endOrStop(
  run: TaskRun<vscode.TaskExecution>,
  execution: vscode.TaskExecution,
  signal: AbortSignal,
): Promise<TaskEnd | undefined> {
  try {
    return await run.end(execution, signal);
  } catch (thrown) {
    execution.terminate();
    // If the task were started again before it has ended, VS Code would ask the user which run to end.
    await run.end(execution, NEVER);
    throw thrown;
  }
}

function throwUnlessWell(task: string, end: TaskEnd | undefined): void {
  if (end === undefined) throw refuse('task-not-started', { task, seconds: LONGEST_SILENCE / 1000 });
  const { exitCode, part } = end;
  if (exitCode === 0) return;
  throw refuse('task-failed', {
    task,
    ...present({ exitCode, part }),
  });
}
