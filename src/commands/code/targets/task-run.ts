/** Follows one run of a task, by the editor's events about all tasks. */

import type { Clock } from '../../../model/clock';

/** A `vscode.TaskExecution`: all events of one execution name the same object. */
export interface Execution {
  readonly task: { readonly name: string };
}

export interface TaskEnd {
  /** Undefined where the task was terminated or has run no process: its success is then not known. */
  readonly exitCode: number | undefined;
  /**
   * Name of a task that failed while this one ran no process: most probably a task on which this one depends.
   */
  readonly part?: string;
}

/**
 * The run counts as over if no task runs and no event comes for this many milliseconds: VS Code does not
 * report a failed start.
 */
export const LONGEST_SILENCE = 30_000;

export class TaskRun<E extends Execution> {
  /** Executions that have started since the run began and have not ended. */
  private readonly running = new Set<E>();
  /**
   * Exit codes of all processes that have ended since the run began, also those of other tasks: no event tells
   * which of these tasks the run's own task depends on.
   */
  private readonly exitCodes = new Map<E, number | undefined>();
  private readonly endedRuns = new Set<E>();
  /** Ends the wait of {@link end} for the next event. */
  private wake: () => void = () => undefined;

  constructor(readonly clock: Clock) {}

  started(execution: E): void {
    this.running.add(execution);
    this.wake();
  }

  processEnded(execution: E, exitCode: number | undefined): void {
    if (!this.exitCodes.has(execution)) this.exitCodes.set(execution, exitCode);
    this.running.delete(execution);
    this.wake();
  }

  ended(execution: E): void {
    this.endedRuns.add(execution);
    this.running.delete(execution);
    this.wake();
  }

  /**
   * @param own the execution, which may already have ended: a short task ends before its start is reported
   * @returns undefined if no execution is running and no event has come for {@link LONGEST_SILENCE}
   * @throws cancelled
   */
  async end(own: E, signal: AbortSignal): Promise<TaskEnd | undefined> {
    for (;;) {
      const end = this.endOf(own);
      if (end !== undefined) return end;
      if (!(await this.isTold(signal)) && this.running.size === 0) return undefined;
    }
  }

  /** Waits for the next event; false if none comes in time. @throws cancelled */
  private async isTold(signal: AbortSignal): Promise<boolean> {
    const told = new AbortController();
    this.wake = () => told.abort();
    try {
      await this.clock.sleep(LONGEST_SILENCE, AbortSignal.any([signal, told.signal]));
      return false;
    } catch (thrown) {
      if (signal.aborted) throw thrown;
      return true;
    }
  }

  private endOf(own: E): TaskEnd | undefined {
    if (this.exitCodes.has(own)) return { exitCode: this.exitCodes.get(own) };
    return this.endedRuns.has(own) ? this.endByParts() : undefined;
  }

  /** The end of a task that only depends on other tasks: it has no process and no exit code of its own. */
  private endByParts(): TaskEnd {
    const failed = [...this.exitCodes].find(([, exitCode]) => exitCode !== 0);
    if (failed === undefined) return { exitCode: this.exitCodes.size > 0 ? 0 : undefined };
    const [{ task }, exitCode] = failed;
    return { exitCode, part: task.name };
  }
}
