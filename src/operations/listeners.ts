/** Listeners to an event, for code that cannot use vscode's emitter. */

export class Listeners<T> {
  private readonly listeners = new Set<(value: T) => void>();

  /** Adds a listener, which must not throw. Returns the function that removes it. */
  add(listener: (value: T) => void): () => void {
    // A separate function, so that the same listener can be added twice.
    const own = (value: T): void => listener(value);
    this.listeners.add(own);
    return () => this.listeners.delete(own);
  }

  tell(value: T): void {
    for (const listener of [...this.listeners]) listener(value);
  }
}
