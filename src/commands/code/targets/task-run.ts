/** One run of a task, followed by what the editor tells of all tasks meanwhile. */

import type { Clock } from '../../../model/clock';

/** What of `vscode.TaskExecution` is told; one object for one execution. */
export interface Execution {
  readonly task: { readonly name: string };
}

export interface TaskEnd {
  /** Undefined where nothing says that it went well: it was ended, or has run nothing. */
  readonly exitCode: number | undefined;
  /** Which of the tasks that it depends on failed, so that it was not run itself. */
  readonly part?: string;
}

/** How long (ms) nothing may run and nothing be told: VS Code tells nothing at all of a task that it cannot start. */
export const LONGEST_SILENCE = 30_000;

export class TaskRun<E extends Execution> {
  /** What started since and has not ended. */
  private readonly running = new Set<E>();
  /** Of all processes that ended since, since nobody tells which of them are parts of the task. */
  private readonly exitCodes = new Map<E, number | undefined>();
  private readonly endedRuns = new Set<E>();
  /** Ends the pause of {@link end}. */
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
   * @param own may have ended by now: a short task does so before its start is told.
   * @returns undefined when neither it nor a part of it runs, and nothing is told any more.
   * @throws cancelled.
   */
  async end(own: E, signal: AbortSignal): Promise<TaskEnd | undefined> {
    for (;;) {
      const end = this.endOf(own);
      if (end !== undefined) return end;
      if (!(await this.isTold(signal)) && this.running.size === 0) return undefined;
    }
  }

  /** Waits for the next that is told; false when that takes too long. @throws cancelled. */
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

  /** A task that only depends on others has no process and no exit code, whether they went well or not. */
  private endByParts(): TaskEnd {
    const failed = [...this.exitCodes].find(([, exitCode]) => exitCode !== 0);
    if (failed === undefined) return { exitCode: this.exitCodes.size > 0 ? 0 : undefined };
    const [{ task }, exitCode] = failed;
    return { exitCode, part: task.name };
  }
}
