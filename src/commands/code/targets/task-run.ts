/** One run of a task, followed by what the editor tells of all tasks meanwhile. */

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

export class TaskRun<E extends Execution> {
  /** Of all processes that ended since, since nobody tells which of them are parts of the task. */
  readonly #exitCodes = new Map<E, number | undefined>();
  readonly #ended = new Set<E>();
  /** Ends the pause of {@link end} until something is told. */
  #wake: () => void = () => undefined;

  processEnded(execution: E, exitCode: number | undefined): void {
    if (!this.#exitCodes.has(execution)) this.#exitCodes.set(execution, exitCode);
    this.#wake();
  }

  ended(execution: E): void {
    this.#ended.add(execution);
    this.#wake();
  }

  /**
   * @param own may have ended by now: a short task does so before its start is told.
   * @throws cancelled.
   */
  async end(own: E, signal: AbortSignal): Promise<TaskEnd> {
    const wake = (): void => this.#wake();
    signal.addEventListener('abort', wake, { once: true });
    try {
      for (;;) {
        const end = this.#endOf(own);
        if (end !== undefined) return end;
        signal.throwIfAborted();
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    } finally {
      signal.removeEventListener('abort', wake);
    }
  }

  #endOf(own: E): TaskEnd | undefined {
    if (this.#exitCodes.has(own)) return { exitCode: this.#exitCodes.get(own) };
    return this.#ended.has(own) ? this.#endByParts() : undefined;
  }

  /** A task that only depends on others has no process and no exit code, whether they went well or not. */
  #endByParts(): TaskEnd {
    const failed = [...this.#exitCodes].find(([, exitCode]) => exitCode !== 0);
    if (failed === undefined) return { exitCode: this.#exitCodes.size > 0 ? 0 : undefined };
    const [{ task }, exitCode] = failed;
    return { exitCode, part: task.name };
  }
}
