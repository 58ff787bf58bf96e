/** The output of pods' containers, before and after each container's last restart. */

export interface LogLine {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly text: string;
}

interface ContainerLog {
  readonly current: LogLine[];
  /** Log of the run before the last restart; undefined if the container was never restarted. */
  readonly previous: readonly LogLine[] | undefined;
}

export class PodLogs {
  private readonly logs = new Map<string, ContainerLog>();
  private readonly listeners = new Set<() => void>();

  constructor(private readonly now: () => number) {}

  append(podUid: string, container: string, lines: readonly string[]): void {
    const key = `${podUid}/${container}`;
    const log = this.logs.get(key) ?? { current: [], previous: undefined };
    this.logs.set(key, log);
    for (const text of lines) log.current.push({ at: this.now(), text });
    for (const listener of [...this.listeners]) listener();
  }

  /** Called when a container starts again: its log so far becomes the log of its previous run. */
  restart(podUid: string, container: string): void {
    const key = `${podUid}/${container}`;
    this.logs.set(key, { current: [], previous: this.logs.get(key)?.current ?? [] });
  }

  /**
   * The lines of a container's present run or, with `previous`, of its run before the last restart, oldest
   * first. Undefined if there was no such run.
   */
  lines(podUid: string, container: string, previous: boolean): readonly LogLine[] | undefined {
    const log = this.logs.get(`${podUid}/${container}`);
    return previous ? log?.previous : log?.current;
  }

  /** Forgets the logs of a removed pod. */
  forget(podUid: string): void {
    for (const key of this.logs.keys()) if (key.startsWith(`${podUid}/`)) this.logs.delete(key);
  }

  /** Calls `listener` whenever a container has written. @returns a function that removes the listener */
  onAppend(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
