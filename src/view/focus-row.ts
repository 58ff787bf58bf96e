/** Moves the keyboard focus to a row of a view. */
import type { TreeView } from 'vscode';
import type { Clock } from '../model/clock';

/** `focusRow` tries at most this many times. Each pause is `PAUSE_MS` longer than the one before. */
const MOST_TRIES = 5;
const PAUSE_MS = 100;

/**
 * Moves the keyboard focus to the row, without selecting the row. VS Code refuses while it redraws the rows;
 * `focusRow` then tries again after a pause.
 * @throws VS Code's error if the last try fails too
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
