/** Tells what a watcher says of the editor's own saves from changes that somebody else made, however late it says so. */

import type { Clock } from '../../model/clock';

/** What changes with the content of a file. */
export interface FileState {
  readonly size: number;
  /** Epoch milliseconds. */
  readonly modifiedAt: number;
}

interface Saving {
  readonly over: Promise<void>;
  readonly end: () => void;
}

/** A save of which the editor says nothing more after this time (ms) has failed. */
const LONGEST_SAVE = 10_000;

/** Files go by their URIs. */
export class OwnSaves {
  private readonly left = new Map<string, Promise<FileState | undefined>>();
  private readonly underWay = new Map<string, Saving>();

  /** @param stateOf undefined for a file that is not there. */
  constructor(
    private readonly stateOf: (file: string) => Promise<FileState | undefined>,
    private readonly clock: Clock,
  ) {}

  /** The editor is about to save the file: a watcher may tell of that before the editor says that it is done. */
  saving(file: string): void {
    this.underWay.get(file)?.end();
    const control = new AbortController();
    const saving: Saving = {
      over: this.clock.sleep(LONGEST_SAVE, control.signal).then(
        () => {
          this.underWay.delete(file);
        },
        // The editor has said how it went, or is about to save again.
        () => undefined,
      ),
      end: () => control.abort(),
    };
    this.underWay.set(file, saving);
  }

  /** The editor has saved the file just now. */
  saved(file: string): void {
    this.left.set(file, this.stateOf(file));
    this.underWay.get(file)?.end();
    this.underWay.delete(file);
  }

  /** Whether the file is still as the editor has left it, once a save that is under way is over. */
  async holds(file: string): Promise<boolean> {
    await this.underWay.get(file)?.over;
    const left = await this.left.get(file);
    if (left === undefined) return false;
    const found = await this.stateOf(file);
    return found?.size === left.size && found.modifiedAt === left.modifiedAt;
  }
}
