/** Gives the keyboard to a row of a view. */
import type { TreeView } from 'vscode';
import type { Clock } from '../model/clock';

/** The focus is tried this many times; the pause after each try is longer by `PAUSE_MS`. */
const MOST_TRIES = 5;
const PAUSE_MS = 100;

/**
 * Waits until VS Code shows the row, and focuses it without selecting it. VS Code refuses while it draws the
 * rows anew: then it is asked again.
 * @throws VS Code's error where it refuses to the end
 */
export async function focusRow<Row>(
  view: Pick<TreeView<Row>, 'reveal'>,
  row: Row,
  clock: Pick<Clock, 'sleep'>,
): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await view.reveal(row, { focus: true, select: false });
    } catch (thrown) {
      if (tries === MOST_TRIES) throw thrown;
      await clock.sleep(tries * PAUSE_MS, new AbortController().signal);
    }
  }
}
