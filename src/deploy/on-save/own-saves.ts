/** Tells what a watcher says of the editor's own saves from changes that somebody else made, however late it says so. */

/** What changes with the content of a file. */
export interface FileState {
  readonly size: number;
  /** Epoch milliseconds. */
  readonly modifiedAt: number;
}

/** Files go by their URIs. */
export class OwnSaves {
  readonly #left = new Map<string, Promise<FileState | undefined>>();

  /** @param stateOf undefined for a file that is not there. */
  constructor(private readonly stateOf: (file: string) => Promise<FileState | undefined>) {}

  /** The editor has saved the file just now. */
  saved(file: string): void {
    this.#left.set(file, this.stateOf(file));
  }

  /** Whether the file is still as the editor has left it. */
  async holds(file: string): Promise<boolean> {
    const left = await this.#left.get(file);
    if (left === undefined) return false;
    const found = await this.stateOf(file);
    return found?.size === left.size && found.modifiedAt === left.modifiedAt;
  }
}
