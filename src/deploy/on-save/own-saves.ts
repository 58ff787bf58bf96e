/**
 * Distinguishes the editor's own saves from other changes when a watcher reports a change, even if it
 * reports late.
 */

import type { Clock } from '../../model/clock';

/** Size and modification time of a file, which change with its content. */
export interface FileState {
  readonly size: number;
  /** Epoch milliseconds. */
  readonly modifiedAt: number;
}

interface Saving {
  readonly over: Promise<void>;
  readonly end: () => void;
}

/** Milliseconds after which a save that the editor has not reported as done counts as failed. */
const LONGEST_SAVE = 10_000;

/** The editor's own saves, finished or under way. Files are named by their URIs. */
export class OwnSaves {
  private readonly left = new Map<string, Promise<FileState | undefined>>();
  private readonly underWay = new Map<string, Saving>();

  /** @param stateOf resolves with undefined for a file that does not exist or cannot be read */
  constructor(
    private readonly stateOf: (file: string) => Promise<FileState | undefined>,
    private readonly clock: Clock,
  ) {}

  /**
   * Called when the editor is about to save the file: a watcher may report the change before the editor reports the
   * save.
   */
  saving(file: string): void {
    this.underWay.get(file)?.end();
    const control = new AbortController();
    const saving: Saving = {
      over: this.clock.sleep(LONGEST_SAVE, control.signal).then(
        () => {
          this.underWay.delete(file);
        },
        // The editor has reported the save, or is about to save again.
        () => undefined,
      ),
      end: () => control.abort(),
    };
    this.underWay.set(file, saving);
  }

  /** Called when the editor has just saved the file. */
  saved(file: string): void {
    this.left.set(file, this.stateOf(file));
    this.underWay.get(file)?.end();
    this.underWay.delete(file);
  }

  /** Returns true if the file has not changed since the editor saved it; waits for a save that is under way. */
  async holds(file: string): Promise<boolean> {
    await this.underWay.get(file)?.over;
    const left = await this.left.get(file);
    if (left === undefined) return false;
    const found = await this.stateOf(file);
    return found?.size === left.size && found.modifiedAt === left.modifiedAt;
  }
}
