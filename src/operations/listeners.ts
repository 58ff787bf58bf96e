/** Listeners to an event, where vscode's emitter is not at hand. */

export class Listeners<T> {
  private readonly listeners = new Set<(value: T) => void>();

  /** Returns the function that removes it. A listener must not throw. */
  add(listener: (value: T) => void): () => void {
    // A function of its own, so that adding the same listener twice is two additions.
    const own = (value: T): void => listener(value);
    this.listeners.add(own);
    return () => this.listeners.delete(own);
  }

  tell(value: T): void {
    for (const listener of [...this.listeners]) listener(value);
  }
}
